import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { mark } from './mark.mjs';

const PAGE = process.env.FOOTBRIDGE_PAGE;
if (!PAGE) {
  throw new Error('FOOTBRIDGE_PAGE is not set: for example http://localhost:8080/');
}
const SCREENSHOT = process.env.FOOTBRIDGE_SCREENSHOT;
const DESTINATIONS = ['/queue/demo', '/topic/demo', '/topic/kafka'];
const EFFECT_MILLIS = 15_000;

let browser;
let context;
let complaints = [];

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.FOOTBRIDGE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

after(() => browser?.close());

/** Opens the page; whatever the browser complains of fails the test. */
async function openPage(options = {}) {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(EFFECT_MILLIS);
  return openTab();
}

/** One more page of the same browser. */
async function openTab() {
  const page = await context.newPage();
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) {
      complaints.push(`${line.type()}: ${line.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(PAGE).origin) {
      complaints.push(`request to another origin: ${request.url()}`);
    }
  });
  await page.goto(PAGE);
  await page.locator('#connect:enabled').waitFor();
  return page;
}

afterEach(async () => {
  await context?.close();
  assert.deepEqual(complaints, []);
});

async function connect(page) {
  await page.locator('#connect').click();
  await page.locator('#state[data-state=connected]').waitFor();
}

async function subscribe(page, destination, ack = 'auto', from = '') {
  await page.locator('#subscribe-destination').fill(destination);
  await page.locator('#subscribe-ack').selectOption(ack);
  await page.locator('#subscribe-from').fill(from);
  await page.locator('#subscribe').click();
  await subscribed(page, destination);
}

async function subscribed(page, destination, options = {}) {
  const row = page.locator(`#subscriptions > [data-destination="${destination}"]`);
  await row.and(page.locator('[data-state=live]')).waitFor(options);
}

async function send(page, destination, headers, body) {
  await page.locator('#send-destination').fill(destination);
  await page.locator('#send-headers').fill(headers);
  await page.locator('#send-body').fill(body);
  await page.locator('#send').click();
}

function message(page, destination, body) {
  return page
    .locator(`#messages > [data-destination="${destination}"]`)
    .filter({ has: page.locator('.body', { hasText: body }) });
}

function frame(page, direction, command) {
  return page
    .locator(`#wire > [data-direction=${direction}]`)
    .filter({ has: page.locator('.command', { hasText: new RegExp(`^${command}$`) }) });
}

async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`the Tab key does not lead to ${selector}`);
}

test('the page is served under a strict content security policy', async () => {
  const response = await fetch(PAGE);

  const policy = response.headers.get('content-security-policy') ?? 'no policy at all';
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
});

test('messages travel with headers and receipts, and the wire shows their frames', async () => {
  const page = await openPage();
  await connect(page);
  for (const destination of DESTINATIONS) {
    await subscribe(page, destination);
  }

  for (const destination of DESTINATIONS) {
    const body = `over the bridge ${mark()}`;
    await send(page, destination, 'content-type: text/plain\ncolour: green: really', body);

    const arrived = message(page, destination, body);
    await arrived.waitFor();
    const headers = await arrived.locator('.headers > li').allTextContents();
    assert.ok(headers.includes('colourgreen: really'), headers.join());
    const sending = page.locator(`#sent > [data-destination="${destination}"]`);
    await sending.getByText('the broker has it').waitFor();
    await frame(page, 'out', 'SEND').filter({ hasText: body }).waitFor();
    await frame(page, 'in', 'MESSAGE').filter({ hasText: body }).waitFor();
  }
  await frame(page, 'in', 'RECEIPT').first().waitFor();
});

test('the passcode is masked on the wire', async () => {
  const page = await openPage();

  await connect(page);

  const shown = await frame(page, 'out', 'CONNECT').innerText();
  assert.match(shown, /login:guest/);
  assert.match(shown, /passcode:•+/);
});

test('markup in a body stays text', async () => {
  const page = await openPage();
  await connect(page);
  await subscribe(page, '/topic/demo');
  const body = `<img src=x onerror=alert(1)> ${mark()}`;

  await send(page, '/topic/demo', 'content-type: text/html\nshape: <b>round</b>', body);

  await message(page, '/topic/demo', body).waitFor();
  assert.equal(await page.locator('#messages img, #messages b b, #wire img').count(), 0);
});

test('a delivery is held until it is acknowledged', async () => {
  const page = await openPage();
  await connect(page);
  await subscribe(page, '/queue/demo', 'client-individual');
  const body = `to be acknowledged ${mark()}`;
  await send(page, '/queue/demo', 'content-type: text/plain', body);

  const held = message(page, '/queue/demo', body);
  await held.getByRole('button', { name: 'ACK', exact: true }).click();

  await held.getByText('ACK: the broker has it').waitFor();
});

test('a Kafka topic is shown live, replayed from the start, and gone on with after a cut', async () => {
  const live = await openPage();
  await connect(live);
  await subscribe(live, '/topic/kafka');
  const bodies = ['first', 'second', 'third'].map((word) => `${word} ${mark()}`);
  await send(live, '/topic/kafka', 'content-type: text/plain', bodies[0]);
  await message(live, '/topic/kafka', bodies[0]).waitFor();

  const replayed = await openTab();
  await connect(replayed);
  await subscribe(replayed, '/topic/kafka', 'auto', 'earliest');
  await message(replayed, '/topic/kafka', bodies[0]).waitFor();
  await send(live, '/topic/kafka', 'content-type: text/plain', bodies[1]);
  await message(replayed, '/topic/kafka', bodies[1]).waitFor();

  await replayed.locator('#cut').click();
  await send(live, '/topic/kafka', 'content-type: text/plain', bodies[2]);
  await replayed.locator('#subscriptions', { hasText: 'went on, nothing missed' }).waitFor();
  await message(replayed, '/topic/kafka', bodies[2]).waitFor();

  for (const body of bodies) {
    assert.equal(await message(replayed, '/topic/kafka', body).count(), 1);
  }
});

test('two tabs work a share group off as a queue', async () => {
  const tabs = [await openPage(), await openTab()];
  for (const tab of tabs) {
    await connect(tab);
    await tab.locator('#subscribe-destination').fill('/queue/jobs');
    await tab.locator('#subscribe-ack').selectOption('client-individual');
    await tab.locator('#subscribe').click();
  }
  for (const tab of tabs) {
    // A new group takes its members in with its heart-beat.
    await subscribed(tab, '/queue/jobs', { timeout: 4 * EFFECT_MILLIS });
  }
  const jobs = ['one', 'two', 'three', 'four'].map((word) => `job ${word} ${mark()}`);
  for (const job of jobs) {
    await send(tabs[0], '/queue/jobs', 'content-type: text/plain', job);
  }
  const held = (tab) => tab.locator('#messages > .held');
  for (const tab of tabs) {
    await held(tab).first().waitFor();
  }

  const refused = await held(tabs[0]).first().locator('.body').textContent();
  await held(tabs[0]).getByRole('button', { name: 'NACK', exact: true }).first().click();
  const done = [];
  const deadline = Date.now() + 4 * EFFECT_MILLIS;
  while (done.length < jobs.length && Date.now() < deadline) {
    for (const tab of tabs) {
      const next = held(tab).first();
      if (await next.isVisible()) {
        done.push(await next.locator('.body').textContent());
        await next.getByRole('button', { name: 'ACK', exact: true }).click();
      }
    }
    await new Promise((again) => setTimeout(again, 50));
  }

  assert.deepEqual([...done].sort(), [...jobs].sort());
  const again = tabs.map((tab) =>
    message(tab, '/queue/jobs', refused).filter({ hasText: 'delivery-count2' }).count());
  assert.equal((await Promise.all(again)).reduce((sum, count) => sum + count), 1);
});

test('a template waits for its variable', async () => {
  const page = await openPage();
  await connect(page);
  const symbol = mark();

  await page.getByRole('button', { name: 'Subscribe /topic/ticks/{symbol}' }).click();
  await page.keyboard.press('Enter');
  await page.getByTestId('notice').filter({ hasText: '{symbol}' }).waitFor();
  await page.keyboard.type(symbol);
  await page.keyboard.press('Enter');

  await subscribed(page, `/topic/ticks/${symbol}`);
});

test('everything can be done with the keyboard alone', async () => {
  const page = await openPage();
  const body = `typed ${mark()}`;

  await tabTo(page, '#connect');
  await page.keyboard.press('Enter');
  await page.locator('#state[data-state=connected]').waitFor();
  await tabTo(page, '[data-destination="/topic/demo"] button[aria-label^=Subscribe]');
  await page.keyboard.press('Enter');
  await subscribed(page, '/topic/demo');
  await tabTo(page, '[data-destination="/topic/demo"] button[aria-label^=Send]');
  await page.keyboard.press('Enter');
  await tabTo(page, '#send-body');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(body);
  await page.keyboard.press('Control+Enter');
  await message(page, '/topic/demo', body).waitFor();

  await tabTo(page, '#subscriptions button');
  await page.keyboard.press('Enter');
  await page.locator('#subscriptions:empty').waitFor({ state: 'attached' });
  await tabTo(page, '#connect');
  await page.keyboard.press('Enter');
  await page.locator('#state[data-state=disconnected]').waitFor();
});

test('a destination without a rule is explained, and the rest goes on', async () => {
  const page = await openPage();
  await connect(page);
  await subscribe(page, '/topic/demo');

  await send(page, '/nowhere/at-all', '', 'lost');

  const notice = page.getByTestId('notice');
  await notice.filter({ hasText: '/nowhere/at-all' }).waitFor();
  assert.match(await page.getByTestId('notice-code').textContent(), /^[a-z]+(-[a-z]+)*$/);
  await page.locator('#sent > [data-state=refused]').waitFor();
  await frame(page, 'in', 'ERROR').waitFor();
  await page.locator('#state[data-state=connected]').waitFor();
  await subscribed(page, '/topic/demo');
  const body = `after the error ${mark()}`;
  await send(page, '/topic/demo', 'content-type: text/plain', body);
  await message(page, '/topic/demo', body).waitFor();
});

test('why a destination was refused is a click away', async () => {
  const page = await openPage();
  await connect(page);
  await send(page, '/topic/ticks/', '', 'lost');

  await page.getByTestId('notice').getByRole('button', { name: 'Why?' }).click();

  const explanation = page.getByTestId('explanation');
  await explanation.and(page.locator('[data-verdict=not-mapped]')).waitFor();
  const words = await explanation.innerText();
  assert.match(words, /There is no such destination/);
  assert.match(words, /\/topic\/ticks\/\{symbol\} .*wants at least one character/);
});

test('where a destination leads is explained to the visitor it is about', async () => {
  const page = await openPage();
  await page.getByTestId('explain-operation').selectOption('SUBSCRIBE');
  await page.getByTestId('explain-destination').fill('/topic/ticks/ACME');

  await page.getByTestId('explain').click();

  const explanation = page.getByTestId('explanation');
  await explanation.and(page.locator('[data-verdict=found]')).waitFor();
  const words = await explanation.innerText();
  assert.match(words, /You may\./);
  assert.match(words, /guest/);
  assert.match(words, /\{symbol\} is “ACME”/);
  assert.match(words, /kafka topic “ticks”, key “ACME”/);
});

test('there is no explanation for a wrong passcode', async () => {
  const page = await openPage();
  await page.locator('#passcode').fill('wrong');
  await page.getByTestId('explain-destination').fill('/queue/demo');

  await page.getByTestId('explain').click();

  await page.getByTestId('notice').filter({ hasText: 'There is no explanation.' }).waitFor();
  // The browser itself notes the answer 403.
  complaints = complaints.filter((line) => !line.includes('403'));
});

test('a wrong passcode is told, and not tried again', async () => {
  const page = await openPage();
  await page.locator('#passcode').fill('wrong');

  await page.locator('#connect').click();

  await page.getByTestId('notice-code').waitFor();
  await page.locator('#state[data-state=disconnected]').waitFor();
  assert.equal(await frame(page, 'out', 'CONNECT').count(), 1);
});

test('a narrow window has no sideways scrolling', async () => {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  await connect(page);
  await subscribe(page, '/topic/demo');
  const body = `narrow ${mark()}`;
  await send(page, '/topic/demo', 'content-type: text/plain', body);
  await message(page, '/topic/demo', body).waitFor();

  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );

  assert.equal(overhang, 0);
});

const noPicture = !SCREENSHOT && 'FOOTBRIDGE_SCREENSHOT is not set';

test('the picture for the README', { skip: noPicture }, async () => {
  const page = await openPage({
    colorScheme: 'light',
    viewport: { width: 1400, height: 980 },
  });
  const ticks = '/topic/ticks/ACME';
  await connect(page);
  await subscribe(page, '/queue/demo');
  for (const price of ['41.90', '42.00']) {
    await send(page, ticks, 'content-type: application/json', `{"price": ${price}}`);
  }
  await frame(page, 'in', 'RECEIPT').nth(2).waitFor();
  await send(page, '/queue/demo', 'content-type: text/plain\ncolour: green', 'Hello from the browser');
  await message(page, '/queue/demo', 'Hello').first().waitFor();

  await subscribe(page, ticks, 'auto', 'earliest');
  await message(page, ticks, '42.00').first().waitFor();
  await page.locator('#cut').click();
  await frame(page, 'in', 'CONNECTED').nth(1).waitFor();
  await subscribed(page, ticks);
  await send(page, ticks, 'content-type: application/json', '{"price": 42.35}');
  await message(page, ticks, '42.35').first().waitFor();

  await page.evaluate(() => document.activeElement.blur());
  // The counts follow at a pace of their own.
  await page.locator('#message-count', { hasText: /^([4-9]|\d\d+)$/ }).waitFor();
  await page.screenshot({ path: resolve(SCREENSHOT) });
});
