import { closeWords } from './text.js';

const HEART_BEAT_MILLIS = 10_000;
const CONNECT_MILLIS = 10_000;
const RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 30_000;

/**
 * The page's STOMP session: what it is subscribed to, what it has sent, and the socket beneath.
 * After a broken connection it connects again and subscribes again, to a Kafka topic behind the last
 * position it has had; what an ERROR names is not tried twice.
 *
 * It dispatches `state`, `subscriptions`, `message`, `settled`, `sent`, `frame` and `notice`; the
 * detail of each event is what changed.
 */
export class Gateway extends EventTarget {
  phase = 'disconnected';
  subscriptions = new Map();
  #url;
  #client;
  #waiting = new Map();
  #subscribed = 0;
  #numbers = 0;
  #errorShown = false;

  constructor(url) {
    super();
    this.#url = url;
  }

  connect(login, passcode) {
    this.#enter('connecting');
    this.#client = new StompJs.Client({
      webSocketFactory: () => this.#openSocket(),
      connectHeaders: { host: location.hostname, ...(login && { login, passcode }) },
      heartbeatIncoming: HEART_BEAT_MILLIS,
      heartbeatOutgoing: HEART_BEAT_MILLIS,
      connectionTimeout: CONNECT_MILLIS,
      reconnectDelay: RETRY_MILLIS,
      maxReconnectDelay: LONGEST_RETRY_MILLIS,
      reconnectTimeMode: StompJs.ReconnectionTimeMode.EXPONENTIAL,
      onConnect: (frame) => this.#connected(frame),
      onStompError: (frame) => this.#refused(frame),
      onWebSocketClose: (event) => this.#closed(event),
    });
    this.#client.activate();
  }

  async disconnect() {
    const polite = this.phase === 'connected';
    this.#enter('disconnecting');
    await this.#client.deactivate({ force: !polite });
    this.#forgetSubscriptions();
    this.#enter('disconnected');
  }

  /** Drops the connection without a word, as a network does; it comes back by itself. */
  cut() {
    this.#client.forceDisconnect();
  }

  /** @param from where to begin in a Kafka topic; empty for what the rule says */
  subscribe(destination, ack, from) {
    const id = `sub-${++this.#subscribed}`;
    const subscription = { id, destination, ack, from, state: 'waiting', received: 0, held: [] };
    this.subscriptions.set(id, subscription);
    this.#ask(subscription);
  }

  unsubscribe(id) {
    const subscription = this.subscriptions.get(id);
    this.subscriptions.delete(id);
    subscription.handle.unsubscribe();
    this.#release(subscription, 'given back');
    this.#tell('subscriptions');
  }

  /** Sends a text with a receipt; `sent` events tell how it went. */
  send(destination, headers, body) {
    const receipt = `send-${this.#next()}`;
    const started = performance.now();
    const sending = { destination, state: 'waiting' };
    const become = (state) => {
      sending.state = state;
      sending.millis = performance.now() - started;
      this.#tell('sent', sending);
    };
    this.#await(receipt, {
      about: { operation: 'SEND', destination },
      done: () => become('received'),
      refused: () => become('refused'),
      lost: () => become('unknown'),
    });
    this.#client.publish({ destination, headers: { ...headers, receipt }, body });
    this.#tell('sent', sending);
  }

  /** Sends ACK or NACK for a held delivery, as far as its subscription's mode reaches. */
  settle(delivery, command) {
    const { subscription } = delivery;
    const receipt = `${command.toLowerCase()}-${this.#next()}`;
    const reach = subscription.held.indexOf(delivery);
    // In client mode ACK and NACK cover all earlier deliveries of the subscription as well.
    const covered = subscription.ack === 'client'
      ? subscription.held.splice(0, reach + 1)
      : subscription.held.splice(reach, 1);
    const become = (verdict) => covered.forEach((each) => this.#settled(each, verdict));
    become(`${command} sent, waiting for the receipt`);
    this.#await(receipt, {
      done: () => become(`${command}: the broker has it`),
      refused: () => become(`${command} refused`),
      lost: () => become(`${command}: connection lost, outcome unknown`),
    });
    delivery.message[command.toLowerCase()]({ receipt });
    this.#tell('subscriptions');
  }

  #openSocket() {
    const socket = new WebSocket(this.#url, StompJs.Versions.default.protocolVersions());
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      this.#tell('frame', { direction: 'out', data, at: new Date() });
      send(data);
    };
    socket.addEventListener('message', ({ data }) => {
      this.#tell('frame', { direction: 'in', data, at: new Date() });
    });
    return socket;
  }

  #connected(frame) {
    this.#enter('connected', frame.headers);
    if (!this.#errorShown) {
      this.#tell('notice', undefined);
    }
    this.#errorShown = false;
    this.subscriptions.forEach((subscription) => this.#ask(subscription));
  }

  #ask(subscription) {
    const { id, destination, ack, from, position } = subscription;
    const begin = position ? { 'resume-from': position } : from ? { from } : {};
    const receipt = `${id}-${this.#next()}`;
    subscription.state = 'waiting';
    this.#await(receipt, {
      about: { operation: 'SUBSCRIBE', destination },
      done: ({ headers }) => {
        subscription.state = 'live';
        subscription.position ??= headers['kafka-position'];
        subscription.recovered = headers.recovered;
        this.#tell('subscriptions');
      },
      refused: () => {
        this.subscriptions.delete(id);
        this.#tell('subscriptions');
      },
      lost: () => {},
    });
    subscription.handle = this.#client.subscribe(
      destination,
      (message) => this.#arrived(subscription, message),
      { id, ack, receipt, ...begin },
    );
    this.#tell('subscriptions');
  }

  #arrived(subscription, message) {
    const held = subscription.ack !== 'auto';
    const delivery = { message, subscription, at: new Date(), held, verdict: '' };
    subscription.received++;
    subscription.position = message.headers['kafka-position'] ?? subscription.position;
    subscription.recovered = message.headers.recovered ?? subscription.recovered;
    if (held) {
      subscription.held.push(delivery);
    }
    this.#tell('message', delivery);
  }

  /** An ERROR: the gateway says why and closes. What it names is taken out before the next try. */
  #refused(frame) {
    const { message, code, 'receipt-id': receipt } = frame.headers;
    const culprit = this.#waiting.get(receipt);
    this.#waiting.delete(receipt);
    if (culprit) {
      culprit.refused();
    } else {
      this.#dropUnconfirmed();
    }
    this.#errorShown = true;
    this.#tell('notice', {
      title: message ?? 'The gateway refused.',
      code,
      text: frame.body,
      about: culprit?.about,
    });
    if (this.phase !== 'connected') {
      this.disconnect();
    }
  }

  /** An ERROR that names no frame: any subscription not confirmed yet may be what it means. */
  #dropUnconfirmed() {
    for (const [id, subscription] of this.subscriptions) {
      if (subscription.state === 'waiting') {
        this.subscriptions.delete(id);
      }
    }
    this.#tell('subscriptions');
  }

  #closed(event) {
    const before = this.phase;
    this.#loseWhatWasOpen();
    if (before === 'disconnecting' || before === 'disconnected') {
      return;
    }
    this.#enter('reconnecting');
    if (!this.#errorShown) {
      const text = 'This page keeps trying; what you are subscribed to comes back by itself.';
      this.#tell('notice', before === 'connected'
        ? { title: closeWords(event.code), text }
        : { title: `No gateway answers at ${this.#url}.`, text: `Is it running? ${text}` });
    }
  }

  #loseWhatWasOpen() {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    waiting.forEach(({ lost }) => lost());
    this.subscriptions.forEach((subscription) => {
      subscription.state = 'waiting';
      this.#release(subscription, 'connection lost');
    });
    this.#tell('subscriptions');
  }

  #forgetSubscriptions() {
    this.subscriptions.forEach((subscription) => this.#release(subscription, 'given back'));
    this.subscriptions.clear();
    this.#tell('subscriptions');
  }

  #release(subscription, verdict) {
    subscription.held.splice(0).forEach((delivery) => this.#settled(delivery, verdict));
  }

  #settled(delivery, verdict) {
    delivery.held = false;
    delivery.verdict = verdict;
    this.#tell('settled', delivery);
  }

  /** Calls one of `outcome`'s functions: by RECEIPT, by an ERROR that names it, or by the close. */
  #await(receipt, outcome) {
    this.#waiting.set(receipt, outcome);
    this.#client.watchForReceipt(receipt, (frame) => {
      this.#waiting.delete(receipt);
      outcome.done(frame);
    });
  }

  #enter(phase, headers = {}) {
    this.phase = phase;
    this.#tell('state', { phase, headers });
  }

  #next() {
    return ++this.#numbers;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
