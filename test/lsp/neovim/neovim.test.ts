// Another editor than ours: Neovim with nothing but its own LSP client, against the built command `authlint lsp --stdio`.
// It must be told exactly what the command line prints for the same files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Not signed and long expired; made here, good for nothing. */
const token = `${part({ alg: 'none', typ: 'JWT' })}.${part({ iss: 'https://issuer.example', sub: 'ana', exp: 1_500_000_000 })}.`;

const files: Readonly<Record<string, string>> = {
  // Neovim's own file types: conf, yaml, yaml, sh, markdown.
  'nats.conf': 'port: 4222\nprot: 4223\nauthorization {\n  users = [{ user: ana, password: "a password" }]\n}\n',
  'compose.yaml':
    'services:\n  gateway:\n    image: example/gateway\n    environment:\n      JWT_SECRET: ${JWT_SECRET:?}\n      JWKS_URI: https://issuer.example/jwks.json\n',
  '.authlint.yaml': 'rules:\n  workspace/unused-supression: off\n',
  '.env': 'JWT_SECRET=a-long-value-for-the-gateway-of-the-test\n',
  // A character outside of the basic plane before the token: two UTF-16 units, four bytes.
  'notes.md': `Tokens 🔑 ${token}\n`,
  'clean.md': 'Nothing is wrong here.\n',
};
const hoverAt = { file: 'notes.md', position: { line: 0, character: (files['notes.md'] as string).indexOf('eyJ') + 3 } };

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
interface Diagnostic {
  readonly code: string;
  readonly severity: number;
  readonly message: string;
  readonly range: Range;
}
interface Told {
  readonly diagnostics: Readonly<Record<string, readonly Diagnostic[]>>;
  readonly shown: Readonly<Record<string, number>>;
  readonly hovers: readonly string[];
  readonly fixed: readonly string[];
  readonly left: number;
  readonly problems: readonly string[];
}
interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  readonly range: Range;
}

const place = ({ start, end }: Range) => `${start.line}:${start.character}-${end.line}:${end.character}`;
const severities = ['error', 'warning', 'information', 'hint'];

describe('Neovim', function () {
  this.timeout(60_000);
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'authlint-neovim-')));
  const folder = join(root, 'workspace');
  const unknownRule: Range = { start: { line: 1, character: 2 }, end: { line: 1, character: 29 } };
  let told: Told;
  let printed: readonly Finding[];

  before(() => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const request = join(root, 'request.json');
    const result = join(root, 'result.json');
    const fix = { file: '.authlint.yaml', range: unknownRule, title: 'Replace by workspace/unused-suppression' };
    const command = [process.execPath, cli, 'lsp', '--stdio'];
    writeFileSync(request, JSON.stringify({ command, root: folder, result, files: Object.keys(files), hovers: [hoverAt], fix }));
    const check = spawnSync(process.execPath, [cli, 'check', '.', '--format', 'json', '--fail-on', 'never'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(check.status, 0, check.stderr);
    printed = (JSON.parse(check.stdout) as { findings: Finding[] }).findings;
    const nvim = spawnSync('nvim', ['--headless', '-u', 'NONE', '-n', '-c', `luafile ${resolve('test/lsp/neovim/client.lua')}`], {
      cwd: folder,
      env: { ...process.env, REQUEST: request, XDG_STATE_HOME: root, XDG_DATA_HOME: root, XDG_CACHE_HOME: root, XDG_CONFIG_HOME: root },
      encoding: 'utf8',
      timeout: 50_000,
    });
    assert.equal(nvim.status, 0, nvim.stdout + nvim.stderr);
    told = JSON.parse(readFileSync(result, 'utf8')) as Told;
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('has no problem with the server', () => assert.deepEqual(told.problems, []));

  it('is told what the command line prints: rule, severity, range and words', () => {
    assert.ok(
      printed.some(finding => finding.rule === 'jwt/alg-none') && printed.some(finding => finding.rule === 'workspace/unknown-rule'),
    );
    const fromServer = Object.entries(told.diagnostics).flatMap(([path, diagnostics]) =>
      diagnostics.map(({ code, severity, range, message }) => `${path} ${place(range)} ${severities[severity - 1]} ${code} ${message}`),
    );
    const fromCommand = printed.map(({ path, range, severity, rule, message }) => `${path} ${place(range)} ${severity} ${rule} ${message}`);
    assert.deepEqual(fromServer.sort(), fromCommand.sort());
  });

  it('shows every diagnostic that it was told', () => {
    for (const [path, diagnostics] of Object.entries(told.diagnostics)) assert.equal(told.shown[path], diagnostics.length, path);
    assert.equal(told.shown['clean.md'], 0);
  });

  it('shows what is in a token', () => {
    const hover = told.hovers[0] ?? '';
    for (const words of [/alg/, /none/, /https:\/\/issuer\.example/, /ana/, /2017-07-14/]) assert.match(hover, words);
    assert.ok(!hover.includes(token), 'the token itself stays in the file');
  });

  it('applies a quick fix', () => {
    assert.deepEqual(told.fixed, ['rules:', '  workspace/unused-suppression: off']);
    assert.equal(told.left, (told.shown['.authlint.yaml'] ?? 0) - 1);
  });
});
