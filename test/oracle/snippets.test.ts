// Every snippet that completion offers, inserted where it is offered and left as it is: a real server takes it.
import assert from 'node:assert/strict';
import { createAccount, createOperator, createUser } from '@nats-io/nkeys';
import { natsSnippets } from '../../server/src/core/facts/nats-proposals.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { part } from '../support/tokens.ts';
import { ask, findServers, judges } from './nats-server.ts';

/** Where a snippet stands, at `|`, and what has to be around it. */
const places: Readonly<Record<string, string>> = {
  server: '|\n',
  accounts: 'accounts {\n|\n}\n',
  user: 'authorization {\n  users: [\n    |\n  ]\n}\n',
  leafnode_user: 'accounts { APP {} }\nleafnodes {\n  port: 7422\n  authorization {\n    users: [\n      |\n    ]\n  }\n}\n',
  leafnode_remote: 'accounts { APP {} }\nleafnodes {\n  remotes: [\n    |\n  ]\n}\n',
  remote_gateway: 'gateway {\n  name: A\n  port: 7222\n  gateways: [\n    |\n  ]\n}\n',
  export: 'accounts {\n  X {\n    exports: [\n      |\n    ]\n  }\n}\n',
  import:
    'accounts {\n  APP { exports: [{ service: "requests.>" }, { stream: "events.>" }] }\n  X {\n    imports: [\n      |\n    ]\n  }\n}\n',
};

/** An operator who names a system account, as `nsc` makes one. */
function operatorJwt(): string {
  const operator = createOperator();
  const key = operator.getPublicKey();
  const nats = { type: 'operator', version: 2, system_account: createAccount().getPublicKey() };
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ jti: 'X', iat: 1, iss: key, sub: key, name: 'test', nats })}`;
  return `${signed}.${Buffer.from(operator.sign(Buffer.from(signed))).toString('base64url')}`;
}

/** The text with a snippet in it, as an editor without snippets inserts it. */
function inserted(place: string, label: string): string {
  const offset = place.indexOf('|');
  const text = place.replace('|', '');
  const read = () => 'absent' as const;
  const context = { settings: defaultSettings, now: 0, read, files: [], neighbours: () => [] };
  const conf = natsConf.build({ id: 'file:///w/nats.conf', text }, context);
  const found = natsConf.complete?.(conf, offset, context).find(completion => completion.kind === 'snippet' && completion.label === label);
  assert.ok(found, `${label} is not offered`);
  return text.slice(0, found.span.start) + found.insertText + text.slice(found.span.end);
}

describe('snippets', () => {
  for (const { in: block, label } of natsSnippets) {
    it(`${label}: is taken by nats-server`, async function () {
      this.timeout(180_000);
      const servers = findServers().filter(({ version }) => judges.includes(version));
      if (servers.length === 0) return this.skip();
      const place = places[block];
      assert.ok(place, `nothing says where a snippet for ${block} stands`);
      // The one thing that has no default is a key that somebody holds the seed of. What a snippet refers to is there in the end.
      const needsAccount = block === 'server' && label.startsWith('leafnodes');
      const text = `${inserted(place, label).replace('U…', createUser().getPublicKey())}${needsAccount ? '\naccounts { APP {} }\n' : ''}`;
      const files = new Map([
        ['nats.conf', text],
        ['operator.jwt', operatorJwt()],
      ]);
      for (const server of servers) {
        const { verdict, message } = await ask(server, { files, main: 'nats.conf', folder: '/', syntaxOnly: true });
        assert.equal(verdict, 'accepts', `nats-server ${server.version}: ${message}\n${text}`);
      }
    });
  }
});
