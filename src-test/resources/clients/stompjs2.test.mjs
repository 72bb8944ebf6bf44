import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { afterEach, test } from 'node:test';
import { mark } from './mark.mjs';
import { UNMAPPED, agreedPeriods, beats, recordedSocket, until } from './recorded.mjs';

// The library of 2013 is still in many pages. It speaks STOMP 1.1 and 1.0, does not escape
// headers, and decodes UTF-8 only in text messages of the WebSocket.
const Stomp = createRequire(import.meta.url)('stompjs');
const DESTINATIONS = ['/queue/demo', '/topic/demo', '/topic/kafka'];
const open = new Set();

/** A connected client of the library, with what it was told and the socket it uses. */
async function connect({ heartBeat = 0 } = {}) {
  const socket = recordedSocket(['v10.stomp', 'v11.stomp']);
  const client = Stomp.over(socket);
  const session = { client, socket, errors: [], receipts: [] };
  client.debug = () => {};
  client.heartbeat = { outgoing: heartBeat, incoming: heartBeat };
  client.onreceipt = (frame) => session.receipts.push(frame.headers['receipt-id']);
  client.connect(
    { login: 'guest', passcode: 'guest' },
    (frame) => {
      session.connected = frame;
    },
    (error) => session.errors.push(error),
  );
  open.add(session);
  await until('CONNECTED', () => session.connected);
  return session;
}

async function subscribe({ client, receipts }, destination, headers = {}) {
  const messages = [];
  client.subscribe(destination, (message) => messages.push(message), {
    receipt: 'subscribed',
    ...headers,
  });
  await until('the receipt of SUBSCRIBE', () => receipts.includes('subscribed'));
  return messages;
}

function marked(messages, run) {
  return messages.find((message) => message.headers.run === run);
}

afterEach(async () => {
  for (const { client, socket } of open) {
    if (client.connected) {
      client.disconnect();
    } else {
      socket.terminate();
    }
    await until('the close', () => socket.record.closeCode);
  }
  open.clear();
});

test('version 1.1 is chosen', async () => {
  const { connected } = await connect();

  assert.equal(connected.headers.version, '1.1');
});

for (const destination of DESTINATIONS) {
  test(`${destination} carries headers and text, and confirms with a receipt`, async () => {
    const session = await connect();
    const messages = await subscribe(session, destination);
    const run = mark();

    session.client.send(
      destination,
      { run, receipt: 'sent', 'content-type': 'text/plain', colour: 'green' },
      'Grüße vom Browser',
    );

    await until('the receipt of SEND', () => session.receipts.includes('sent'));
    const message = await until('the message', () => marked(messages, run));
    assert.equal(message.body, 'Grüße vom Browser');
    assert.equal(message.headers.destination, destination);
    assert.equal(message.headers.colour, 'green');
    assert.equal(message.headers['content-type'], 'text/plain');
  });
}

test('an ACK is confirmed with a receipt', async () => {
  const session = await connect();
  const messages = await subscribe(session, '/queue/demo', { ack: 'client' });
  const run = mark();

  session.client.send('/queue/demo', { run }, 'to be acknowledged');

  const message = await until('the message', () => marked(messages, run));
  message.ack({ receipt: 'acknowledged' });
  await until('the receipt of ACK', () => session.receipts.includes('acknowledged'));
});

test('heart-beats flow both ways', async () => {
  const { connected, client, socket } = await connect({ heartBeat: 1000 });
  const { out, inward } = socket.record;

  const agreed = agreedPeriods({ out: 1000, inward: 1000 }, connected.headers['heart-beat']);

  assert.deepEqual(agreed, { out: 1000, inward: 1000 });
  await until('three heart-beats each way', () => beats(out) >= 3 && beats(inward) >= 3);
  assert.ok(client.connected);
});

test('a destination without a rule gets an ERROR that names it, then the close', async () => {
  const { client, errors, socket } = await connect();

  client.send(UNMAPPED, { receipt: 'never' }, 'lost');

  const error = await until('the ERROR', () => errors[0]);
  assert.ok(`${error.headers.message} ${error.body}`.includes(UNMAPPED), error.body);
  assert.equal(error.headers['receipt-id'], 'never');
  assert.ok(error.headers.code);
  await until('the close', () => socket.record.closeCode);
});
