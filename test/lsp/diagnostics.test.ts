// Diagnostics as an editor receives them: exact places, versions, and what happens when files open, change, close and vanish.
import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { productVersion } from '../../server/src/core/facts/product.ts';
import { mistake, mistakeAt, short, stopClients, TestClient, TestFolder, token, waitFor } from './client.ts';

/** 1:0-1:N is the key. */
const badConfig = 'natsServer: "2.14"\nruls:\n  a: off\n';
const badKey = ['1:0-1:4 workspace/invalid-config'];

describe('diagnostics', () => {
  afterEach(stopClients);

  it('say everything there is to say', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('.authlint.yaml');
    client.open(uri, badConfig, 'yaml', 7);
    const diagnostics = await client.expect(uri, badKey, 7);
    assert.deepEqual(diagnostics, [
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
        severity: DiagnosticSeverity.Warning,
        code: 'workspace/invalid-config',
        codeDescription: {
          href: `https://github.com/authlint/authlint/blob/v${productVersion}/server/src/core/authlint-config/rules/invalid-config.md`,
        },
        source: 'authlint',
        message: '`ruls` is no key here, so it has no effect. Did you mean `rules`?',
      },
    ]);
  });

  it('follow every change, with its version', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('.authlint.yaml');
    client.open(uri, badConfig);
    await client.expect(uri, badKey, 1);
    const at = (line: number, start: number, end: number) => ({ start: { line, character: start }, end: { line, character: end } });
    let version = client.change(uri, { range: at(1, 0, 4), text: 'rules' }, { range: at(2, 2, 3), text: 'jwt/expired' });
    await client.expect(uri, [], version);
    version = client.change(uri, { text: 'nope: 1\n' });
    await client.expect(uri, ['0:0-0:4 workspace/invalid-config'], version);
    version = client.change(uri, { range: at(0, 0, 0), text: '\n\n' });
    await client.expect(uri, ['2:0-2:4 workspace/invalid-config'], version);
    const versions = client.reports.filter(report => report.uri === uri).map(report => report.version ?? 0);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
      'a report of an older version came later',
    );
  });

  it('show files that nobody opened, without a version', async () => {
    const folder = new TestFolder({ '.authlint.yaml': badConfig, 'deep/er/notes.txt': `see ${mistake}`, 'fine.txt': 'nothing' });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('.authlint.yaml'), badKey);
    await client.expect(folder.uri('deep/er/notes.txt'), [mistakeAt(0, 4)]);
    assert.equal('version' in (client.diagnostics.get(folder.uri('deep/er/notes.txt')) ?? {}), false);
    await client.quiet();
    assert.equal(client.diagnostics.has(folder.uri('fine.txt')), false);
  });

  it('go back to the disk when a changed document is closed', async () => {
    const folder = new TestFolder({ 'notes.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('notes.txt');
    await client.expect(uri, [mistakeAt(0, 0)]);
    client.open(uri, `\n${mistake}`);
    await client.expect(uri, [mistakeAt(1, 0)], 1);
    client.close(uri);
    await client.expect(uri, [mistakeAt(0, 0)], undefined);
    await waitFor(() => client.diagnostics.get(uri)?.version === undefined);
  });

  it('follow the disk', async () => {
    const folder = new TestFolder({ 'a.txt': 'nothing', 'sub/b.txt': mistake, 'sub/c.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('sub/b.txt'), [mistakeAt(0, 0)]);
    await waitFor(() => client.registered.includes('workspace/didChangeWatchedFiles'));
    folder.put('a.txt', mistake);
    folder.put('new.txt', `\n${mistake}`);
    client.watched([folder.uri('a.txt'), 2], [folder.uri('new.txt'), 1]);
    await client.expect(folder.uri('a.txt'), [mistakeAt(0, 0)]);
    await client.expect(folder.uri('new.txt'), [mistakeAt(1, 0)]);
    folder.delete('a.txt');
    folder.delete('sub');
    client.watched([folder.uri('a.txt'), 3], [folder.uri('sub'), 3]);
    await client.expect(folder.uri('a.txt'), []);
    await client.expect(folder.uri('sub/b.txt'), []);
    await client.expect(folder.uri('sub/c.txt'), []);
    await client.expect(folder.uri('new.txt'), [mistakeAt(1, 0)]);
  });

  it('let the editor go before the disk', async () => {
    const folder = new TestFolder({ 'a.txt': 'nothing' });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('a.txt');
    client.open(uri, mistake);
    await client.expect(uri, [mistakeAt(0, 0)]);
    folder.put('a.txt', 'something else');
    client.watched([uri, 2]);
    folder.delete('a.txt');
    client.watched([uri, 3]);
    await client.quiet();
    await client.expect(uri, [mistakeAt(0, 0)]);
    client.close(uri);
    await client.expect(uri, []);
  });

  it('move along when a file is renamed', async () => {
    const folder = new TestFolder({ 'old.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    const [old, renamed] = [folder.uri('old.txt'), folder.uri('new.txt')];
    client.open(old, mistake);
    await client.expect(old, [mistakeAt(0, 0)], 1);
    folder.delete('old.txt');
    folder.put('new.txt', mistake);
    client.close(old);
    client.open(renamed, mistake);
    client.notify('workspace/didRenameFiles', { files: [{ oldUri: old, newUri: renamed }] });
    await client.expect(renamed, [mistakeAt(0, 0)], 1);
    await client.expect(old, []);
    client.close(renamed);
    await client.quiet();
    await client.expect(renamed, [mistakeAt(0, 0)]);
    await client.expect(old, []);
  });

  it('follow a folder that is renamed on the disk', async () => {
    const folder = new TestFolder({ 'old/a.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('old/a.txt'), [mistakeAt(0, 0)]);
    folder.delete('old');
    folder.put('new/a.txt', mistake);
    client.watched([folder.uri('old'), 3], [folder.uri('new'), 1], [folder.uri('new/a.txt'), 1]);
    await client.expect(folder.uri('new/a.txt'), [mistakeAt(0, 0)]);
    await client.expect(folder.uri('old/a.txt'), []);
  });

  it('show an ignored file while it is open only', async () => {
    const folder = new TestFolder({ '.gitignore': '*.secret.txt\n', 'a.secret.txt': mistake, 'b.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('a.secret.txt');
    await client.expect(folder.uri('b.txt'), [mistakeAt(0, 0)]);
    await client.quiet();
    assert.equal(client.diagnostics.has(uri), false);
    client.open(uri, mistake);
    await client.expect(uri, [mistakeAt(0, 0)], 1);
    client.close(uri);
    await client.expect(uri, []);
    client.watched([uri, 2], [folder.uri('new.secret.txt'), 1]);
    await client.quiet(600);
    await client.expect(uri, []);
  });

  it('follow a changed .gitignore', async () => {
    const folder = new TestFolder({ '.gitignore': 'a.txt\n', 'a.txt': mistake, 'b.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('b.txt'), [mistakeAt(0, 0)]);
    folder.put('.gitignore', 'b.txt\n');
    client.watched([folder.uri('.gitignore'), 2]);
    await client.expect(folder.uri('a.txt'), [mistakeAt(0, 0)]);
    await client.expect(folder.uri('b.txt'), []);
  });

  it('count UTF-16 units, and lines as the protocol does', async () => {
    const client = await TestClient.start();
    const uri = 'untitled:Untitled-1';
    client.open(uri, `🔑🔑 ${mistake}\r\nä ${mistake}\r🔑${mistake}\n\n${mistake}`);
    await client.expect(uri, [mistakeAt(0, 5), mistakeAt(1, 2), mistakeAt(2, 2), mistakeAt(4, 0)]);
    const version = client.change(uri, { range: { start: { line: 0, character: 2 }, end: { line: 0, character: 4 } }, text: '' });
    await client.expect(uri, [mistakeAt(0, 3), mistakeAt(1, 2), mistakeAt(2, 2), mistakeAt(4, 0)], version);
  });

  it('obey and judge suppressions', async () => {
    const folder = new TestFolder({
      'a.sh': `# authlint: allow jwt/expired\necho hello\n`,
    });
    const client = await TestClient.start({ folders: [folder] });
    const [diagnostic] = await client.expect(folder.uri('a.sh'), ['0:18-0:29 workspace/unused-suppression']);
    assert.deepEqual(diagnostic?.tags, [1]);
  });

  it('appear by themselves when a token expires', async () => {
    const folder = new TestFolder({ 'a.txt': token({ sub: 'ada', exp: Math.ceil(Date.now() / 1000) + 2 }) });
    const client = await TestClient.start({ folders: [folder] });
    const isExpired = () => client.diagnostics.get(folder.uri('a.txt'))?.diagnostics.some(({ code }) => code === 'jwt/expired') === true;
    await waitFor(isExpired);
  });

  it('wait for a save where the person wants that', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder], initializationOptions: { run: 'onSave' }, capabilities: {} });
    const uri = folder.uri('a.txt');
    client.open(uri, mistake);
    await client.expect(uri, [mistakeAt(0, 0)], 1);
    client.change(uri, { text: 'nothing' });
    const version = client.change(uri, { text: `\n${mistake}` });
    await client.quiet();
    await client.expect(uri, [mistakeAt(0, 0)], 1);
    client.notify('textDocument/didSave', { textDocument: { uri } });
    await client.expect(uri, [mistakeAt(1, 0)], version);
  });

  it('are reported once, unless they change', async () => {
    const folder = new TestFolder({ 'a.txt': mistake, 'b.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('a.txt'), [mistakeAt(0, 0)]);
    await client.quiet();
    const before = client.reports.length;
    client.open(folder.uri('c.txt'), 'nothing');
    client.change(folder.uri('c.txt'), { text: 'something' });
    await client.expect(folder.uri('c.txt'), [], 2);
    await client.quiet();
    const others = client.reports.slice(before).filter(({ uri }) => uri !== folder.uri('c.txt'));
    assert.deepEqual(
      others.map(({ diagnostics }) => diagnostics.map(short)),
      [],
    );
  });
});
