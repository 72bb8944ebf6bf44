import WebSocket from 'ws';

const EFFECT_MILLIS = 15_000;
const POLL_MILLIS = 20;

/** The gateway's WebSocket address, from the environment. */
export const ADDRESS = process.env.FOOTBRIDGE_WS;
if (!ADDRESS) {
  throw new Error('FOOTBRIDGE_WS is not set: for example ws://localhost:8080/stomp');
}

/** A destination that no rule of the demo names. */
export const UNMAPPED = '/nowhere/at-all';

/** A WebSocket whose `record` keeps what crosses it, and the code with which it was closed. */
export function recordedSocket(protocols) {
  const socket = new WebSocket(ADDRESS, protocols);
  const record = { out: [], inward: [], closeCode: undefined };
  const send = socket.send.bind(socket);
  socket.send = (data) => {
    record.out.push(data);
    send(data);
  };
  socket.on('message', (data, binary) => record.inward.push(binary ? data : data.toString('utf8')));
  socket.on('close', (code) => {
    record.closeCode = code;
  });
  return Object.assign(socket, { record });
}

/** How many heart-beats, which are single line ends, are among `messages`. */
export function beats(messages) {
  return messages.filter((message) => message.toString() === '\n').length;
}

/**
 * The heart-beat periods agreed on: what the client offered against what CONNECTED says
 * (STOMP 1.2, "Heart-beating").
 */
export function agreedPeriods(offered, header) {
  const [serverSends, serverWants] = header.split(',').map(Number);
  return {
    out: Math.max(offered.out, serverWants),
    inward: Math.max(offered.inward, serverSends),
  };
}

/** Waits until `condition` gives something truthy, and returns that. */
export async function until(what, condition, millis = EFFECT_MILLIS) {
  const deadline = performance.now() + millis;
  for (;;) {
    const result = condition();
    if (result) {
      return result;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${millis} ms in vain for: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
}
