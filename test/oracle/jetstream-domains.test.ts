// What we say of requests to JetStream by the names of domains, tried by clients: the server maps such subjects before permissions count.
import assert from 'node:assert/strict';
import { jwtAuthenticator } from '@nats-io/transport-node';
import { parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import type { UserClaims } from '../../server/src/core/nats-auth/claims.ts';
import { decodeNatsJwt } from '../../server/src/core/nats-auth/decode.ts';
import { askingByJwt } from '../../server/src/core/nats-conf/jwt-user.ts';
import type { NatsConf } from '../../server/src/core/nats-conf/model.ts';
import { type Asking, answerPermission } from '../../server/src/core/nats-conf/permission-answer.ts';
import { usersOf } from '../../server/src/core/nats-conf/user-access.ts';
import { modelOf } from '../support/nats-models.ts';
import { natsToken, operatorConf, party } from '../support/nats-tokens.ts';
import { startServer } from './live-server.ts';
import { judges, serverOrSkip } from './nats-server.ts';
import { Client } from './permissions/clients.ts';
import type { Login } from './permissions/configurations.ts';

/** Password of everybody: the servers live for seconds, on the loopback interface. */
const pass = 'pass';

const patterns = ['$JS.API.>', '$JS.hub.API.>', '$JS.far.API.>', '$KV.>', '$JS.hub.API.STREAM.INFO.*'];

/** Users of one account who may each publish to one pattern, or to all but it. */
function usersNamed(account: string): string {
  const users = patterns.flatMap((pattern, at) => [
    `{ user: ${account}-only-${at}, password: ${pass}, permissions: { publish: "${pattern}" } }`,
    `{ user: ${account}-not-${at}, password: ${pass}, permissions: { publish: { deny: "${pattern}" } } }`,
  ]);
  return `users: [ ${users.join(', ')} ]`;
}

const configuration = `
jetstream { domain: hub, store_dir: "./data" }
default_js_domain { DEFAULT: far }
accounts {
  STREAMS { jetstream: enabled, ${usersNamed('streams')}, exports: [ { service: "$JS.API.>", response: stream } ] }
  PLAIN { ${usersNamed('plain')} }
  DEFAULT { ${usersNamed('default')} }
  OWN { jetstream: enabled, ${usersNamed('own')}, mappings { "$JS.hub.API.INFO": "own.info", "$JS.hub.API.STREAM.INFO.*": "own.{{wildcard(1)}}" } }
  IMPORTS { ${usersNamed('imports')}, imports: [ { service: { account: STREAMS, subject: "$JS.API.>" } } ] }
  SYSTEM { ${usersNamed('system')} }
}
system_account: SYSTEM
authorization { ${usersNamed('global')} }
`;

const subjects = [
  ...['$JS.API.INFO', '$JS.hub.API.INFO', '$JS.far.API.INFO', '$JS.API.STREAM.INFO.S', '$JS.hub.API.STREAM.INFO.S'],
  ...['$JS.far.API.STREAM.INFO.S', '$JS.hub.API.$KV.b.key', '$KV.b.key', '$JS.hub.API.OTHER', '$JS.hub.API.CONSUMER.MSG.NEXT.S.c'],
];

interface Trial {
  readonly text: string;
  users(conf: NatsConf): readonly (readonly [Asking, Login])[];
}

const ofConfiguration: Trial = {
  text: configuration,
  users: conf => usersOf(conf).map(user => [user, { user: user.name, pass }]),
};

/** The same by JWT, where the account with JetStream, one without and one with a default domain differ as above. */
function underOperator(): Trial {
  const [operator, system] = [party('operator'), party('account')];
  const streams = {
    limits: { subs: -1, data: -1, payload: -1, conn: -1, leaf: -1, mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 },
  };
  const accounts = [streams, {}, {}].map(nats => {
    const own = party('account');
    return [own, natsToken('account', operator, own, nats)] as const;
  });
  const [, , [far] = []] = accounts;
  const more = `system_account: ${system.key}\njetstream { domain: hub, store_dir: "./data" }\ndefault_js_domain { ${far?.key}: far }\n`;
  const tokens = [...accounts, [system, natsToken('account', operator, system)] as const];
  const made = accounts.flatMap(([account]) =>
    patterns.flatMap(pattern =>
      [{ allow: [pattern] }, { deny: [pattern] }].map(pub => {
        const user = party('user');
        return { token: natsToken('user', account, user, { pub }, { name: JSON.stringify(pub) }), seed: user.seed };
      }),
    ),
  );
  const trust = {
    keys: [operator.key],
    accounts: Object.fromEntries(tokens.map(([{ key }, token]) => [key, token])),
  };
  return {
    text: operatorConf(natsToken('operator', operator, operator), tokens, more),
    users: conf =>
      made.map(({ token, seed }) => {
        const decoded = decodeNatsJwt(token);
        assert.ok('claims' in decoded);
        const at = { file: 'file:///user.creds', span: { start: 0, end: 0 } };
        const asking = askingByJwt(conf, decoded.claims as UserClaims, at, { ...trust, version: conf.version });
        assert.ok(asking);
        return [asking, { authenticator: jwtAuthenticator(token, new TextEncoder().encode(seed)) }];
      }),
  };
}

describe('domains of JetStream', () => {
  for (const version of judges) {
    for (const [users, make] of Object.entries({ 'of a configuration': () => ofConfiguration, 'by JWT': underOperator })) {
      it(`decide about permissions as we say of nats-server ${version}, for users ${users}`, async function () {
        this.timeout(180_000);
        const trial = make();
        const server = await startServer(serverOrSkip(this, version), trial.text);
        try {
          const { conf } = modelOf(trial.text, parseServerVersion(version) as ServerVersion);
          const differences: string[] = [];
          for (const [user, login] of trial.users(conf)) {
            const client = await Client.open(server.port, login);
            for (const subject of subjects) {
              const said = answerPermission(conf, user, { action: 'publish', subject }).allowed;
              if ((await client.publish(subject, '')) !== said) differences.push(`${user.account} ${user.name} ${subject}: we say ${said}`);
            }
            await client.close();
          }
          assert.deepEqual(differences, []);
        } finally {
          await server.stop();
        }
      });
    }
  }
});
