// The permissions that fixes propose for JetStream, key-value buckets, object stores and services, proved by clients that do the work
// under them on a real server, and that cannot do it under any of the sets with one line less.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { Svcm } from '@nats-io/services';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import {
  type Bindings,
  fillIn,
  type PermissionNeed,
  type PermissionSetName,
  permissionSets,
} from '../../server/src/core/facts/nats-jetstream-permissions.ts';
import { type LiveServer, startServer } from './live-server.ts';
import { judges, serverOrSkip } from './nats-server.ts';

/** Milliseconds that a client waits for an answer. A denied one never comes; one that must come may be late on a busy machine. */
const shortPatience = 600;
const longPatience = 20_000;
const options = (patience: number) => ({ timeout: patience, checkAPI: false });

const bindings: Readonly<Record<PermissionSetName, Bindings>> = {
  'pull-consumer': { stream: 'ORDERS', consumer: 'worker' },
  'push-consumer': { stream: 'ORDERS', consumer: 'pushed', deliver: 'deliver.pushed' },
  'ordered-consumer': { stream: 'ORDERS' },
  'kv-put': { bucket: 'direct' },
  'kv-get': { bucket: 'direct' },
  'kv-get-old': { bucket: 'plain' },
  'kv-watch': { bucket: 'direct' },
  'object-put': { bucket: 'files' },
  'object-get': { bucket: 'files' },
  service: { endpoint: 'prices.get' },
};

/** A request that clients in other languages make; that there is nothing of that name is an answer too. */
async function ask(client: NatsConnection, subject: string, patience: number): Promise<void> {
  await client.request(subject, '', { timeout: patience });
}

/** What each set is for, as a client does it. `admin` may do everything. */
const work: Readonly<Record<PermissionSetName, (client: NatsConnection, admin: NatsConnection, patience: number) => Promise<void>>> = {
  async 'pull-consumer'(client, admin, patience) {
    await jetstream(admin).publish('orders.new', 'x');
    const consumer = await jetstream(client, options(patience)).consumers.get('ORDERS', 'worker');
    const message = await consumer.next({ expires: patience + 400 });
    assert.ok(message);
    assert.ok(await message.ackAck({ timeout: patience }));
  },
  async 'push-consumer'(client, admin, patience) {
    await jetstream(admin).publish('orders.new', 'x');
    const consumer = await jetstream(client, options(patience)).consumers.getPushConsumer('ORDERS', 'pushed');
    for await (const message of await consumer.consume()) {
      assert.ok(await message.ackAck({ timeout: patience }));
      break;
    }
  },
  async 'ordered-consumer'(client, admin, patience) {
    await jetstream(admin).publish('orders.new', 'x');
    const consumer = await jetstream(client, options(patience)).consumers.get('ORDERS', { filter_subjects: 'orders.new' });
    assert.ok(await consumer.next({ expires: patience + 400 }));
    // Clients in Go take their consumer away when they are done.
    await ask(client, '$JS.API.CONSUMER.DELETE.ORDERS.gone', patience);
  },
  async 'kv-put'(client, _, patience) {
    const bucket = await new Kvm(jetstream(client, options(patience))).open('direct');
    // Clients in other languages ask this when they open a bucket.
    await bucket.status();
    await bucket.put('key', 'value');
    await bucket.delete('key');
  },
  async 'kv-get'(client, _, patience) {
    const bucket = await new Kvm(jetstream(client, options(patience))).open('direct', { allow_direct: true });
    await bucket.status();
    assert.equal((await bucket.get('kept'))?.string(), 'value');
  },
  async 'kv-get-old'(client, _, patience) {
    const bucket = await new Kvm(jetstream(client, options(patience))).open('plain');
    await bucket.status();
    assert.equal((await bucket.get('kept'))?.string(), 'value');
  },
  async 'kv-watch'(client, _, patience) {
    const bucket = await new Kvm(jetstream(client, options(patience))).open('direct');
    await bucket.status();
    for await (const entry of await bucket.watch({ key: 'kept' })) {
      assert.equal(entry.string(), 'value');
      break;
    }
    for await (const key of await bucket.keys('kept')) assert.equal(key, 'kept');
    for await (const entry of await bucket.history({ key: 'kept' })) assert.equal(entry.string(), 'value');
    await ask(client, '$JS.API.CONSUMER.DELETE.KV_direct.gone', patience);
  },
  async 'object-put'(client, admin, patience) {
    const manager = await jetstreamManager(admin);
    const parts = async () => (await manager.streams.info('OBJ_files')).state.messages;
    const store = await new Objm(jetstream(client, options(patience))).open('files');
    await store.putBlob({ name: 'written' }, new TextEncoder().encode('one'));
    const before = await parts();
    await store.putBlob({ name: 'written' }, new TextEncoder().encode('two'));
    // The client says nothing when the parts of the old object stay behind.
    assert.equal(await parts(), before);
    await ask(client, '$JS.API.DIRECT.GET.OBJ_files.$O.files.M.gone', patience);
  },
  async 'object-get'(client, _, patience) {
    const store = await new Objm(jetstream(client, options(patience))).open('files');
    const bytes = await store.getBlob('kept');
    assert.ok(bytes);
    assert.equal(new TextDecoder().decode(bytes), 'value');
    assert.equal((await store.list()).filter(({ name }) => name === 'kept').length, 1);
    await ask(client, '$JS.API.DIRECT.GET.OBJ_files.$O.files.M.gone', patience);
    await ask(client, '$JS.API.CONSUMER.DELETE.OBJ_files.gone', patience);
  },
  async service(client, admin, patience) {
    const service = await new Svcm(client as unknown as ConstructorParameters<typeof Svcm>[0]).add({ name: 'prices', version: '1.0.0' });
    service.addEndpoint('get', { subject: 'prices.get', handler: (_, message) => message.respond('1') });
    await client.flush();
    assert.equal((await admin.request('prices.get', '', { timeout: patience })).string(), '1');
    await admin.request(`$SRV.PING.prices.${service.info().id}`, '', { timeout: patience });
  },
};

interface Trial {
  readonly user: string;
  readonly set: PermissionSetName;
  readonly needs: readonly PermissionNeed[];
  /** The need that this user lacks. */
  readonly missing: PermissionNeed | undefined;
}

const trials: readonly Trial[] = permissionSets.flatMap(({ name, needs }) => {
  const set = name as PermissionSetName;
  const whole = { user: `${name}`, set, needs, missing: undefined };
  return [whole, ...needs.map((missing, i) => ({ user: `${name}-${i}`, set, needs: needs.filter(need => need !== missing), missing }))];
});

function subjects(needs: readonly PermissionNeed[], direction: 'publish' | 'subscribe', set: PermissionSetName): string {
  const named = needs.flatMap(need => need[direction]?.slice(0, 1) ?? []).map(one => fillIn(one, bindings[set]));
  return named.length > 0 ? `{ allow: ${JSON.stringify(named)} }` : '{ deny: ">" }';
}

function configuration(): string {
  const users = trials.map(({ user, set, needs }) => {
    const responses = needs.some(need => need.responses) ? 'allow_responses: true' : '';
    return `{ user: "${user}", password: "${user}", permissions: {
      publish: ${subjects(needs, 'publish', set)}, subscribe: ${subjects(needs, 'subscribe', set)}, ${responses} } }`;
  });
  return `jetstream { store_dir: "jetstream" }
accounts { WORK { jetstream: enabled, users: [ { user: admin, password: admin }, ${users.join(',\n')} ] } }
`;
}

async function prepare(admin: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(admin);
  await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
  await manager.consumers.add('ORDERS', { durable_name: 'worker', ack_policy: AckPolicy.Explicit });
  await manager.consumers.add('ORDERS', {
    durable_name: 'pushed',
    ack_policy: AckPolicy.Explicit,
    deliver_subject: 'deliver.pushed',
    idle_heartbeat: nanos(5000),
  });
  const kvm = new Kvm(admin);
  for (const [name, allow_direct] of [
    ['direct', true],
    ['plain', false],
  ] as const) {
    await (await kvm.create(name, { allow_direct })).put('kept', 'value');
  }
  await (await new Objm(admin).create('files')).putBlob({ name: 'kept' }, new TextEncoder().encode('value'));
  // As clients in Go make their stores.
  const { config } = await manager.streams.info('OBJ_files');
  await manager.streams.update('OBJ_files', { ...config, allow_direct: true });
}

describe('permissions for JetStream', function () {
  this.timeout(60_000);

  for (const version of judges) {
    describe(`nats-server ${version}`, () => {
      let live: LiveServer;
      let admin: NatsConnection;
      const login = (user: string) =>
        connect({ servers: `127.0.0.1:${live.port}`, user, pass: user, timeout: longPatience, reconnect: false });

      before(async function () {
        live = await startServer(serverOrSkip(this, version), configuration());
        admin = await login('admin');
        await prepare(admin);
      });
      after(async () => {
        await admin?.close();
        await live?.stop();
      });

      for (const { user, set, missing } of trials) {
        const less = missing && (missing.publish ?? missing.subscribe)?.[0];
        it(`${set}: ${missing ? `not without ${less ?? 'allow_responses'}` : 'enough as a whole'}`, async () => {
          const client = await login(user);
          const denied: unknown[] = [];
          void (async () => {
            for await (const { type, error } of client.status() as AsyncIterable<{ type: string; error?: unknown }>) {
              if (type === 'error') denied.push(error);
            }
          })();
          const outcome = await Promise.race([
            work[set](client, admin, missing ? shortPatience : longPatience).then(
              () => 'done' as const,
              (error: unknown) => error,
            ),
            wait(missing ? 3000 : 30_000, 'never ended' as const, { ref: false }),
          ]);
          await client.close();
          if (missing) assert.notEqual(outcome, 'done');
          else assert.equal(outcome, 'done', `${outcome}; refused: ${denied.join('; ')}`);
        });
      }
    });
  }
});
