// The judge itself: known configurations get known verdicts, and what a configuration does to its machine stays in the jail.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { isolation } from './jail.ts';
import { ask, findServers, judges, type Verdict } from './nats-server.ts';

const cases: readonly (readonly [what: string, text: string, verdict: Verdict, message?: RegExp])[] = [
  ['a plain configuration', 'port: 4222\n', 'accepts'],
  ['an unknown field', 'port: 4222\nprot: 4222\n', 'parse', /:2:\d+: unknown field "prot"/],
  ['what only a start refuses', 'websocket { port: 8080 }\n', 'start', /websocket requires TLS/],
  ['a variable of the environment for a number', 'port: $AUTHLINT_TEST_PORT\n', 'accepts'],
  ['a variable of the environment for a list', 'cluster { name: c, port: 6222, routes: $AUTHLINT_TEST_ROUTES }\n', 'accepts'],
  [
    'a name from the environment that only the person knows',
    'no_auth_user: $AUTHLINT_TEST_USER\nauthorization { users: [{ user: ana, password: b }] }\n',
    'environment',
    /"value" not present/,
  ],
  [
    'a variable that a sibling defines',
    'a { secret: x }\nauthorization { token: $secret }\n',
    'parse',
    /'secret' on line 2 can not be found/,
  ],
  [
    'certificates that are not here',
    'tls { cert_file: "/etc/nats/server.pem", key_file: "./key.pem", ca_file: "ca.pem", verify: true }\n',
    'accepts',
  ],
  ['an include that is not here', 'include "gone.conf"\n', 'parse', /error parsing include file/],
  ['an operator that is not here', 'operator: "/etc/nats/operator.jwt"\n', 'environment', /operator.jwt: no such file/],
  [
    'ports that this machine may be using',
    'port: 4222\nhttp: 8222\nleafnodes { port: 7422 }\ncluster { name: c, port: 6222 }\n',
    'accepts',
  ],
  ['a folder below the root of the machine', 'jetstream { store_dir: "/authlint-oracle-test/js" }\n', 'accepts'],
  ['a log file of its own', 'log_file: "/authlint-oracle-test.log"\n', 'accepts'],
];

describe('the oracle', () => {
  for (const version of judges) {
    describe(`nats-server ${version}`, function () {
      this.timeout(180_000);
      const server = findServers().find(candidate => candidate.version === version);
      for (const [what, text, verdict, message] of cases) {
        it(`judges ${what}`, async function () {
          if (!server) return this.skip();
          const needsStart = verdict === 'start' || verdict === 'accepts' || text.includes('no_auth_user');
          if (needsStart && isolation() === 'none') return this.skip();
          const answer = await ask(server, { files: new Map([['nats.conf', text]]), main: 'nats.conf' });
          assert.deepEqual(answer.verdict, verdict, answer.message);
          if (message) assert.match(answer.message, message);
          assert.ok(!existsSync('/authlint-oracle-test') && !existsSync('/authlint-oracle-test.log'), 'it reached out of its jail');
        });
      }

      it('reads the files beside it', async function () {
        if (!server) return this.skip();
        const files = new Map([
          ['hub/nats.conf', 'port: 4222\ninclude "parts/users.conf"\n'],
          ['hub/parts/users.conf', 'authorization { usr: a }\n'],
        ]);
        const answer = await ask(server, { files, main: 'hub/nats.conf' });
        assert.equal(answer.verdict, 'parse');
        assert.match(answer.message, /parts\/users\.conf:1:\d+: unknown field "usr"/);
      });
    });
  }
});
