// Pages about "Authorization Violation" show configurations that no nats-server takes. Pasted into a file, they become right by quick
// fixes alone: errors are fixed one by one until none is left, and then a real server takes what came out.
import assert from 'node:assert/strict';
import { createUser } from '@nats-io/nkeys';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { editsOf } from '../../server/src/core/lint/choose-fixes.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { ask, findServers, judges } from './nats-server.ts';

const pair = createUser();
const publicKey = pair.getPublicKey();
const seed = new TextDecoder().decode(pair.getSeed());

const snippets: Readonly<Record<string, string>> = {
  'a type of authorization, and an issuer': `authorization {
  type: jwt
  issuer: "nats://host:4222"
}
port: 4222
`,
  'a type for nkeys, and a seed as the key of a user': `authorization {
  type: nkey
  users: [
    { nkey: "${seed}" }
  ]
}
`,
  'an address that is asked about logins': `authorization {
  auth_url: "http://auth.example.com/check"
  timeout: 2
}
auth_url: "http://auth.example.com/check"
port: 4222
`,
  'a user with a name and a key': `authorization {
  users: [
    { user: alice, nkey: ${publicKey} }
  ]
}
`,
  'accounts and users as lists of names': `accounts: [
  {
    name: SHOP
    users: [
      { name: alice, password: "s3cret-of-alice", subs: [ { allow: "data.>" } ], pubs: ["data.>"] }
    ]
  }
]
`,
  'permissions under other names': `authorization {
  users: [
    {
      user: alice
      password: "s3cret-of-alice"
      permissions {
        pubs: ["analytics.events.>"]
        subs: [ { allow: "data.>" }, { deny: "data.internal.>" } ]
      }
    }
  ]
}
`,
  'a token beside users': `authorization {
  token: "s3cret-of-all"
  users: [
    { user: alice, password: "s3cret-of-alice" }
  ]
}
`,
  'secrets without quotes': `authorization {
  users: [
    { user: alice, password: 12345 }
    { user: bob, password: $2b$11$abcdefghijklmnopqrstuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu }
  ]
}
`,
};

const file = 'file:///page/nats.conf';

/** The text once no error with a fix is left, and the errors that are left. */
function fixed(text: string): { readonly text: string; readonly left: readonly string[] } {
  const analyzer = new Analyzer(() => Date.parse('2026-01-01T00:00:00Z'));
  let current = text;
  for (let round = 0; round < 30; round++) {
    analyzer.setFile({ id: file, text: current }, 'nats-conf');
    const errors = analyzer.result(file).findings.filter(({ severity }) => severity === 'error');
    const [fix] = errors.flatMap(({ fixes }) => fixes.slice(0, 1));
    if (!fix) return { text: current, left: errors.map(({ rule, message }) => `${rule}: ${message}`) };
    current = applyEdits(current, editsOf(fix));
  }
  throw new Error('the fixes of a snippet do not end');
}

describe('snippets of pages with mistakes', function () {
  this.timeout(180_000);
  const servers = findServers().filter(({ version }) => judges.includes(version));

  for (const [what, text] of Object.entries(snippets)) {
    it(`become right by fixes alone: ${what}`, async function () {
      const result = fixed(text);
      assert.notEqual(result.text, text);
      assert.deepEqual(result.left, [], result.text.replaceAll(seed, '***'));
      assert.ok(!result.text.includes(seed));
      if (servers.length === 0) {
        assert.ok(!process.env.CI, 'no nats-server on this machine, so that nothing is proved');
        return this.skip();
      }
      for (const server of servers) {
        const { verdict, message } = await ask(server, { files: new Map([['nats.conf', result.text]]), main: 'nats.conf' });
        assert.ok(verdict === 'accepts' || verdict === 'environment', `${server.version}: ${message}\n${result.text}`);
      }
    });
  }
});
