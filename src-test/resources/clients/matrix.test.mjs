import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clients } from './matrix.mjs';
import { mark } from './mark.mjs';
import { ADDRESS, until } from './recorded.mjs';

// What the README's table of clients says of each: publish with a receipt, subscribe, acknowledge,
// refuse, transactions, a binary body where the client can send one, heart-beats.
const SOCKJS = process.env.FOOTBRIDGE_SOCKJS;
const IDLE_MILLIS = 4000;

for (const [name, open] of Object.entries(clients(ADDRESS, SOCKJS))) {
  test(name, async (t) => {
    const queue = `/queue/matrix-${mark()}`;
    const session = await open();
    const messages = [];
    t.after(() => session.close());
    const bodies = () => messages.map((message) => message.body);
    const arrived = (body, count = 1) =>
      until(`${body}`, () => messages.filter((message) => message.body === body)[count - 1]);
    session.subscribe(queue, { ack: 'client-individual', receipt: 'subscribed' }, (message) =>
      messages.push(message),
    );
    await session.receipt('subscribed');

    await t.test('publishes with a receipt and hears it', async () => {
      session.publish(queue, { receipt: 'published', colour: 'green' }, 'Grüße');
      await session.receipt('published');
      const message = await arrived('Grüße');
      assert.equal(message.headers.colour, 'green');
      message.ack({ receipt: 'acknowledged' });
      await session.receipt('acknowledged');
    });

    await t.test('refuses a message and gets it again', async () => {
      session.publish(queue, {}, 'refused');
      (await arrived('refused')).nack();
      const again = await arrived('refused', 2);
      assert.equal(again.headers.redelivered, 'true');
      again.ack();
    });

    await t.test('commits and aborts', async () => {
      const aborted = session.begin('t1');
      session.publish(queue, { transaction: 't1' }, 'never');
      aborted.abort();
      const committed = session.begin('t2');
      session.publish(queue, { transaction: 't2' }, 'committed');
      committed.commit();
      const message = await arrived('committed');
      message.ack();
      assert.ok(!bodies().includes('never'));
    });

    const binary = session.publishBinary && !name.includes('sockjs');
    await t.test('sends octets', { skip: !binary && 'it cannot' }, async () => {
      const octets = Uint8Array.from({ length: 256 }, (_, i) => i);
      session.publishBinary(queue, { kind: 'binary' }, octets);
      const message = await until('the octets', () =>
        messages.find((candidate) => candidate.headers.kind === 'binary'),
      );
      assert.deepEqual(Buffer.from(message.binaryBody), Buffer.from(octets));
      message.ack();
    });

    const beats = !name.includes('by hand') || 'it has none';
    await t.test('stays connected by heart-beats', { skip: beats !== true && beats }, async () => {
      // Longer than a client without them would be kept.
      await new Promise((resolve) => setTimeout(resolve, IDLE_MILLIS));
      session.publish(queue, {}, 'still here');
      (await arrived('still here')).ack();
    });
  });
}
