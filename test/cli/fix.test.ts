// `--fix` changes files on disk: only what it should, whole, and nothing that it cannot write back as it was.
import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unifiedDiff } from '../../server/src/cli/unified-diff.ts';
import { Folder } from '../support/command-line.ts';

const broken = 'natsServr: "2.14"\nrules:\n  jwt/expird: of\n';
const mended = 'natsServer: "2.14"\nrules:\n  jwt/expired: off\n';

describe('authlint check --fix', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ '.authlint.yaml': broken });
  });
  afterEach(() => folder.remove());

  it('fixes until nothing changes, and says what is left', async () => {
    const { code, out } = await folder.run(['check', '--fix']);
    assert.equal(folder.text('.authlint.yaml'), mended);
    assert.match(out, /^No findings in 1 file, \d\.\d s; 3 fixed\n$/);
    assert.equal(code, 0);
  });

  it('takes a path behind --fix as a path', async () => {
    folder.put('other/.authlint.yaml', broken);
    await folder.run(['check', '--fix', 'other']);
    assert.equal(folder.text('other/.authlint.yaml'), mended);
    assert.equal(folder.text('.authlint.yaml'), broken);
  });

  it('fixes only what --rule names', async () => {
    await folder.run(['check', '--fix', '--rule', 'workspace/unknown-rule']);
    assert.equal(folder.text('.authlint.yaml'), broken.replace('expird', 'expired'));
  });

  it('keeps Windows newlines and a byte order mark', async () => {
    folder.put('.authlint.yaml', `\uFEFF${broken.replaceAll('\n', '\r\n')}`);
    await folder.run(['check', '--fix']);
    assert.equal(folder.text('.authlint.yaml'), `\uFEFF${mended.replaceAll('\n', '\r\n')}`);
  });

  it('keeps the mode, follows a link, and leaves no other file behind', async function () {
    if (process.platform === 'win32') this.skip();
    folder.put('real/config.yaml', broken);
    chmodSync(join(folder.path, 'real/config.yaml'), 0o640);
    folder.put('linked/x', '');
    symlinkSync('../real/config.yaml', join(folder.path, 'linked/.authlint.yaml'));
    await folder.run(['check', '--fix', 'linked/.authlint.yaml']);
    assert.equal(folder.text('real/config.yaml'), mended);
    assert.equal(statSync(join(folder.path, 'real/config.yaml')).mode & 0o777, 0o640);
    assert.ok(lstatSync(join(folder.path, 'linked/.authlint.yaml')).isSymbolicLink());
    assert.deepEqual(readdirSync(join(folder.path, 'real')), ['config.yaml']);
  });

  it('leaves a file alone that it could not write back byte for byte', async () => {
    const bytes = Buffer.concat([Buffer.from(broken), Buffer.from([0x23, 0x20, 0xe9, 0x0a])]);
    folder.put('.authlint.yaml', bytes);
    const { code, err } = await folder.run(['check', '--fix']);
    assert.equal(code, 2);
    assert.equal(err, 'authlint: .authlint.yaml: is no UTF-8, left as it is\n');
    assert.deepEqual(readFileSync(join(folder.path, '.authlint.yaml')), bytes);
  });

  it('says which file it cannot write', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    chmodSync(folder.path, 0o500);
    const { code, err } = await folder.run(['check', '--fix']);
    chmodSync(folder.path, 0o700);
    assert.equal(code, 2);
    assert.match(err, /^authlint: \.authlint\.yaml: cannot be written \(EACCES\)\n$/);
    assert.equal(folder.text('.authlint.yaml'), broken);
  });

  it('shows the fixes with --diff and writes nothing', async () => {
    const { code, out } = await folder.run(['check', '--diff', '--fail-on', 'warning']);
    assert.equal(folder.text('.authlint.yaml'), broken);
    assert.equal(
      out,
      [
        '--- a/.authlint.yaml',
        '+++ b/.authlint.yaml',
        '@@ -1,3 +1,3 @@',
        '-natsServr: "2.14"',
        '+natsServer: "2.14"',
        ' rules:',
        '-  jwt/expird: of',
        '+  jwt/expired: off',
        '',
      ].join('\n'),
    );
    assert.equal(code, 1);
  });

  it('shows a diff of standard input', async () => {
    const { out } = await folder.run(['check', '--diff', '-', '--stdin-name', 'x/.authlint.yaml'], { stdin: 'natsServr: "2.14"\n' });
    assert.equal(out, '--- a/x/.authlint.yaml\n+++ b/x/.authlint.yaml\n@@ -1 +1 @@\n-natsServr: "2.14"\n+natsServer: "2.14"\n');
  });
});

describe('unified diffs', () => {
  const diff = (before: string | undefined, after: string) => unifiedDiff('f', before, after).join('\n');
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}\n`).join('');

  it('is empty where nothing differs', () => assert.equal(diff('a\n', 'a\n'), ''));

  it('shows three lines around a change', () => {
    assert.equal(
      diff(numbered(9), numbered(9).replace('5\n', 'five\n')),
      '--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8',
    );
  });

  it('joins changes that are near, parts those that are far', () => {
    const near = diff(numbered(20), numbered(20).replace('5\n', 'five\n').replace('12\n', 'twelve\n'));
    assert.equal(near.match(/^@@/gm)?.length, 1);
    const far = diff(numbered(20), numbered(20).replace('5\n', 'five\n').replace('13\n', 'thirteen\n'));
    assert.deepEqual(far.match(/^@@.*/gm), ['@@ -2,7 +2,7 @@', '@@ -10,7 +10,7 @@']);
  });

  it('tells of a missing newline at the end', () => {
    assert.equal(diff('a', 'a\nb\n'), '--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b');
  });

  it('shows a new file', () => assert.equal(diff(undefined, 'a\n'), '--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a'));

  it('keeps every line of both sides', () => {
    const random = (seed: number) => () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed / 0x7fffffff;
    };
    const next = random(7);
    const text = () => Array.from({ length: Math.floor(next() * 12) }, () => `${'abc'[Math.floor(next() * 3)]}\n`).join('');
    for (let i = 0; i < 300; i++) {
      const [before, after] = [text(), text()];
      const body = unifiedDiff('f', before, after).filter(line => !/^(---|\+\+\+|@@)/.test(line));
      if (before === after) continue;
      const side = (not: string) =>
        body
          .filter(line => !line.startsWith(not))
          .map(line => `${line.slice(1)}\n`)
          .join('');
      assert.ok(before.includes(side('+')), `${before} ${body}`);
      assert.ok(after.includes(side('-')), `${after} ${body}`);
    }
  });
});
