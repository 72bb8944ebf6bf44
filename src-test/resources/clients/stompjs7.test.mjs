import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Client } from '@stomp/stompjs';
import { mark } from './mark.mjs';
import { ADDRESS, UNMAPPED, agreedPeriods, beats, recordedSocket, until } from './recorded.mjs';

const DESTINATIONS = ['/queue/demo', '/topic/demo', '/topic/kafka'];
const open = new Set();

/** A connected client of the library, with what it was told and the socket it uses. */
async function connect({ heartBeat = 0 } = {}) {
  const session = { errors: [], receipts: [] };
  const client = new Client({
    webSocketFactory: () => {
      session.socket = recordedSocket(['v12.stomp', 'v11.stomp', 'v10.stomp']);
      return session.socket;
    },
    connectHeaders: { host: new URL(ADDRESS).hostname, login: 'guest', passcode: 'guest' },
    heartbeatIncoming: heartBeat,
    heartbeatOutgoing: heartBeat,
    reconnectDelay: 0,
    onConnect: (frame) => {
      session.connected = frame;
    },
    onUnhandledReceipt: (frame) => session.receipts.push(frame.headers['receipt-id']),
    onStompError: (frame) => session.errors.push(frame),
  });
  session.client = client;
  open.add(session);
  client.activate();
  await until('CONNECTED', () => session.connected);
  return session;
}

/** Subscribes and returns, once the gateway has confirmed it, the list the messages go to. */
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
  for (const { client, errors } of open) {
    await client.deactivate({ force: !client.connected || errors.length > 0 });
  }
  open.clear();
});

test('the highest version is chosen', async () => {
  const { connected, socket } = await connect();

  assert.equal(connected.headers.version, '1.2');
  assert.equal(socket.protocol, 'v12.stomp');
});

for (const destination of DESTINATIONS) {
  test(`${destination} carries headers and text, and confirms with a receipt`, async () => {
    const session = await connect();
    const messages = await subscribe(session, destination);
    const run = mark();

    session.client.publish({
      destination,
      headers: {
        run,
        receipt: 'sent',
        'content-type': 'text/plain',
        colour: 'green: a \\ and\na second line, ünïcode',
      },
      body: 'Grüße vom Browser',
    });

    await until('the receipt of SEND', () => session.receipts.includes('sent'));
    const message = await until('the message', () => marked(messages, run));
    assert.equal(message.body, 'Grüße vom Browser');
    assert.equal(message.headers.destination, destination);
    assert.equal(message.headers.colour, 'green: a \\ and\na second line, ünïcode');
    assert.equal(message.headers['content-type'], 'text/plain');
    assert.equal(message.headers.receipt, undefined);
    assert.ok(message.headers['message-id']);
  });

  test(`${destination} carries a binary body with NUL octets unchanged`, async () => {
    const session = await connect();
    const messages = await subscribe(session, destination);
    const run = mark();
    const octets = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) % 256);

    session.client.publish({
      destination,
      headers: { run, 'content-type': 'application/octet-stream' },
      binaryBody: octets,
    });

    const message = await until('the message', () => marked(messages, run));
    assert.deepEqual(Buffer.from(message.binaryBody), Buffer.from(octets));
  });
}

test('an ACK is confirmed with a receipt', async () => {
  const session = await connect();
  const messages = await subscribe(session, '/queue/demo', { ack: 'client-individual' });
  const run = mark();

  session.client.publish({ destination: '/queue/demo', headers: { run }, body: 'to be acknowledged' });

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

  client.subscribe(UNMAPPED, () => {}, { receipt: 'never' });

  const error = await until('the ERROR', () => errors[0]);
  assert.ok(`${error.headers.message} ${error.body}`.includes(UNMAPPED), error.body);
  assert.equal(error.headers['receipt-id'], 'never');
  assert.match(error.headers.code, /^[a-z]+(-[a-z]+)*$/);
  await until('the close', () => socket.record.closeCode);
});
