import { drawExplanation, explain } from './explain.js';
import { colourDot, element } from './feed.js';
import { Gateway } from './gateway.js';
import { showMessages } from './messages.js';
import { count, destinationFault, parseHeaders, variables } from './text.js';
import { showWire } from './wire.js';

const SENDINGS_KEPT = 50;
const SAMPLE_MILLIS = 400;

const PHASES = {
  disconnected: 'Disconnected',
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Reconnecting…',
  disconnecting: 'Disconnecting…',
};

const OUTCOMES = {
  waiting: () => 'waiting for the receipt',
  received: ({ millis }) => `the broker has it, ${millis.toFixed(millis < 10 ? 1 : 0)} ms`,
  refused: () => 'refused',
  unknown: () => 'connection lost: outcome unknown',
};

/** Whether what came while the connection was away is all there. */
const RESUMED = {
  true: ', went on, nothing missed',
  false: ', went on, but some is gone',
};

const byId = (id) => document.getElementById(id);
const demo = await readDemo();
const address = new URL(demo.stomp, location.href);
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
const gateway = new Gateway(address.href);

async function readDemo() {
  try {
    const response = await fetch('/page/demo.json');
    if (response.ok) {
      return await response.json();
    }
  } catch {
    // Told below, as any other answer that is not the list.
  }
  notify({
    title: 'The list of destinations could not be read.',
    text: 'Reload the page when the gateway runs; until then write destinations by hand.',
  });
  return { stomp: '/stomp', destinations: [] };
}

// Notices: one at a time, in plain words, with the code that the documentation explains.

function notify(notice) {
  byId('notices').replaceChildren(...(notice ? [drawNotice(notice)] : []));
}

function drawNotice({ title, code, text, about }) {
  const dismiss = element('button', { className: 'quiet', textContent: 'Dismiss' });
  dismiss.addEventListener('click', () => {
    notify(undefined);
    byId('connect').focus();
  });
  const why = element('button', { className: 'quiet', textContent: 'Why?' });
  why.addEventListener('click', () => explainRequest(about.operation, about.destination));
  return element(
    'div',
    { className: 'notice', data: { testid: 'notice' } },
    element('strong', { textContent: title }),
    ...(code ? [element('code', { textContent: code, data: { testid: 'notice-code' } })] : []),
    element('p', { textContent: text ?? '' }),
    ...(about ? [why] : []),
    dismiss,
  );
}

gateway.addEventListener('notice', ({ detail }) => notify(detail ?? undefined));

function connectionFault() {
  switch (gateway.phase) {
    case 'connected':
      return undefined;
    case 'disconnected':
      return 'Connect first: the button is at the top.';
    default:
      return 'There is no connection at the moment; try again when it is back.';
  }
}

/** Runs `act` if there is a connection and `destination` can be used; otherwise says what to do. */
function attempt(destination, field, act) {
  const fault = connectionFault() ?? destinationFault(destination);
  if (fault) {
    notify({ title: fault });
    field.focus();
    selectVariable(field);
    return;
  }
  try {
    act();
    notify(undefined);
  } catch (error) {
    notify({ title: error.message });
  }
}

// Connecting

byId('connect-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (gateway.phase === 'disconnected') {
    notify(undefined);
    gateway.connect(byId('login').value, byId('passcode').value);
  } else {
    gateway.disconnect();
  }
});

gateway.addEventListener('state', ({ detail: { phase, headers } }) => {
  const state = byId('state');
  state.dataset.state = phase;
  state.textContent = headers.version
    ? `${PHASES[phase]}, STOMP ${headers.version}`
    : PHASES[phase];
  byId('connect').classList.toggle('primary', phase === 'disconnected');
  byId('connect').textContent = phase === 'disconnected' ? 'Connect' : 'Disconnect';
  byId('cut').disabled = phase !== 'connected';
  byId('login').disabled = byId('passcode').disabled = phase !== 'disconnected';
});

byId('cut').addEventListener('click', () => {
  gateway.cut();
  byId('connect').focus();
});

// Destinations

function selectVariable(field) {
  const [first] = variables(field.value);
  if (first) {
    const start = field.value.indexOf(first);
    field.setSelectionRange(start, start + first.length);
  }
}

/** A destination with its `{variables}` set apart. */
function drawDestination(destination) {
  const parts = destination.split(/(\{[^{}]*\})/);
  return element(
    'code',
    { className: 'destination' },
    ...parts.map((part, index) => (index % 2 ? element('var', { textContent: part }) : part)),
  );
}

function drawRule({ destination, target, rule, send, subscribe }) {
  const button = (text, act) => {
    const made = element('button', { textContent: text, className: 'small' });
    made.setAttribute('aria-label', `${text} ${destination}`);
    made.addEventListener('click', act);
    return made;
  };
  const actions = element('span', { className: 'actions' });
  if (subscribe) {
    const field = byId('subscribe-destination');
    actions.append(button('Subscribe', () => choose(field, destination, subscribeTo)));
  }
  if (send) {
    const field = byId('send-destination');
    actions.append(button('Send', () => choose(field, destination, focusBody)));
  }
  return element(
    'li',
    { data: { destination } },
    drawDestination(destination),
    actions,
    element('small', {}, `→ ${target} `, element('span', { className: 'rule', textContent: rule })),
  );
}

/** Puts a destination into a form; a template waits there for its variables to be filled in. */
function choose(field, destination, then) {
  field.value = destination;
  if (variables(destination).length > 0) {
    field.focus();
    selectVariable(field);
  } else {
    then();
  }
}

function focusBody() {
  byId('send-body').focus();
}

byId('destinations').append(...demo.destinations.map(drawRule));
byId('known').append(
  ...demo.destinations.map(({ destination }) => element('option', { value: destination })),
);
const plain = demo.destinations.filter(({ destination }) => variables(destination).length === 0);
byId('subscribe-destination').value = plain.find(({ subscribe }) => subscribe)?.destination ?? '';
byId('send-destination').value = plain.find(({ send }) => send)?.destination ?? '';

// Explanations

async function explainRequest(operation, destination) {
  byId('explain-operation').value = operation;
  byId('explain-destination').value = destination;
  try {
    const { value: login } = byId('login');
    const answer = await explain(operation, destination, login, byId('passcode').value);
    byId('explanation').dataset.verdict = answer.verdict;
    byId('explanation').replaceChildren(...drawExplanation(answer));
  } catch (error) {
    byId('explanation').replaceChildren();
    notify({ title: 'There is no explanation.', text: error.message });
  }
}

byId('explain-form').addEventListener('submit', (event) => {
  event.preventDefault();
  explainRequest(byId('explain-operation').value, byId('explain-destination').value.trim());
});

// Subscriptions

function subscribeTo() {
  const field = byId('subscribe-destination');
  const destination = field.value.trim();
  const from = byId('subscribe-from').value.trim();
  attempt(destination, field, () => {
    gateway.subscribe(destination, byId('subscribe-ack').value, from);
  });
}

byId('subscribe-form').addEventListener('submit', (event) => {
  event.preventDefault();
  subscribeTo();
});

const rows = new Map();

function drawSubscription({ id, destination, ack, from }) {
  const stop = element('button', { textContent: 'Unsubscribe', className: 'small' });
  stop.setAttribute('aria-label', `Unsubscribe ${destination} (${id})`);
  stop.addEventListener('click', () => unsubscribe(id));
  const row = element(
    'li',
    { data: { destination, testid: 'subscription' } },
    colourDot(id),
    drawDestination(destination),
    element('span', { className: 'actions' }, stop),
    element(
      'small',
      {},
      `${id}, ack ${ack}${from ? `, from ${from}` : ''}`,
      element('span', { className: 'progress' }),
    ),
  );
  byId('subscriptions').append(row);
  return row;
}

/** Keeps the focus among the subscriptions, or where the next one is made. */
function unsubscribe(id) {
  const row = rows.get(id);
  const near = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector('button');
  gateway.unsubscribe(id);
  showSubscriptions();
  (near ?? byId('subscribe-destination')).focus();
}

function showSubscriptions() {
  for (const [id, row] of rows) {
    if (!gateway.subscriptions.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  for (const [id, subscription] of gateway.subscriptions) {
    const row = rows.get(id) ?? drawSubscription(subscription);
    rows.set(id, row);
    const { state, received, held, recovered } = subscription;
    const progress = state === 'live' ? count(received, 'message') : 'waiting for the gateway';
    const holding = held.length > 0 ? `, ${held.length} held` : '';
    const resumed = RESUMED[recovered] ?? '';
    setText(row.querySelector('.progress'), `${progress}${holding}${resumed}`);
    row.dataset.state = state;
  }
}

function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

gateway.addEventListener('subscriptions', showSubscriptions);

// Sending

byId('send-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = byId('send-destination');
  const destination = field.value.trim();
  attempt(destination, field, () => {
    gateway.send(destination, parseHeaders(byId('send-headers').value), byId('send-body').value);
  });
});

byId('send-form').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    byId('send-form').requestSubmit();
  }
});

gateway.addEventListener('sent', ({ detail: sending }) => {
  const list = byId('sent');
  if (!sending.row) {
    sending.row = element('li', { data: { testid: 'sending', destination: sending.destination } });
    list.prepend(sending.row);
  }
  const outcome = OUTCOMES[sending.state](sending);
  sending.row.dataset.state = sending.state;
  sending.row.replaceChildren(
    element('span', { className: 'mark' }),
    element('code', { className: 'destination', textContent: sending.destination }),
    element('span', { className: 'outcome', textContent: outcome }),
  );
  while (list.childElementCount > SENDINGS_KEPT) {
    list.lastElementChild.remove();
  }
  if (sending.state !== 'waiting') {
    byId('spoken').textContent = `${sending.destination}: ${outcome}`;
  }
});

// What arrives and what crosses the wire

const tally = showMessages(gateway);
const crossed = showWire(gateway);

setInterval(() => {
  setText(byId('message-count'), tally.count.toLocaleString('en'));
  setText(byId('message-rate'), tally.sample(performance.now()).toLocaleString('en'));
  for (const direction of ['out', 'in']) {
    setText(byId(`frames-${direction}`), crossed[direction].frames.toLocaleString('en'));
    setText(byId(`beats-${direction}`), crossed[direction].beats.toLocaleString('en'));
  }
  showSubscriptions();
}, SAMPLE_MILLIS);

byId('connect').disabled = false;
if (document.activeElement === document.body) {
  byId('connect').focus();
}
