// What nats-server and its JavaScript client print when they refuse somebody. Prints one JSON object a line.
//   node nats.mjs NATS_SERVER
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as nkeys from '@nats-io/nkeys';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';

const program = process.argv[2] ?? 'nats-server';
const folder = mkdtempSync(join(tmpdir(), 'auth-errors-'));
let port = 14300;

const say = (library, explanation, text) => console.log(JSON.stringify({ library, explanation, text: String(text).trim() }));

/** Starts a server on loopback and waits until it is ready. */
async function start(conf) {
  port += 1;
  const file = join(folder, `${port}.conf`);
  writeFileSync(file, `listen: 127.0.0.1:${port}\n${conf}`);
  const child = spawn(program, ['-c', file, '-D'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', data => {
    log += data;
  });
  for (let i = 0; i < 100 && !log.includes('Server is ready'); i++) await wait(50);
  return {
    port,
    servers: `127.0.0.1:${port}`,
    lines: pattern => log.split('\n').filter(line => pattern.test(line)),
    stop: () => child.kill(),
  };
}

/** Says the error of a promise that must be rejected. */
async function refused(explanation, promise) {
  const error = await promise.then(
    () => undefined,
    reason => reason,
  );
  if (error === undefined) throw new Error(`nothing was refused: ${explanation}`);
  say('nats.js', explanation, error);
}

async function credentials() {
  const server = await start('authorization { user: ada, password: "not-the-one" }');
  await refused('nats/authorization-violation', connect({ servers: server.servers, user: 'ada', pass: 'wrong' }));
  await refused('nats/authorization-violation', connect({ servers: server.servers }));
  await wait(100);
  for (const line of server.lines(/authentication error/)) say('nats-server', 'nats/authorization-violation', line);
  server.stop();
}

async function permissions() {
  const server = await start(`authorization { users = [
    { user: ada, password: pw, permissions: { publish: "data.>", subscribe: { allow: ["data.>", "_INBOX.>"], deny: "data.secret" } } }
    { user: queue, password: pw, permissions: { subscribe: "jobs.* workers" } }
  ] }`);
  const ada = await connect({ servers: server.servers, user: 'ada', pass: 'pw' });
  const report = explanation => ({
    callback: error => {
      if (error) say('nats.js', explanation, error);
    },
  });
  const published = (async () => {
    for await (const status of ada.status()) if (status.type === 'error' && /publish/i.test(status.error)) return status.error;
    throw new Error('nothing was refused: nats/publish-denied');
  })();
  ada.publish('analytics.events.user_signup', '{}');
  say('nats.js', 'nats/publish-denied', await published);
  ada.subscribe('analytics.>', report('nats/subscribe-denied'));
  ada.subscribe('data.secret', report('nats/subscribe-denied'));
  await ada.flush();
  await refused('nats/no-responders', ada.request('data.nobody', '', { timeout: 300 }));
  await ada.close();
  const queue = await connect({ servers: server.servers, user: 'queue', pass: 'pw' });
  queue.subscribe('jobs.a', { queue: 'others', ...report('nats/queue-subscribe-denied') });
  await queue.flush();
  await wait(100);
  await queue.close();
  for (const line of server.lines(/Violation/)) {
    const subscription = line.includes('Queue:') ? 'nats/queue-subscribe-denied' : 'nats/subscribe-denied';
    say('nats-server', line.includes('Subscription') ? subscription : 'nats/publish-denied', line);
  }
  server.stop();
}

/** What a server says to a connection that says nothing. */
function silence(server) {
  return new Promise(resolve => {
    let said = '';
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('data', data => {
      said += data;
    });
    socket.on('close', () => resolve(said.split('\r\n').find(line => line.startsWith('-ERR'))));
  });
}

async function limits() {
  const slow = await start('authorization { user: ada, password: pw, timeout: 0.3 }\nmax_payload: 64\n');
  say('protocol', 'nats/authentication-timeout', await silence(slow));
  const ada = await connect({ servers: slow.servers, user: 'ada', pass: 'pw' });
  await refused(
    'nats/max-payload',
    (async () => {
      ada.publish('a', 'x'.repeat(100));
      await ada.flush();
    })(),
  );
  await ada.close();
  for (const line of slow.lines(/authentication timeout/i)) say('nats-server', 'nats/authentication-timeout', line);
  slow.stop();
  const full = await start('max_connections: 1');
  const first = await connect({ servers: full.servers });
  await connect({ servers: full.servers, reconnect: false }).catch(() => undefined);
  await first.close();
  for (const line of full.lines(/maximum connections/)) say('nats-server', 'nats/max-connections', line);
  full.stop();
}

/** Configurations that stop a server before it is one. */
function configurations() {
  const user = nkeys.createUser().getPublicKey();
  const account = nkeys.createAccount().getPublicKey();
  const users = 'users: [ {user: a, password: b} ]';
  const broken = {
    'nats-server/user-and-token': 'authorization { user: a, password: b, token: c }',
    'nats-server/token-and-users': `authorization { token: c, ${users} }`,
    'nats-server/user-and-users': `authorization { user: c, password: d, ${users} }`,
    'nats-server/nkey-with-password': `authorization { users: [ {nkey: ${user}, user: a } ] }`,
    'nats/seed-and-public-key': `authorization { users: [ {nkey: "${account}" } ] }`,
    'nats-server/duplicate-user': 'authorization { users: [ {user: a, password: b}, {user: a, password: c} ] }',
    'nats-server/unknown-field': 'authorization { type: jwt }',
    'nats-server/variable': 'authorization { token: $NATS_TOKEN_THAT_IS_NOT_SET }',
    'nats-server/user-missing': 'authorization { users: [ {password: b} ] }',
    'nats-server/no-auth-user': `no_auth_user: nobody\nauthorization { ${users} }`,
    'nats-server/callout': `authorization { auth_callout { auth_users: [a] }, ${users} }`,
    'nats-server/syntax': `authorization { ${users}`,
    'nats-server/resolver': 'resolver: nowhere',
    'nats-server/tls': 'tls { cert_file: "a.pem" }',
    'nats-server/system-account': `system_account: NOPE\naccounts { A { ${users} } }`,
    'nats-server/jwt-cookie': 'websocket { port: 18080, no_tls: true, jwt_cookie: "jwt" }',
    'nats-server/operator-jwt': 'operator: "eyJhbGciOiJub25lIn0.e30."',
    'nats-server/export-missing': `accounts { A { ${users}, imports: [ {stream: {account: B, subject: "x"}} ] }, B {} }`,
  };
  for (const [explanation, conf] of Object.entries(broken)) {
    const file = join(folder, 'nats.conf');
    port += 1;
    writeFileSync(file, `listen: 127.0.0.1:${port}\n${conf}`);
    const { stderr } = spawnSync(program, ['-c', file], { encoding: 'utf8', timeout: 5000 });
    const lines = stderr.split('\n').filter(line => line.startsWith('nats-server:'));
    if (lines.length === 0) throw new Error(`nothing was refused: ${explanation}`);
    say('nats-server', explanation, lines.at(-1).replaceAll(folder, '/etc/nats'));
  }
}

/** The public key where the client needs the seed. */
function mixedUpKeys() {
  try {
    nkeyAuthenticator(new TextEncoder().encode(nkeys.createUser().getPublicKey()))('nonce');
  } catch (error) {
    say('nats.js', 'nats/seed-and-public-key', error);
  }
}

try {
  await credentials();
  await permissions();
  await limits();
  configurations();
  mixedUpKeys();
} finally {
  rmSync(folder, { recursive: true });
}
