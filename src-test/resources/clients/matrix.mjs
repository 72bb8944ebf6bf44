import { createRequire } from 'node:module';
import { RxStomp } from '@stomp/rx-stomp';
import { Client } from '@stomp/stompjs';
import SockJS from 'sockjs-client';
import WebSocket from 'ws';
import { until } from './recorded.mjs';

const require = createRequire(import.meta.url);
const StompJs2 = require('stompjs');
const webstomp = require('webstomp-client');

const LOGIN = { login: 'guest', passcode: 'guest' };
const HEART_BEAT = 1000;

/** A function that waits for the receipt of this id. */
function receiptsIn(list) {
  return (id) => until(`the receipt ${id}`, () => list.includes(id));
}

/** `@stomp/stompjs` 7 over sockets that `factory` makes. */
async function stompjs7(factory) {
  const receipts = [];
  let connected;
  const client = new Client({
    webSocketFactory: factory,
    connectHeaders: LOGIN,
    reconnectDelay: 0,
    heartbeatIncoming: HEART_BEAT,
    heartbeatOutgoing: HEART_BEAT,
    onConnect: (frame) => {
      connected = frame;
    },
    onUnhandledReceipt: (frame) => receipts.push(frame.headers['receipt-id']),
  });
  client.activate();
  await until('CONNECTED', () => connected);
  return {
    version: connected.headers.version,
    receipt: receiptsIn(receipts),
    publish: (destination, headers, body) => client.publish({ destination, headers, body }),
    publishBinary: (destination, headers, binaryBody) =>
      client.publish({ destination, headers, binaryBody }),
    subscribe: (destination, headers, taker) => client.subscribe(destination, taker, headers),
    begin: (name) => client.begin(name),
    commit: (name) => client.commit(name),
    abort: (name) => client.abort(name),
    close: () => client.deactivate(),
  };
}

async function rxStomp(factory) {
  const client = new RxStomp();
  client.configure({
    webSocketFactory: factory,
    connectHeaders: LOGIN,
    reconnectDelay: 0,
    heartbeatIncoming: HEART_BEAT,
    heartbeatOutgoing: HEART_BEAT,
  });
  const receipts = [];
  client.unhandledReceipts$.subscribe((frame) => receipts.push(frame.headers['receipt-id']));
  client.activate();
  await until('CONNECTED', () => client.connected());
  return {
    version: client.stompClient.connectedVersion,
    receipt: receiptsIn(receipts),
    publish: (destination, headers, body) => client.publish({ destination, headers, body }),
    publishBinary: (destination, headers, binaryBody) =>
      client.publish({ destination, headers, binaryBody }),
    subscribe: (destination, subHeaders, taker) =>
      client.watch({ destination, subHeaders }).subscribe(taker),
    begin: (name) => client.stompClient.begin(name),
    commit: (name) => client.stompClient.commit(name),
    abort: (name) => client.stompClient.abort(name),
    close: () => client.deactivate(),
  };
}

/** `stomp.js` 2 and `webstomp-client`, which are alike. */
async function classic(client, send) {
  const receipts = [];
  let connected;
  client.debug = () => {};
  client.onreceipt = (frame) => receipts.push(frame.headers['receipt-id']);
  client.connect(
    LOGIN,
    (frame) => {
      connected = frame;
    },
    () => {},
  );
  await until('CONNECTED', () => connected);
  return {
    version: connected.headers.version,
    receipt: receiptsIn(receipts),
    publish: send,
    subscribe: (destination, headers, taker) => client.subscribe(destination, taker, headers),
    begin: (name) => client.begin(name),
    commit: (name) => client.commit(name),
    abort: (name) => client.abort(name),
    close: () => new Promise((resolve) => client.disconnect(resolve)),
  };
}

function stompjs2(socket) {
  const client = StompJs2.over(socket);
  client.heartbeat = { outgoing: HEART_BEAT, incoming: HEART_BEAT };
  return classic(client, (destination, headers, body) => client.send(destination, headers, body));
}

function webstompClient(socket) {
  const client = webstomp.over(socket, {
    debug: false,
    heartbeat: { outgoing: HEART_BEAT, incoming: HEART_BEAT },
  });
  return classic(client, (destination, headers, body) => client.send(destination, body, headers));
}

/** No library at all: frames written by hand over `ws`. */
async function byHand(address) {
  const socket = new WebSocket(address, ['v12.stomp']);
  const frames = [];
  const takers = new Map();
  socket.on('message', (data) => {
    if (data.length > 1) {
      take(parse(data));
    }
  });
  function take(frame) {
    frames.push(frame);
    takers.get(frame.headers.subscription)?.(frame);
  }
  function write(command, headers, body = '') {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const head = Buffer.from(`${command}\n${lines.join('')}\n`);
    socket.send(Buffer.concat([head, Buffer.from(body), Buffer.from([0])]), { binary: true });
  }
  function parse(data) {
    const end = data.indexOf('\n\n');
    const [command, ...lines] = data.subarray(0, end).toString().split('\n');
    const headers = Object.fromEntries(lines.map((line) => line.split(/:(.*)/s)));
    const binaryBody = data.subarray(end + 2, data.length - 1);
    const settle = (verb) => (more) => write(verb, { id: headers.ack, ...more });
    return {
      command,
      headers,
      binaryBody,
      body: binaryBody.toString(),
      ack: settle('ACK'),
      nack: settle('NACK'),
    };
  }
  await until('the socket', () => socket.readyState === WebSocket.OPEN);
  write('CONNECT', { 'accept-version': '1.2', host: 'h', ...LOGIN });
  await until('CONNECTED', () => frames.some((frame) => frame.command === 'CONNECTED'));
  let subscriptions = 0;
  return {
    version: frames[0].headers.version,
    receipt: (id) =>
      until(`the receipt ${id}`, () => frames.some((frame) => frame.headers['receipt-id'] === id)),
    publish: (destination, headers, body) => write('SEND', { destination, ...headers }, body),
    publishBinary: (destination, headers, body) =>
      write('SEND', { destination, 'content-length': body.length, ...headers }, body),
    subscribe: (destination, headers, taker) => {
      const id = `s${subscriptions++}`;
      takers.set(id, taker);
      write('SUBSCRIBE', { id, destination, ...headers });
    },
    begin: (transaction) => {
      write('BEGIN', { transaction });
      return {
        commit: () => write('COMMIT', { transaction }),
        abort: () => write('ABORT', { transaction }),
      };
    },
    close: () => socket.close(),
  };
}

/** The clients of the table in the README, by name: each opens a session. */
export function clients(webSocket, sockJs) {
  const ws = (protocols) => () => new WebSocket(webSocket, protocols);
  const sockjs = () => new SockJS(sockJs);
  const all = ['v12.stomp', 'v11.stomp', 'v10.stomp'];
  return {
    '@stomp/stompjs': () => stompjs7(ws(all)),
    '@stomp/stompjs over sockjs-client': () => stompjs7(sockjs),
    '@stomp/rx-stomp': () => rxStomp(ws(all)),
    stompjs: () => stompjs2(ws(['v10.stomp', 'v11.stomp'])()),
    'stompjs over sockjs-client': () => stompjs2(sockjs()),
    'webstomp-client': () => webstompClient(ws(all)()),
    'webstomp-client over sockjs-client': () => webstompClient(sockjs()),
    'ws by hand': () => byHand(webSocket),
  };
}
