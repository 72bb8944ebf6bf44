/** Rows of the console's tables, and the small things they are made of. */

/** An element with properties and children; what is undefined is left out. */
export function node(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'data') {
      Object.assign(made.dataset, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

function cell(text, className = '') {
  return node('td', { className }, text);
}

/** A count, or a rate with a decimal where it is small. */
export function number(value) {
  return value > 0 && value < 10 && !Number.isInteger(value)
    ? value.toFixed(1)
    : Math.round(value).toLocaleString('en');
}

function numberCell(value, alarming = false) {
  return cell(number(value), alarming ? 'number alarming' : 'number');
}

/** Local time of day; with the date where that is another day. */
export function time(iso) {
  const date = new Date(iso);
  const clock = date.toLocaleTimeString('en-GB');
  return date.toDateString() === new Date().toDateString()
    ? clock
    : `${date.toLocaleDateString('sv')} ${clock}`;
}

function total(subscriptions, key) {
  return subscriptions.reduce((sum, one) => sum + one[key], 0);
}

/** A connection and, beneath it, its subscriptions. */
export function connectionRows(connection, rate, disconnect) {
  const all = connection.subscriptions;
  const perSecond = (one) =>
    rate(`${connection.id} ${one.id} ${one.destination}`, one.delivered);
  const rates = new Map(all.map((one) => [one, perSecond(one)]));
  const button = node('button', { className: 'small danger', type: 'button' }, 'Disconnect');
  button.addEventListener('click', () => disconnect(connection, button));
  const row = node(
    'tr',
    { data: { connection: connection.id, user: connection.user } },
    node('td', {}, node('b', {}, connection.user || '(not connected yet)'), node('br'), node('small', {}, connection.id)),
    node('td', {}, connection.listener, node('br'), node('small', {}, connection.address)),
    cell(time(connection.since), 'keep'),
    numberCell(connection.sent),
    numberCell(rate(connection.id, connection.sent)),
    numberCell(total(all, 'delivered')),
    numberCell([...rates.values()].reduce((sum, one) => sum + one, 0)),
    numberCell(total(all, 'held')),
    numberCell(total(all, 'waiting'), total(all, 'waiting') > 0),
    node('td', {}, button),
  );
  return [row, ...all.map((one) => subscriptionRow(connection, one, rates.get(one)))];
}

function subscriptionRow(connection, one, perSecond) {
  const destination = node(
    'td',
    { colSpan: 5 },
    node('span', { className: 'destination' }, one.destination),
    ' ',
    node('span', { className: 'rule' }, one.rule),
    ' ',
    node('small', {}, `id ${one.id || '-'}, settled by ${one.settledBy === 'auto' ? 'the gateway' : 'the client'}`),
  );
  return node(
    'tr',
    { className: 'subscription', data: { of: connection.id, destination: one.destination } },
    destination,
    numberCell(one.delivered),
    numberCell(perSecond),
    numberCell(one.held),
    numberCell(one.waiting, one.waiting > 0),
    cell(''),
  );
}

/** A rule, and what passes by it. */
export function ruleRow(rule, traffic) {
  const offers = node('td', { className: 'keep' });
  for (const [offered, word] of [[rule.send, 'SEND'], [rule.subscribe, 'SUBSCRIBE']]) {
    if (offered) {
      offers.append(node('span', { className: 'offer' }, word));
    }
  }
  return node(
    'tr',
    { data: { destination: rule.destination } },
    node('td', {}, node('span', { className: 'destination' }, rule.destination)),
    cell(rule.target),
    node('td', {}, node('span', { className: 'rule' }, rule.rule)),
    offers,
    numberCell(traffic.received),
    numberCell(traffic.delivered),
  );
}

/** An ERROR that a client got. */
export function refusalRow(refusal) {
  return node(
    'tr',
    { data: { code: refusal.code } },
    cell(time(refusal.at), 'keep'),
    node('td', {}, node('span', { className: 'code' }, refusal.code)),
    node('td', {}, refusal.user || '-', node('br'), node('small', {}, refusal.address)),
    cell(refusal.text),
    node('td', {}, refusal.rule ? node('span', { className: 'rule' }, refusal.rule) : '-'),
    node('td', {}, node('small', {}, refusal.connection)),
  );
}

/** What stands in a table that has nothing. */
export function emptyRow(columns, text) {
  return node('tr', {}, node('td', { colSpan: columns, className: 'none' }, text));
}
