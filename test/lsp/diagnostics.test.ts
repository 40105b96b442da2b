// Diagnostics as an editor receives them: exact places, versions, and what happens when files open, change, close and vanish.
import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { productVersion } from '../../server/src/core/facts/product.ts';
import { short, stopClients, TestClient, TestFolder, token, waitFor } from './client.ts';

/** 1:0-1:N is the key. */
const badConfig = 'natsServer: "2.14"\nruls:\n  a: off\n';
const badKey = ['1:0-1:4 workspace/invalid-config'];
const unsigned = token({ sub: 'ada' }, { alg: 'none' });
const header = unsigned.indexOf('.');
const unsignedAt = (line: number, character: number) => `${line}:${character}-${line}:${character + header} jwt/alg-none`;

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
    let version = client.change(uri, { range: at(1, 0, 4), text: 'rules' }, { range: at(2, 2, 3), text: 'jwt/alg-none' });
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
    const folder = new TestFolder({ '.authlint.yaml': badConfig, 'deep/er/notes.txt': `see ${unsigned}`, 'fine.txt': 'nothing' });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('.authlint.yaml'), badKey);
    await client.expect(folder.uri('deep/er/notes.txt'), [unsignedAt(0, 4)]);
    assert.equal('version' in (client.diagnostics.get(folder.uri('deep/er/notes.txt')) ?? {}), false);
    await client.quiet();
    assert.equal(client.diagnostics.has(folder.uri('fine.txt')), false);
  });

  it('go back to the disk when a changed document is closed', async () => {
    const folder = new TestFolder({ 'notes.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('notes.txt');
    await client.expect(uri, [unsignedAt(0, 0)]);
    client.open(uri, `\n${unsigned}`);
    await client.expect(uri, [unsignedAt(1, 0)], 1);
    client.close(uri);
    await client.expect(uri, [unsignedAt(0, 0)], undefined);
    await waitFor(() => client.diagnostics.get(uri)?.version === undefined);
  });

  it('follow the disk', async () => {
    const folder = new TestFolder({ 'a.txt': 'nothing', 'sub/b.txt': unsigned, 'sub/c.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('sub/b.txt'), [unsignedAt(0, 0)]);
    await waitFor(() => client.registered.includes('workspace/didChangeWatchedFiles'));
    folder.put('a.txt', unsigned);
    folder.put('new.txt', `\n${unsigned}`);
    client.watched([folder.uri('a.txt'), 2], [folder.uri('new.txt'), 1]);
    await client.expect(folder.uri('a.txt'), [unsignedAt(0, 0)]);
    await client.expect(folder.uri('new.txt'), [unsignedAt(1, 0)]);
    folder.delete('a.txt');
    folder.delete('sub');
    client.watched([folder.uri('a.txt'), 3], [folder.uri('sub'), 3]);
    await client.expect(folder.uri('a.txt'), []);
    await client.expect(folder.uri('sub/b.txt'), []);
    await client.expect(folder.uri('sub/c.txt'), []);
    await client.expect(folder.uri('new.txt'), [unsignedAt(1, 0)]);
  });

  it('let the editor go before the disk', async () => {
    const folder = new TestFolder({ 'a.txt': 'nothing' });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('a.txt');
    client.open(uri, unsigned);
    await client.expect(uri, [unsignedAt(0, 0)]);
    folder.put('a.txt', 'something else');
    client.watched([uri, 2]);
    folder.delete('a.txt');
    client.watched([uri, 3]);
    await client.quiet();
    await client.expect(uri, [unsignedAt(0, 0)]);
    client.close(uri);
    await client.expect(uri, []);
  });

  it('move along when a file is renamed', async () => {
    const folder = new TestFolder({ 'old.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    const [old, renamed] = [folder.uri('old.txt'), folder.uri('new.txt')];
    client.open(old, unsigned);
    await client.expect(old, [unsignedAt(0, 0)], 1);
    folder.delete('old.txt');
    folder.put('new.txt', unsigned);
    client.close(old);
    client.open(renamed, unsigned);
    client.notify('workspace/didRenameFiles', { files: [{ oldUri: old, newUri: renamed }] });
    await client.expect(renamed, [unsignedAt(0, 0)], 1);
    await client.expect(old, []);
    client.close(renamed);
    await client.quiet();
    await client.expect(renamed, [unsignedAt(0, 0)]);
    await client.expect(old, []);
  });

  it('follow a folder that is renamed on the disk', async () => {
    const folder = new TestFolder({ 'old/a.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('old/a.txt'), [unsignedAt(0, 0)]);
    folder.delete('old');
    folder.put('new/a.txt', unsigned);
    client.watched([folder.uri('old'), 3], [folder.uri('new'), 1], [folder.uri('new/a.txt'), 1]);
    await client.expect(folder.uri('new/a.txt'), [unsignedAt(0, 0)]);
    await client.expect(folder.uri('old/a.txt'), []);
  });

  it('show an ignored file while it is open only', async () => {
    const folder = new TestFolder({ '.gitignore': '*.secret.txt\n', 'a.secret.txt': unsigned, 'b.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('a.secret.txt');
    await client.expect(folder.uri('b.txt'), [unsignedAt(0, 0)]);
    await client.quiet();
    assert.equal(client.diagnostics.has(uri), false);
    client.open(uri, unsigned);
    await client.expect(uri, [unsignedAt(0, 0)], 1);
    client.close(uri);
    await client.expect(uri, []);
    client.watched([uri, 2], [folder.uri('new.secret.txt'), 1]);
    await client.quiet(600);
    await client.expect(uri, []);
  });

  it('follow a changed .gitignore', async () => {
    const folder = new TestFolder({ '.gitignore': 'a.txt\n', 'a.txt': unsigned, 'b.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('b.txt'), [unsignedAt(0, 0)]);
    folder.put('.gitignore', 'b.txt\n');
    client.watched([folder.uri('.gitignore'), 2]);
    await client.expect(folder.uri('a.txt'), [unsignedAt(0, 0)]);
    await client.expect(folder.uri('b.txt'), []);
  });

  it('count UTF-16 units, and lines as the protocol does', async () => {
    const client = await TestClient.start();
    const uri = 'untitled:Untitled-1';
    client.open(uri, `🔑🔑 ${unsigned}\r\nä ${unsigned}\r🔑${unsigned}\n\n${unsigned}`);
    await client.expect(uri, [unsignedAt(0, 5), unsignedAt(1, 2), unsignedAt(2, 2), unsignedAt(4, 0)]);
    const version = client.change(uri, { range: { start: { line: 0, character: 2 }, end: { line: 0, character: 4 } }, text: '' });
    await client.expect(uri, [unsignedAt(0, 3), unsignedAt(1, 2), unsignedAt(2, 2), unsignedAt(4, 0)], version);
  });

  it('obey and judge suppressions', async () => {
    const folder = new TestFolder({
      'a.sh': `# authlint: allow jwt/alg-none -- a sample\necho ${unsigned}\n# authlint: allow jwt/expired\n`,
    });
    const client = await TestClient.start({ folders: [folder] });
    const [diagnostic] = await client.expect(folder.uri('a.sh'), ['2:18-2:29 workspace/unused-suppression']);
    assert.deepEqual(diagnostic?.tags, [1]);
  });

  it('appear by themselves when a token expires', async () => {
    const folder = new TestFolder({ 'a.txt': token({ sub: 'ada', exp: Math.ceil(Date.now() / 1000) + 1 }) });
    const client = await TestClient.start({ folders: [folder] });
    await client.quiet(200);
    const uri = folder.uri('a.txt');
    assert.equal(client.diagnostics.has(uri), false);
    await waitFor(() => client.diagnostics.get(uri)?.diagnostics.some(({ code }) => code === 'jwt/expired') === true);
  });

  it('wait for a save where the person wants that', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder], initializationOptions: { run: 'onSave' }, capabilities: {} });
    const uri = folder.uri('a.txt');
    client.open(uri, unsigned);
    await client.expect(uri, [unsignedAt(0, 0)], 1);
    client.change(uri, { text: 'nothing' });
    const version = client.change(uri, { text: `\n${unsigned}` });
    await client.quiet();
    await client.expect(uri, [unsignedAt(0, 0)], 1);
    client.notify('textDocument/didSave', { textDocument: { uri } });
    await client.expect(uri, [unsignedAt(1, 0)], version);
  });

  it('are reported once, unless they change', async () => {
    const folder = new TestFolder({ 'a.txt': unsigned, 'b.txt': unsigned });
    const client = await TestClient.start({ folders: [folder] });
    await client.expect(folder.uri('a.txt'), [unsignedAt(0, 0)]);
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
