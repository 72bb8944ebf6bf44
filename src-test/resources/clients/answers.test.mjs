import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Client } from '@stomp/stompjs';
import { mark } from './mark.mjs';
import { recordedSocket, until } from './recorded.mjs';

// A JMS service answers what comes into QUESTIONS; a JMS client has put one question into SERVICE
// and waits for the answer.
const QUESTIONS = '/queue/questions';
const SERVICE = '/queue/service';

// Without it a body with a length is a BytesMessage.
const TEXT = { 'content-type': 'text/plain' };
const open = new Set();

/** A connected client; `unasked` gets the messages of subscriptions that the gateway made. */
async function connect() {
  const session = { errors: [], receipts: [], unasked: [] };
  session.client = new Client({
    webSocketFactory: () => recordedSocket(['v12.stomp']),
    reconnectDelay: 0,
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    onConnect: () => {
      session.connected = true;
    },
    onUnhandledMessage: (message) => session.unasked.push(message),
    onUnhandledReceipt: (frame) => session.receipts.push(frame.headers['receipt-id']),
    onStompError: (frame) => session.errors.push(frame),
  });
  open.add(session);
  session.client.activate();
  await until('CONNECTED', () => session.connected);
  return session;
}

function ask({ client }, replyTo, id, body) {
  client.publish({
    destination: QUESTIONS,
    headers: { ...TEXT, 'reply-to': replyTo, 'correlation-id': id },
    body,
  });
}

afterEach(async () => {
  for (const { client } of open) {
    await client.deactivate();
  }
  open.clear();
});

test('an answer comes without a SUBSCRIBE, as from RabbitMQ', async () => {
  const session = await connect();
  const id = mark();

  ask(session, '/temp-queue/mine', id, 'how are you');

  const answer = await until('the answer', () => session.unasked[0]);
  assert.equal(answer.headers.subscription, '/temp-queue/mine');
  assert.equal(answer.headers['correlation-id'], id);
  assert.equal(answer.body, 'answer to how are you');
});

test('an answer comes to a subscription of its own, as from ActiveMQ', async () => {
  const session = await connect();
  const answers = [];
  const id = mark();
  session.client.subscribe(
    '/temp-queue/mine',
    (message) => {
      answers.push(message);
      message.ack();
    },
    { id: 'answers', ack: 'client-individual', receipt: 'subscribed' },
  );
  await until('the receipt of SUBSCRIBE', () => session.receipts.includes('subscribed'));

  ask(session, '/temp-queue/mine', id, 'and you');

  const answer = await until('the answer', () => answers[0]);
  assert.equal(answer.headers.subscription, 'answers');
  assert.equal(answer.headers.destination, '/temp-queue/mine');
  assert.equal(answer.headers['correlation-id'], id);
  assert.equal(session.unasked.length, 0);
});

test('two connections with queues of the same name get their own answers', async () => {
  const sessions = [await connect(), await connect()];
  const ids = sessions.map(() => mark());

  sessions.forEach((session, i) => ask(session, '/temp-queue/same', ids[i], `question ${i}`));

  for (const [i, session] of sessions.entries()) {
    const answer = await until('the answer', () => session.unasked[0]);
    assert.equal(answer.headers['correlation-id'], ids[i]);
    assert.equal(answer.body, `answer to question ${i}`);
  }
});

test('an answer comes to a destination that the rules know', async () => {
  const session = await connect();
  const answers = [];
  const name = `/queue/answers-${mark()}`;
  session.client.subscribe(name, (message) => answers.push(message));

  ask(session, name, 'c', 'where to');

  const answer = await until('the answer', () => answers[0]);
  assert.equal(answer.headers.destination, name);
});

test('a browser answers what a JMS client asks', async () => {
  const session = await connect();
  const questions = [];
  session.client.subscribe(SERVICE, (message) => questions.push(message));

  const question = await until('the question', () => questions[0]);
  assert.match(question.headers['reply-to'], /^\/reply-queue\//);
  session.client.publish({
    destination: question.headers['reply-to'],
    headers: { ...TEXT, 'correlation-id': question.headers.JMSMessageID, receipt: 'answered' },
    body: `${question.body} of course`,
  });

  await until('the receipt', () => session.receipts.includes('answered'));
  assert.equal(session.errors.length, 0);
});

test('one browser answers another', async () => {
  const service = await connect();
  const asking = await connect();
  const destination = `/queue/service-${mark()}`;
  service.client.subscribe(destination, (question) =>
    service.client.publish({
      destination: question.headers['reply-to'],
      headers: { 'correlation-id': question.headers['correlation-id'] },
      body: question.body.toUpperCase(),
    }),
  );

  asking.client.publish({
    destination,
    headers: { 'reply-to': '/temp-queue/a', 'correlation-id': '7' },
    body: 'louder',
  });

  const answer = await until('the answer', () => asking.unasked[0]);
  assert.equal(answer.body, 'LOUDER');
  assert.equal(answer.headers['correlation-id'], '7');
});
