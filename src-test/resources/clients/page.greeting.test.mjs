import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { mark } from './mark.mjs';

const HOST = process.env.FOOTBRIDGE_HOST;
const EFFECT_MILLIS = 20_000;
const FILES = {
  '/': ['greeting.html', 'text/html'],
  '/greeting.js': ['greeting.js', 'text/javascript'],
  '/libraries/stompjs7.js': ['node_modules/@stomp/stompjs/bundles/stomp.umd.min.js', 'text/javascript'],
  '/libraries/sockjs.js': ['node_modules/sockjs-client/dist/sockjs.min.js', 'text/javascript'],
  '/libraries/stompjs2.js': ['node_modules/stompjs/lib/stomp.min.js', 'text/javascript'],
};

let server;
let browser;

before(async () => {
  server = createServer(async (request, response) => {
    const file = FILES[new URL(request.url, 'http://h').pathname];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.[1] ?? 'text/plain' });
    response.end(file && (await readFile(file[0])));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: process.env.FOOTBRIDGE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const way of ['websocket', 'sockjs']) {
  test(`greetings arrive over ${way}`, async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(EFFECT_MILLIS);
    await page.goto(`http://127.0.0.1:${server.address().port}/?${way}&host=${HOST}`);
    const name = mark();

    await page.locator('#connect').click();
    await page.locator('#send:enabled').waitFor();
    await page.locator('#name').fill(name);
    // A topic keeps nothing for those who are not subscribed yet, so one greeting may be missed.
    const greeting = page.locator('#greetings > li', { hasText: `Hello, ${name}!` }).first();
    const deadline = performance.now() + EFFECT_MILLIS;
    while (!(await greeting.isVisible()) && performance.now() < deadline) {
      await page.locator('#send').click();
      await greeting.waitFor({ timeout: 1000 }).catch(() => {});
    }

    assert.equal(await greeting.textContent(), `Hello, ${name}!`);
    await page.close();
  });
}
