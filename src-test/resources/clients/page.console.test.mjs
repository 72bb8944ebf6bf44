import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Client } from '@stomp/stompjs';
import { chromium } from 'playwright-core';
import WebSocket from 'ws';
import { mark } from './mark.mjs';

const CONSOLE = process.env.FOOTBRIDGE_CONSOLE;
const WS = process.env.FOOTBRIDGE_WS;
const SCREENSHOTS = process.env.FOOTBRIDGE_SCREENSHOTS;
const EFFECT_MILLIS = 30_000;

let browser;
let context;
let complaints = [];
const clients = [];

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.FOOTBRIDGE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

after(() => browser?.close());

afterEach(async () => {
  await context?.close();
  await Promise.all(clients.splice(0).map((client) => client.deactivate({ force: true })));
  assert.deepEqual(complaints, []);
});

/** Opens the console as an operator; whatever the browser complains of fails the test. */
async function openConsole() {
  complaints = [];
  context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    httpCredentials: { username: 'olga', password: 'operator' },
  });
  context.setDefaultTimeout(EFFECT_MILLIS);
  const page = await context.newPage();
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !line.text().includes('401')) {
      complaints.push(`${line.type()}: ${line.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  await page.goto(CONSOLE);
  await page.locator('#state[data-state=connected]').waitFor();
  return page;
}

/** A client of the gateway that is connected as ann. */
async function client(options = {}) {
  const made = new Client({
    brokerURL: WS,
    webSocketFactory: () => new WebSocket(WS, ['v12.stomp']),
    connectHeaders: { login: 'ann', passcode: 'secret' },
    reconnectDelay: 0,
    ...options,
  });
  clients.push(made);
  await new Promise((connected) => {
    made.onConnect = connected;
    made.activate();
  });
  return made;
}

async function picture(page, name) {
  if (SCREENSHOTS) {
    await page.screenshot({ path: resolve(SCREENSHOTS, `${name}.png`) });
  }
}

test('connections are found, watched and ended', async () => {
  const destination = `/queue/${mark()}`;
  const ann = await client();
  const told = new Promise((error) => {
    ann.onStompError = error;
  });
  ann.subscribe(destination, () => {}, { id: 'work', ack: 'client-individual' });
  const sending = setInterval(() => {
    if (ann.connected) {
      ann.publish({ destination, body: 'x'.repeat(200) });
    }
  }, 50);
  try {
    const page = await openConsole();
    await page.locator('#search').fill(destination);
    const row = page.locator('#connections > tr[data-user=ann]');
    await row.waitFor();
    assert.equal(await row.count(), 1);
    const subscription = page.locator(`#connections > tr.subscription[data-destination="${destination}"]`);
    await subscription.filter({ hasText: 'demo.yaml:/queue/{name}' }).waitFor();
    // The client settles nothing, so what it holds grows.
    await subscription.locator('td.number').nth(2).filter({ hasText: /[1-9]/ }).waitFor();
    await page.locator('#plot-received b').filter({ hasText: /[1-9].*\/s/ }).waitFor();
    await page.locator('#found').filter({ hasText: '1 found' }).waitFor();
    await page.locator('#search').fill('');
    if (SCREENSHOTS) {
      await page.waitForTimeout(30_000); // for plots that show something
    }
    await picture(page, 'console-connections');

    await page.locator('#search').fill(destination);
    page.once('dialog', (dialog) => dialog.accept());
    await row.locator('button').click();
    assert.equal((await told).headers.code, 'dismissed');
    clearInterval(sending);
    await page.locator('#connections td.none').waitFor();
  } finally {
    clearInterval(sending);
  }
});

test('refusals are told with code, rule and what the client heard', async () => {
  const destination = `/nowhere/${mark()}`;
  const ann = await client();
  const told = new Promise((error) => {
    ann.onStompError = error;
  });
  ann.publish({ destination, body: 'x' });
  await told;

  const page = await openConsole();
  await page.locator('#tab-refusals').click();
  const row = page.locator('#refusals > tr[data-code=no-such-destination]').filter({ hasText: destination });
  await row.filter({ hasText: 'ann' }).waitFor();
  assert.equal(await page.locator('#connections-panel').isVisible(), false);
  assert.equal(await page.locator('#rules-panel').isVisible(), false);
  await picture(page, 'console-refusals');
});

test('rules are listed and explained, brokers have a state', async () => {
  const page = await openConsole();
  await page.locator('#brokers > [data-backend=artemis][data-up=true]').waitFor();
  await page.locator('#tab-rules').click();
  await page.locator('#rules > [data-destination="/queue/{name}"]').filter({ hasText: 'SUBSCRIBE' }).waitFor();
  await page.locator('#explain-destination').fill('/queue/orders');
  await page.locator('#explain-user').fill('ann');
  await page.locator('#explain-form button').click();
  await page.locator('#explanation dd').filter({ hasText: 'jms-queue demo.orders' }).waitFor();
  await page.locator('#explanation dd', { hasText: 'allowed' }).first().waitFor();
  await picture(page, 'console-rules');
});
