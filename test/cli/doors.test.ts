// The same bytes get the same findings through every door: the command line, a language server over standard input and output, the
// server of the desktop extension, and the server of the web extension.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Folder, tokenOf } from '../support/command-line.ts';
import { askCommandLine, askServer, dist, type Said, type Server, startIpc, startStdio, startWorker } from '../support/doors.ts';

const unsigned = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');
const expired = tokenOf({ alg: 'HS256' }, { sub: 'ana', iat: 1, exp: 2 });

/** What is easy to treat differently: newlines, marks, wide characters, ignored and excluded files, suppressions, new files. */
const awkward: Record<string, string> = {
  '.gitignore': 'ignored.sh\n.env\n',
  '.authlint.yaml': 'exclude: ["vendor/**"]\nrules:\n  jwt/expired: warning\n  jwt/expird: off\nnatsServr: "2.14"\n',
  'ignored.sh': unsigned,
  'vendor/call.sh': unsigned,
  'node_modules/p/call.sh': unsigned,
  'windows.sh': `echo\r\ncurl ${unsigned}\r\ncurl ${expired}\r\n`,
  'marked.nats.conf': '\uFEFFport: 4222\n',
  'wide \u{1F511} é.sh': `# \u{1F511} ключ\nT=${unsigned}\n`,
  'allowed.sh': `# authlint: allow jwt/alg-none -- a sample\nT=${unsigned}\n# authlint: allow jwt/alg-none -- of no use\nx\n`,
  'nats/nats.conf':
    'include "users.conf"\nmax_payloads: 8MB\r\nauthorization {\n  type: jwt\n  user: ana\n  password: "s3cr3t-of-ana"\n}\n',
  'nats/users.conf': 'ping_intervall: 10\n',
  'nats/notes.conf': 'max_payloads: 1\n',
  'compose.yaml':
    'x-auth: &auth\n  DEVELOPMENT_AUTH_ENABLED: "true"\nservices:\n  gateway:\n    image: a\n    environment:\n      <<: *auth\n      JWT_SECRET: ${JWT_SECRET}\n  orders:\n    image: b\n    environment:\n      - JWT_SECRET=another-secret-of-thirty-two-letters\n',
  'compose.prod.yaml': 'services:\n  gateway:\n    environment:\n      JWKS_URI: https://id.example.com/jwks.json\n',
  '.env': 'JWT_SECRET=one-secret-of-at-least-thirty-two-letters\n',
};

describe('the four doors', () => {
  before(function () {
    if (!['cli.js', 'server.js', 'server.browser.js'].every(name => existsSync(join(dist, name)))) this.skip();
  });

  const folders: [string, () => Folder][] = [
    [
      'examples',
      () => {
        const folder = new Folder();
        cpSync(resolve('examples'), folder.path, { recursive: true });
        // Who may read a file is seen through doors with a disk only.
        chmodSync(join(folder.path, 'nats/gateway.creds'), 0o600);
        return folder;
      },
    ],
    ['awkward files', () => new Folder(awkward)],
  ];
  for (const [name, create] of folders) {
    describe(name, () => {
      let folder: Folder;
      let expected: Said[];
      const read = (path: string) => (existsSync(join(folder.path, path)) ? readFileSync(join(folder.path, path), 'utf8') : '');

      before(async () => {
        folder = create();
        expected = sorted(await askCommandLine(folder.path, read));
      });
      after(() => folder?.remove());

      it('finds something to compare', () => {
        assert.ok(new Set(expected.map(({ rule }) => rule)).size >= 5, JSON.stringify(expected.map(({ path, rule }) => `${path} ${rule}`)));
        assert.ok(expected.some(({ fixes }) => fixes.length > 0));
      });

      const doors: [string, () => Server][] = [
        ['authlint lsp --stdio', startStdio],
        ['the server of the desktop extension', startIpc],
        ['the server of the web extension', startWorker],
      ];
      for (const [door, start] of doors) {
        it(`${door} says the same as the command line`, async () => {
          const server = start();
          try {
            const said = sorted(await askServer(server, folder.path, read, expected.length));
            assert.deepEqual(withSameEdits(said, expected), expected);
          } finally {
            await server.stop();
          }
        }).timeout(120_000);
      }
    });
  }
});

function sorted(said: readonly Said[]): Said[] {
  const key = ({ path, range, rule, message }: Said) =>
    [
      path,
      ...[range.start, range.end].flatMap(({ line, character }) => [String(line).padStart(6), String(character).padStart(6)]),
      rule,
      message,
    ].join(' ');
  return [...said].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Where the command line keeps edits to itself because they repeat a secret, there is nothing to compare them with. */
function withSameEdits(said: readonly Said[], expected: readonly Said[]): Said[] {
  return said.map((one, i) => ({
    ...one,
    fixes: one.fixes.map((fix, j) => {
      const other = expected[i]?.fixes[j];
      return other && other.after === undefined ? { ...fix, after: undefined } : fix;
    }),
  }));
}
