/** Turning text into what the wire wants and back: pure functions, no document, no socket. */

/** The `{variables}` of a destination template, in order. */
export function variables(destination) {
  return destination.match(/\{[^{}]*\}/g) ?? [];
}

/** Says in plain words what is wrong with a destination; undefined when nothing is. */
export function destinationFault(destination) {
  if (!destination.startsWith('/')) {
    return `A destination starts with “/”: for example /queue/demo instead of “${destination}”.`;
  }
  const open = variables(destination);
  if (open.length > 0) {
    return `Replace ${open.join(' and ')} by a value of your own first.`;
  }
  return undefined;
}

const OWN_HEADERS = ['destination', 'content-length', 'receipt'];

/**
 * Reads `name: value` lines. Blank lines are skipped; blanks around the value are not part of it.
 *
 * @throws Error with a message for the reader of the page
 */
export function parseHeaders(text) {
  const headers = {};
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') {
      return;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon < 0 || name === '') {
      throw new Error(`Header line ${index + 1} is not of the form “name: value”.`);
    }
    if (OWN_HEADERS.includes(name)) {
      throw new Error(`Header line ${index + 1}: the page sets “${name}” itself.`);
    }
    // Of repeated headers the first is the value (STOMP 1.2, "Repeated Header Entries").
    if (!Object.hasOwn(headers, name)) {
      headers[name] = line.slice(colon + 1).trim();
    }
  });
  return headers;
}

/** One frame as it is shown: the passcode of a CONNECT masked, NUL made visible. */
export function displayFrame(frame) {
  const masked = /^\s*(CONNECT|STOMP)\r?\n/.test(frame)
    ? frame.replace(/^(passcode:).*$/gm, '$1••••••')
    : frame;
  return masked.replaceAll('\0', '^@');
}

/** Shortens `text` to `limit` characters and says so. */
export function shorten(text, limit) {
  return text.length <= limit
    ? text
    : `${text.slice(0, limit)}… (${count(text.length - limit, 'character')} more)`;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as text, or as the hexadecimal beginning of what is not text. */
export function displayBody(octets) {
  try {
    return shorten(strictUtf8.decode(octets).replaceAll('\0', '^@'), 8000);
  } catch {
    const beginning = Array.from(octets.subarray(0, 64), hexadecimal).join(' ');
    return `not text: ${beginning}${octets.length > 64 ? ' …' : ''}`;
  }
}

function hexadecimal(octet) {
  return octet.toString(16).padStart(2, '0');
}

/** A number with its noun: `1 message`, `2,000 messages`. */
export function count(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Local time of day with milliseconds. */
export function clock(date) {
  const two = (number) => String(number).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}

/** What a close of the socket means for the reader. */
export function closeWords(code) {
  switch (code) {
    case 1000:
      return 'The gateway closed the connection.';
    case 1001:
    case 1012:
      return 'The gateway is restarting.';
    case 1013:
      return 'The gateway is too busy to take this connection.';
    default:
      return `The connection broke (WebSocket close code ${code}).`;
  }
}
