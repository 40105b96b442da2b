// `authlint format`: NATS files get their layout, others and broken ones are left alone, and nothing is half written.
import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Folder } from '../support/command-line.ts';

const untidy = '# the broker\nport:4222\naccounts {\nA { users: [ {user: a}\n] }\n}\n';
const tidy = '# the broker\nport: 4222\naccounts {\n  A { users: [ {user: a}\n  ] }\n}\n';
const broken = 'port: 4222\naccounts {\n';

describe('authlint format', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('lays out the NATS files of a folder and names those that changed', async () => {
    folder.put('nats.conf', untidy);
    folder.put('deploy/leaf.conf', 'port: 1\n');
    folder.put('notes.md', 'port:4222\n');
    folder.put('compose.yaml', 'services:   {}\n');
    assert.deepEqual(await folder.run(['format']), { code: 0, out: 'changed nats.conf\n', err: '' });
    assert.equal(folder.text('nats.conf'), tidy);
    assert.equal(folder.text('deploy/leaf.conf'), 'port: 1\n');
    assert.equal(folder.text('notes.md'), 'port:4222\n');
    assert.deepEqual(await folder.run(['format']), { code: 0, out: '', err: '' });
  });

  it('knows a file that another one includes, whatever its name', async () => {
    folder.put('nats.conf', 'include parts/users.txt\n');
    folder.put('parts/users.txt', 'authorization {\nuser: a\n}\n');
    await folder.run(['format']);
    assert.equal(folder.text('parts/users.txt'), 'authorization {\n  user: a\n}\n');
  });

  it('passes over what git ignores and the configuration excludes, unless it is named', async () => {
    folder.put('.gitignore', 'ignored.nats.conf\n');
    folder.put('.authlint.yaml', 'exclude: ["vendor/**"]\n');
    folder.put('ignored.nats.conf', untidy);
    folder.put('vendor/nats.conf', untidy);
    assert.equal((await folder.run(['format'])).out, '');
    assert.equal((await folder.run(['format', 'ignored.nats.conf'])).out, 'changed ignored.nats.conf\n');
    assert.equal(folder.text('vendor/nats.conf'), untidy);
  });

  it('only says what would change with --check', async () => {
    folder.put('nats.conf', untidy);
    assert.deepEqual(await folder.run(['format', '--check']), { code: 1, out: 'would change nats.conf\n', err: '' });
    assert.equal(folder.text('nats.conf'), untidy);
    folder.put('nats.conf', tidy);
    assert.deepEqual(await folder.run(['format', '--check']), { code: 0, out: '', err: '' });
  });

  it('shows what would change with --diff, without secrets', async () => {
    folder.put('nats.conf', 'authorization {\ntoken:correct-horse\n}\n');
    const { code, out } = await folder.run(['format', '--diff']);
    assert.equal(code, 1);
    assert.equal(out, '--- a/nats.conf\n+++ b/nats.conf\n@@ -1,3 +1,3 @@\n authorization {\n-token:***\n+  token: ***\n }\n');
    assert.equal(folder.text('nats.conf').includes('\ntoken:correct-horse'), true);
  });

  it('leaves a file that cannot be read as it is, names it, and goes on', async () => {
    folder.put('broken.nats.conf', broken);
    folder.put('nats.conf', untidy);
    const { code, out, err } = await folder.run(['format']);
    assert.deepEqual([code, out], [2, 'changed nats.conf\n']);
    assert.equal(err, 'authlint: broken.nats.conf: has a mistake in its syntax, so it stays as it is; authlint check says where\n');
    assert.equal(folder.text('broken.nats.conf'), broken);
  });

  it('refuses a named file that is no NATS configuration', async () => {
    folder.put('compose.yaml', 'services:   {}\n');
    const { code, err } = await folder.run(['format', 'compose.yaml']);
    assert.equal(code, 2);
    assert.match(err, /^authlint: compose\.yaml: is no NATS configuration/);
  });

  it('indents as it is told', async () => {
    for (const [word, indent] of Object.entries({ tab: '\t', '4': '    ' })) {
      folder.put('nats.conf', 'tls {\nverify: true\n}\n');
      await folder.run(['format', '--indent', word]);
      assert.equal(folder.text('nats.conf'), `tls {\n${indent}verify: true\n}\n`);
    }
    for (const word of ['0', '-2', '2.5', '99', 'two', '']) {
      const { code, err } = await folder.run(['format', '--indent', word]);
      assert.equal(code, 2, word);
      assert.match(err, /^authlint: --indent takes a number of spaces from 1 to 16, or tab, not/);
    }
  });

  it('lays out standard input', async () => {
    assert.deepEqual(await folder.run(['format', '-'], { stdin: untidy }), { code: 0, out: tidy, err: '' });
    assert.deepEqual(await folder.run(['format', '-'], { stdin: tidy }), { code: 0, out: tidy, err: '' });
    assert.deepEqual(await folder.run(['format', '--check', '-', '--stdin-name', 'a/b.conf'], { stdin: untidy }), {
      code: 1,
      out: 'would change a/b.conf\n',
      err: '',
    });
    const refused = await folder.run(['format', '-', '--stdin-name', 'nats.conf'], { stdin: broken });
    assert.deepEqual([refused.code, refused.out], [2, '']);
    assert.match(refused.err, /^authlint: nats\.conf: has a mistake in its syntax/);
  });

  it('replaces a file as one step, with its permissions', async () => {
    folder.put('nats.conf', untidy);
    chmodSync(join(folder.path, 'nats.conf'), 0o640);
    await folder.run(['format']);
    assert.equal(statSync(join(folder.path, 'nats.conf')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder.path), ['nats.conf']);
  });

  it('is 2 for a path that is not there', async () => {
    const { code, err } = await folder.run(['format', 'nowhere.conf']);
    assert.deepEqual([code, err], [2, 'authlint: nowhere.conf: no such file or folder\n']);
  });

  it('tells a person how it went', async () => {
    folder.put('nats.conf', untidy);
    folder.put('leaf.conf', '');
    const { err } = await folder.run(['format'], { interactive: true });
    assert.equal(err, 'authlint: 1 file changed, 1 file as it is\n');
  });
});
