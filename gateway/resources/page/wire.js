import { Feed, element } from './feed.js';
import { clock, displayFrame, shorten } from './text.js';

const FRAMES_KEPT = 300;
const FRAME_CHARACTERS = 4000;

const byId = (id) => document.getElementById(id);
const decoder = new TextDecoder();

/** Shows what crosses `gateway`'s socket; returns the counts of frames and heart-beats. */
export function showWire(gateway) {
  const wire = new Feed(byId('wire'), FRAMES_KEPT, draw);
  const crossed = { out: { frames: 0, beats: 0 }, in: { frames: 0, beats: 0 } };

  gateway.addEventListener('frame', ({ detail: { direction, data, at } }) => {
    const text = typeof data === 'string' ? data : decoder.decode(data);
    const beat = /^[\r\n]+$/.test(text);
    crossed[direction][beat ? 'beats' : 'frames']++;
    if (!beat || byId('show-beats').checked) {
      wire.add({ direction, text, at });
    }
  });

  byId('clear-wire').addEventListener('click', () => wire.clear());
  return crossed;
}

/** The lines of a frame's head follow each other, each with its end made visible by the style. */
function draw({ direction, text, at }) {
  const frame = shorten(displayFrame(text), FRAME_CHARACTERS);
  const empty = frame.indexOf('\n\n');
  const end = empty < 0 ? frame.length : empty + 2;
  const lines = frame.slice(0, end).split('\n').slice(0, -1);
  return element(
    'li',
    { data: { direction, testid: 'frame' } },
    element('span', { className: 'way', textContent: direction === 'out' ? 'out →' : '← in' }),
    element('time', { textContent: clock(at) }),
    element(
      'code',
      {},
      ...lines.flatMap((line, index) => [drawLine(line, index), '\n']),
      element('span', { className: 'content', textContent: frame.slice(end) }),
    ),
  );
}

function drawLine(line, index) {
  const colon = line.indexOf(':');
  if (index === 0 || colon < 0) {
    return element('span', { className: index === 0 ? 'command eol' : 'eol', textContent: line });
  }
  const name = element('span', { className: 'name', textContent: line.slice(0, colon + 1) });
  return element('span', { className: 'eol' }, name, line.slice(colon + 1));
}
