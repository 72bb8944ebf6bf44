import { Feed, Tally, colourDot, element } from './feed.js';
import { clock, count, displayBody, shorten } from './text.js';

const MESSAGES_KEPT = 500;
const HEADER_CHARACTERS = 500;

const byId = (id) => document.getElementById(id);

/** Shows what `gateway` delivers; the tally it returns counts the deliveries. */
export function showMessages(gateway) {
  const messages = new Feed(byId('messages'), MESSAGES_KEPT, (delivery) => draw(gateway, delivery));
  const tally = new Tally();

  gateway.addEventListener('message', ({ detail }) => {
    tally.add();
    messages.add(detail);
  });

  gateway.addEventListener('settled', ({ detail }) => {
    if (detail.element) {
      drawVerdict(gateway, detail);
    }
  });

  byId('pause').addEventListener('click', ({ currentTarget }) => {
    const paused = currentTarget.getAttribute('aria-pressed') !== 'true';
    currentTarget.setAttribute('aria-pressed', String(paused));
    messages.pause(paused);
  });

  byId('clear').addEventListener('click', () => messages.clear());
  return tally;
}

function draw(gateway, delivery) {
  const { message, subscription, at } = delivery;
  const { destination = '', ...others } = message.headers;
  const octets = message.binaryBody;
  // The library hands the headers over last first.
  const headers = Object.entries(others).reverse();
  delivery.element = element(
    'li',
    { className: 'message', data: { testid: 'message', destination } },
    element(
      'div',
      { className: 'meta' },
      colourDot(subscription.id),
      element('code', { className: 'destination', textContent: destination }),
      element('span', { textContent: count(octets.length, 'octet') }),
      element('time', { textContent: clock(at) }),
    ),
    element('pre', { className: 'body', textContent: displayBody(octets) }),
    element('ul', { className: 'headers' }, ...headers.map(drawHeader)),
  );
  if (subscription.ack !== 'auto') {
    drawVerdict(gateway, delivery);
  }
  return delivery.element;
}

function drawHeader([name, value]) {
  return element('li', {}, element('b', { textContent: name }), shorten(value, HEADER_CHARACTERS));
}

/** The ACK and NACK buttons while the delivery is held, then what became of it. */
function drawVerdict(gateway, delivery) {
  const line = element('div', { className: 'verdict' });
  if (delivery.held) {
    line.append(...['ACK', 'NACK'].map((command) => settleButton(gateway, delivery, command)));
  } else {
    line.textContent = delivery.verdict;
  }
  delivery.element.classList.toggle('held', delivery.held);
  delivery.element.querySelector('.verdict')?.remove();
  delivery.element.append(line);
}

function settleButton(gateway, delivery, command) {
  const button = element('button', { textContent: command, className: 'small' });
  button.addEventListener('click', () => {
    gateway.settle(delivery, command);
    (byId('messages').querySelector('.held button') ?? byId('messages')).focus();
  });
  return button;
}
