// `npm run new-rule` in a copy of the repository: what it writes compiles, is listed, and fails its page test until it is filled in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { scaffoldPhrases } from './support/scaffold-phrases.ts';

const copy = mkdtempSync(join(tmpdir(), 'authlint-new-rule-'));
const copied = [
  'package.json',
  'biome.json',
  'tsconfig.base.json',
  'server/tsconfig.json',
  'server/src/core',
  'scripts',
  'docs',
  'schemas',
  'test/rules.test.ts',
  'test/support',
];

function newRule(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/new-rule.mjs', ...args], { cwd: copy, encoding: 'utf8' });
  return { status, stdout, stderr };
}
const read = (path: string) => readFileSync(`${copy}/${path}`, 'utf8');
/** Without UPDATE, which would make the copy's pages say whatever its rules find. */
const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env: { ...process.env, UPDATE: '' } });

describe('new-rule', function () {
  this.timeout(180_000);

  before(() => {
    for (const path of copied) {
      mkdirSync(resolve(copy, path, '..'), { recursive: true });
      cpSync(path, resolve(copy, path), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), resolve(copy, 'node_modules'), 'dir');
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('writes a rule that compiles, is listed everywhere and fails its page test', () => {
    const { status, stdout, stderr } = newRule('nats/made-for-the-test', '--stage', 'start');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /wrote server\/src\/core\/nats-conf\/rules\/made-for-the-test\.md and made-for-the-test\.ts/);
    const rules = 'server/src/core/nats-conf/rules';
    assert.match(read(`${rules}/made-for-the-test.ts`), /severity: 'error',\n {2}stage: 'start',/);
    assert.match(
      read('server/src/core/facts/rules.json'),
      /"id": "nats\/made-for-the-test",\n {4}"severity": "error",\n {4}"stage": "start"/,
    );
    assert.match(read('docs/rules.md'), /\[nats\/made-for-the-test\]/);
    assert.match(read('schemas/authlint-config.schema.json'), /"nats\/made-for-the-test"/);
    assert.match(read(`${rules}/index.ts`), /import madeForTheTest from '\.\/made-for-the-test\.ts';/);
    const written = read(`${rules}/made-for-the-test.ts`) + read(`${rules}/made-for-the-test.md`);
    assert.deepEqual(
      scaffoldPhrases.filter(phrase => !written.includes(phrase)),
      [],
    );

    const types = node(
      'node_modules/typescript/bin/tsc',
      '-p',
      'server/src/core',
      '--noEmit',
      '--emitDeclarationOnly',
      'false',
      '--composite',
      'false',
    );
    assert.doesNotMatch(types.stdout, /made-for-the-test/);
    const lint = node('node_modules/@biomejs/biome/bin/biome', 'check', `${rules}/made-for-the-test.ts`);
    assert.equal(lint.status, 0, lint.stdout + lint.stderr);
    node('scripts/build-tests.mjs');
    const page = node('node_modules/mocha/bin/mocha.js', '--no-config', '-g', 'nats/made-for-the-test', '.cache/tests/rules.test.mjs');
    assert.equal(page.status, 1);
    assert.match(page.stdout, /2 passing/);
    assert.match(page.stdout, /1:1 «what is underlined» What is wrong and why it matters/);
  });

  it('puts rules over several files into the workspace folder', () => {
    const { status, stderr } = newRule('compose/made-for-the-test', '--workspace', '--severity', 'hint');
    assert.equal(status, 0, stderr);
    const text = read('server/src/core/workspace/rules/compose/made-for-the-test.ts');
    assert.match(text, /import type \{ WorkspaceView \} from '\.\.\/\.\.\/view\.ts';/);
    assert.match(text, /id: 'compose\/made-for-the-test',\n {2}severity: 'hint',/);
  });

  it('refuses ids that are taken or malformed, and options that make no sense, and writes nothing then', () => {
    const refused: readonly (readonly [args: readonly string[], why: RegExp])[] = [
      [['jwt/expired'], /jwt\/expired exists already: server\/src\/core\/jwt\/rules\/expired\.md/],
      [['expired'], /is no rule id/],
      [['nats/Bad_Name'], /is no rule id/],
      [['mqtt/open'], /no family "mqtt": nats, compose/],
      [['nats/x', '--severity', 'fatal'], /"fatal" is no severity/],
      [['nats/x', '--stage', 'late'], /"late" is no stage/],
      [['nats/x', '--stage', 'parse', '--severity', 'warning'], /then the severity is error/],
      [['nats/x', '--force'], /unknown option --force/],
      [[], /usage: /],
    ];
    const before = read('server/src/core/facts/rules.json');
    for (const [args, why] of refused) {
      const { status, stderr } = newRule(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, why);
    }
    assert.equal(read('server/src/core/facts/rules.json'), before);
  });
});
