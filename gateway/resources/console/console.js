/** The operators' console: asks the gateway every two seconds how things are, and shows it. */

import { plot } from './plots.js';
import { connectionRows, emptyRow, node, number, refusalRow, ruleRow, time } from './tables.js';

const SECONDS_APART = 2;
const byId = (id) => document.getElementById(id);

const plots = {
  received: plot(byId('plot-received'), 'From clients', '/s'),
  delivered: plot(byId('plot-delivered'), 'To clients', '/s'),
  connections: plot(byId('plot-connections'), 'Connections', ''),
  refused: plot(byId('plot-refused'), 'Refusals', '/min'),
};

async function ask(path, options) {
  const response = await fetch(path, { cache: 'no-store', ...options });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? `The gateway answered ${response.status}.`);
  }
  return answer;
}

/** Makes rates of counters that are looked at again and again; forgets those that are gone. */
function rates() {
  let before = new Map();
  let now = new Map();
  let apart = SECONDS_APART;
  let lookedAt = performance.now();
  return {
    look() {
      const moment = performance.now();
      apart = Math.max(0.1, (moment - lookedAt) / 1000);
      lookedAt = moment;
      before = now;
      now = new Map();
    },
    of(key, value) {
      now.set(key, value);
      return Math.max(0, value - (before.get(key) ?? value)) / apart;
    },
  };
}

const connectionRates = rates();
const trafficRates = rates();

async function showConnections() {
  const search = new URLSearchParams({ search: byId('search').value });
  const { found, connections } = await ask(`/admin/connections?${search}`);
  connectionRates.look();
  const rows = connections.flatMap((each) =>
    connectionRows(each, connectionRates.of, disconnect),
  );
  keepingFocus(byId('connections'), rows.length > 0 ? rows : [emptyRow(10, 'No connections')]);
  byId('found').textContent =
    found > connections.length
      ? `The ${number(connections.length)} eldest of ${number(found)}`
      : `${number(found)} found`;
}

/** Replaces rows; a button that has the focus has it again. */
function keepingFocus(body, rows) {
  const focused = document.activeElement?.closest('tr')?.dataset.connection;
  body.replaceChildren(...rows);
  if (focused) {
    body.querySelector(`[data-connection="${focused}"] button`)?.focus();
  }
}

async function disconnect(connection, button) {
  const who = `${connection.user || 'the client'} at ${connection.address}`;
  if (!window.confirm(`Disconnect ${who}? It is told that an operator has done it.`)) {
    return;
  }
  button.disabled = true;
  try {
    await ask(`/admin/connections/${encodeURIComponent(connection.id)}/disconnect`, {
      method: 'POST',
      headers: { 'X-Footbridge-Console': '1' },
    });
    await showConnections();
  } catch (problem) {
    notice(problem.message);
  }
}

async function showTraffic() {
  const traffic = await ask('/admin/traffic');
  trafficRates.look();
  const byRule = new Map();
  const sum = { received: 0, delivered: 0 };
  for (const rule of traffic.rules) {
    const one = {
      received: trafficRates.of(`received ${rule.rule}`, rule.received),
      delivered: trafficRates.of(`delivered ${rule.rule}`, rule.delivered),
    };
    sum.received += one.received;
    sum.delivered += one.delivered;
    byRule.set(rule.rule, one);
  }
  plots.received(sum.received, SECONDS_APART);
  plots.delivered(sum.delivered, SECONDS_APART);
  plots.connections(traffic.connections, SECONDS_APART);
  plots.refused(60 * trafficRates.of('refused', traffic.refused), SECONDS_APART);
  return byRule;
}

async function showRules(traffic) {
  const { since, refused, rules } = await ask('/admin/rules');
  const state = byId('rules-state');
  state.textContent = `${number(rules.length)} rules in force since ${time(since)}`;
  if (refused.length > 0) {
    state.append(node('p', { className: 'code' }, `The folder holds others that are refused: ${refused.join('; ')}`));
  }
  const none = { received: 0, delivered: 0 };
  byId('rules').replaceChildren(
    ...rules.map((rule) => ruleRow(rule, traffic.get(idOf(rule)) ?? none)),
  );
}

/** As metrics call a rule: by its file, not its line. */
function idOf(rule) {
  return `${rule.rule.replace(/:\d+$/, '')}:${rule.destination}`;
}

async function showRefusals() {
  const { refusals } = await ask('/admin/refusals');
  const rows = refusals.map(refusalRow);
  byId('refusals').replaceChildren(
    ...(rows.length > 0 ? rows : [emptyRow(6, 'Nobody was refused anything')]),
  );
}

async function showBrokers() {
  const { backends } = await ask('/admin/backends');
  byId('brokers').replaceChildren(
    ...backends.map((one) =>
      node(
        'li',
        { data: { backend: one.name, up: String(one.up) }, title: one.reason },
        one.up ? one.name : `${one.name}: ${one.reason}`,
      ),
    ),
  );
}

async function look() {
  try {
    const [traffic] = await Promise.all([
      showTraffic(),
      showConnections(),
      showRefusals(),
      showBrokers(),
    ]);
    await showRules(traffic);
    state('connected', 'Live');
  } catch (problem) {
    state('disconnected', `Stale: ${problem.message}`);
  }
}

function state(name, text) {
  byId('state').dataset.state = name;
  byId('state').textContent = text;
}

function notice(text) {
  const close = node('button', { className: 'small', type: 'button' }, 'Dismiss');
  const shown = node('div', { className: 'notice' }, node('p', {}, text), close);
  close.addEventListener('click', () => shown.remove());
  byId('notices').replaceChildren(shown);
}

const tabs = [...document.querySelectorAll('[role=tab]')];

function choose(tab) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    byId(each.getAttribute('aria-controls')).hidden = !chosen;
  }
}

tabs.forEach((tab, index) => {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(index + step + tabs.length) % tabs.length];
      choose(next);
      next.focus();
    }
  });
});

let typing;
byId('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => showConnections().catch((problem) => notice(problem.message)), 150);
});

byId('explain-form').addEventListener('submit', async () => {
  const question = new URLSearchParams({
    operation: byId('explain-operation').value,
    destination: byId('explain-destination').value,
  });
  for (const part of ['user', 'roles']) {
    if (byId(`explain-${part}`).value) {
      question.set(part, byId(`explain-${part}`).value);
    }
  }
  try {
    explained(await ask(`/admin/explain?${question}`));
  } catch (problem) {
    explained({ reason: problem.message });
  }
});

function explained(answer) {
  const lines = [];
  const line = (word, text) => lines.push(node('dt', {}, word), node('dd', {}, text));
  if (answer.allowed !== undefined) {
    line('Verdict', answer.allowed ? 'allowed' : 'refused');
  }
  line('Why', answer.reason);
  if (answer.rule) {
    line('Rule', `${answer.rule.at} ${answer.rule.destination}`);
  }
  if (answer.target) {
    line('Leads to', `${answer.target.broker}, ${answer.target.kind} ${answer.target.name}`);
  }
  for (const other of answer.others ?? []) {
    line('Not', `${other.at} ${other.destination}: ${other.reason}`);
  }
  byId('explanation').replaceChildren(...lines);
}

async function goOn() {
  if (!document.hidden) {
    await look();
  }
  setTimeout(goOn, SECONDS_APART * 1000);
}

goOn();
