import { element } from './feed.js';

const VERDICTS = {
  found: 'You may.',
  denied: 'You may not.',
  closed: 'Nobody may.',
  'not-mapped': 'There is no such destination.',
};

/** Asks the gateway what its rules say of a request of this visitor; throws with words for people. */
export async function explain(operation, destination, login, passcode) {
  const question = new URLSearchParams({ operation, destination });
  const headers = login
    ? { 'X-Login': encodeURIComponent(login), 'X-Passcode': encodeURIComponent(passcode) }
    : {};
  const response = await fetch(`/page/explain?${question}`, { headers });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? `The gateway answers ${response.status}.`);
  }
  return answer;
}

/** The answer as terms and their descriptions, the important ones first. */
export function drawExplanation(answer) {
  const rows = [[answer.operation, `${VERDICTS[answer.verdict]} ${sentence(answer.reason)}`]];
  rows.push(['As', who(answer.client)]);
  if (answer.rule) {
    rows.push(['Rule', `${answer.rule.destination} → ${answer.rule.to} (${answer.rule.at})`]);
    for (const [name, value] of Object.entries(answer.variables)) {
      rows.push(['', `{${name}} is “${value}”`]);
    }
  }
  if (answer.target) {
    const { kind, name, key, broker } = answer.target;
    const keyed = key === undefined ? '' : `, key “${key}”`;
    rows.push(['Target', `${kind.replace('-', ' ')} “${name}”${keyed} at “${broker}”`]);
    rows.push(['Means', answer.guarantees]);
  }
  for (const [name, value] of Object.entries(answer.limits ?? {})) {
    rows.push(['Limit', `${name} ${value}`]);
  }
  for (const other of answer.others.slice(0, 3)) {
    rows.push(['Not', `${other.destination} (${other.at}): ${other.reason}`]);
  }
  return rows.flatMap(([term, text]) => [
    element('dt', { textContent: term }),
    element('dd', { textContent: text }),
  ]);
}

function who({ user, roles, anonymous }) {
  if (anonymous) {
    return 'anonymous: nobody has logged in';
  }
  return roles.length > 0 ? `${user}, roles ${roles.join(', ')}` : `${user}, without a role`;
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
