// No output of the command line holds a secret of the files it speaks about: code frames and diffs end up in public build logs.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { Folder, tokenOf } from '../support/command-line.ts';
import { credentials, natsToken, party } from '../support/nats-tokens.ts';

/** Made for `examples/`; the parts by which each would be recognised. */
const secretsOfExamples = [
  '57c1862d7af5d812433bf96009f12951a63aa6a3370c',
  'orders-jwt-secret-please-change',
  'gateway-4-orders',
  '9vX2mQ7rLk4TzWb8',
  'hub-2-hub-by-night',
  'berlin-calls-home',
  'counting-baskets',
  'agents-of-the-monitoring',
  'only-for-the-lab',
  'AJ7OG55MTCRYSC6UB2LLCC2ER6Y455RHH3P4A7QZD7QPUUH2LTZD2SHI',
  'AFGejUCwa9bOoyKvuKRZuyXu18dA',
];

const signature = 'c2lnbmF0dXJlLXRoYXQtbm9ib2R5LW1heS1zZWU';
const seed = `SU${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(2).slice(0, 56)}`;
const secretsOfFiles = [
  'hunter2-hunter2-hunter2',
  'p4ss-w0rd-of-ana',
  'Tr0ub4dor',
  'atrest-1-atrest-2',
  signature,
  seed.slice(2),
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
];
const [account, user, other] = [party('account'), party('user'), party('user')];
const userToken = natsToken('user', account, user);
const files = {
  'nats.conf': `authorization {\n  users: [\n    { user: ana, password: "p4ss-w0rd-of-ana", typ: 1 }\n    { nkey: ${seed} }\n    { user: ben, pass: Tr0ub4dor }\n  ]\n  tokn: "hunter2-hunter2-hunter2"\n}\nmax_payloads: 1\n`,
  'compose.yaml':
    'services:\n  a:\n    environment:\n      JWT_SECRET: hunter2-hunter2-hunter2\n      JWKS_URI: http://ana:p4ss-w0rd-of-ana@id.example.com/jwks\n      JWT_ALG: HS256\n  b:\n    environment: ["JWT_SECRET=Tr0ub4dor"]\n',
  // Its name says nothing, and the line is shown for another reason too.
  'rest.nats.conf': 'jetstream { store_dir: "/data", cipher: aes, key: "atrest-1-atrest-2", max_mem: 1G, max_memory_store: 2G }\n',
  '.env':
    'JWT_SECRET=hunter2-hunter2-hunter2\nJWT_SECRET=Tr0ub4dor\nPRIVATE_KEY="-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"\n',
  'call.sh': `curl -u ana:p4ss-w0rd-of-ana -H "Authorization: Bearer ${tokenOf({ alg: 'HS256' }, { sub: 'ana', exp: 1 }, signature)}" https://a.example\n`,
  '.authlint.yaml': '# password: hunter2-hunter2-hunter2\nnatsServr: "2.14"\n',
  'user.creds': credentials(userToken, other.seed),
  'wrapped.creds': credentials(`${userToken.slice(0, 60)}\n${userToken.slice(60)}`, user.seed),
  'account.nk': `-----BEGIN USER NKEY SEED-----\n${account.seed}\n------END USER NKEY SEED------\n`,
  'login.ts': `connect({ authenticator: nkeyAuthenticator(encode('${user.seed}')) });\n`,
};

describe('secrets in outputs', () => {
  const places: [string, () => Folder, readonly string[], (readonly string[])[]?][] = [
    [
      'examples',
      () => {
        const folder = new Folder();
        cpSync(resolve('examples'), folder.path, { recursive: true });
        return folder;
      },
      secretsOfExamples,
    ],
    [
      'files full of secrets',
      () => new Folder(files),
      [...secretsOfFiles, ...[account, user, other].map(({ seed }) => seed.slice(2))],
      [
        ['inspect', 'user.creds'],
        ['token', 'user.creds', '--json'],
        ['can', '--config', 'nats.conf', '--user', 'ana', 'pub', 'a.b'],
        ['can', '--config', 'nats.conf', '--user', 'ben', '--json', 'sub', 'a.b'],
      ],
    ],
  ];
  const commands: readonly (readonly string[])[] = [
    ...['text', 'json', 'sarif', 'github', 'junit'].map(format => ['check', '--format', format]),
    ['check', '--diff'],
    ['check', '--diff', '--fix=unsafe'],
    ['check', '--fix=unsafe'],
    ['inspect', 'compose.yaml'],
    ['inspect', '.env', '--json'],
  ];
  for (const [name, create, secretsOfPlace, ownCommands = []] of places) {
    for (const command of [...commands, ...ownCommands]) {
      it(`${name}: authlint ${command.join(' ')}`, async () => {
        const folder = create();
        try {
          for (const colours of [false, true]) {
            const { code, out, err } = await folder.run(command, { colours, interactive: true });
            assert.ok(code === 0 || code === 1, err);
            for (const secret of secretsOfPlace) {
              const at = `${out}${err}`.indexOf(secret);
              assert.ok(at < 0, `shown: …${`${out}${err}`.slice(Math.max(0, at - 200), at + 40)}`);
            }
          }
        } finally {
          folder.remove();
        }
      });
    }
  }

  it('--fix still writes what its output may not show', async () => {
    const folder = new Folder({ 'nats.conf': 'authorization {\n  token: $2b$11$abcdefghijklmnopqrstuuAFGejUCwa9bOoyKvuKRZuyXu18dA.\n}\n' });
    const { out } = await folder.run(['check', '--format', 'json', '--rule', 'nats/unquoted-bcrypt-hash']);
    assert.equal(JSON.parse(out).findings.length, 1);
    await folder.run(['check', '--fix', '--rule', 'nats/unquoted-bcrypt-hash']);
    assert.match(folder.text('nats.conf'), /token: "\$2b\$11\$abcdefghijklmnopqrstuuAFGejUCwa9bOoyKvuKRZuyXu18dA\."/);
    folder.remove();
  });
});
