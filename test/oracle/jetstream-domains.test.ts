// What we say of requests to JetStream by the names of domains, tried by clients: the server maps such subjects before permissions count.
import assert from 'node:assert/strict';
import { parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { answerPermission } from '../../server/src/core/nats-conf/permission-answer.ts';
import { usersOf } from '../../server/src/core/nats-conf/user-access.ts';
import { modelOf } from '../support/nats-models.ts';
import { startServer } from './live-server.ts';
import { judges, serverOrSkip } from './nats-server.ts';
import { Client } from './permissions/clients.ts';

/** Password of everybody: the servers live for seconds, on the loopback interface. */
const pass = 'pass';

/** Users of one account who may each publish to one pattern, or to all but it. */
function usersNamed(account: string): string {
  const patterns = ['$JS.API.>', '$JS.hub.API.>', '$JS.far.API.>', '$KV.>', '$JS.hub.API.STREAM.INFO.*'];
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

describe('domains of JetStream', () => {
  for (const version of judges) {
    it(`decide about permissions as we say of nats-server ${version}`, async function () {
      this.timeout(60_000);
      const server = await startServer(serverOrSkip(this, version), configuration);
      try {
        const { conf } = modelOf(configuration, parseServerVersion(version) as ServerVersion);
        const differences: string[] = [];
        for (const user of usersOf(conf)) {
          const client = await Client.open(server.port, { user: user.name, pass });
          for (const subject of subjects) {
            const said = answerPermission(conf, user, { action: 'publish', subject }).allowed;
            if ((await client.publish(subject, '')) !== said) differences.push(`${user.name} ${subject}: we say ${said}`);
          }
          await client.close();
        }
        assert.deepEqual(differences, []);
      } finally {
        await server.stop();
      }
    });
  }
});
