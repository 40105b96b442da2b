// Workspaces of several folders, of none, and settings that come from files and from the editor.
import assert from 'node:assert/strict';
import { mistake, mistakeAt, stopClients, TestClient, TestFolder, waitFor } from './client.ts';

const found = [mistakeAt(0, 0)];
const off = 'rules:\n  workspace/unknown-rule: off\n';

describe('folders', () => {
  afterEach(stopClients);

  it('have a configuration each', async () => {
    const [strict, lax] = [new TestFolder({ 'a.txt': mistake }), new TestFolder({ 'a.txt': mistake, '.authlint.yaml': off })];
    const client = await TestClient.start({ folders: [strict, lax] });
    await client.expect(strict.uri('a.txt'), found);
    await client.quiet();
    assert.equal(client.diagnostics.has(lax.uri('a.txt')), false);
  });

  it('come and go', async () => {
    const [first, second] = [new TestFolder({ 'a.txt': mistake }), new TestFolder({ 'a.txt': mistake, 'b.txt': mistake })];
    const client = await TestClient.start({ folders: [first] });
    await client.expect(first.uri('a.txt'), found);
    client.open(second.uri('b.txt'), mistake);
    await client.expect(second.uri('b.txt'), found, 1);
    const folder = { uri: second.uri(), name: 'second' };
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
    await client.expect(second.uri('a.txt'), found);
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    await client.expect(second.uri('a.txt'), []);
    await client.expect(second.uri('b.txt'), found);
    await client.expect(first.uri('a.txt'), found);
  });

  it('inside of one another are judged once, by the inner one', async () => {
    const outer = new TestFolder({ 'a.txt': mistake, 'inner/a.txt': mistake, 'inner/.authlint.yaml': off });
    const client = await TestClient.start({
      params: {
        workspaceFolders: [
          { uri: outer.uri(), name: 'outer' },
          { uri: outer.uri('inner'), name: 'inner' },
        ],
      },
    });
    await client.expect(outer.uri('a.txt'), found);
    await client.quiet();
    assert.equal(client.diagnostics.has(outer.uri('inner/a.txt')), false);
    const folder = { uri: outer.uri('inner'), name: 'inner' };
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    await client.expect(outer.uri('inner/a.txt'), found);
  });

  it('may be missing: a lone document is judged under the nearest configuration', async () => {
    const folder = new TestFolder({ '.authlint.yaml': off, 'deep/a.txt': mistake, 'deep/b.txt': mistake });
    const other = new TestFolder({ 'a.txt': mistake, 'b.txt': mistake });
    const client = await TestClient.start();
    client.open(folder.uri('deep/a.txt'), mistake);
    client.open(other.uri('a.txt'), mistake);
    await client.expect(other.uri('a.txt'), found, 1);
    await client.expect(folder.uri('deep/a.txt'), [], 1);
    await client.quiet();
    assert.deepEqual([...client.diagnostics.keys()].sort(), [folder.uri('deep/a.txt'), other.uri('a.txt')].sort());
    client.close(other.uri('a.txt'));
    await client.expect(other.uri('a.txt'), []);
  });

  it('are found in what older clients say', async () => {
    const folder = new TestFolder({ 'a.txt': mistake });
    const byUri = await TestClient.start({ params: { workspaceFolders: undefined, rootUri: `${folder.uri()}/` }, capabilities: {} });
    await byUri.expect(folder.uri('a.txt'), found);
    const byPath = await TestClient.start({
      params: { workspaceFolders: undefined, rootUri: undefined, rootPath: folder.path },
      capabilities: {},
    });
    await byPath.expect(folder.uri('a.txt'), found);
    assert.deepEqual(byPath.registered, []);
  });

  it('that are a whole disk are left alone', async () => {
    const folder = new TestFolder({ 'a.txt': mistake, 'b.txt': mistake });
    const client = await TestClient.start({ params: { rootUri: 'file:///' } });
    client.open(folder.uri('a.txt'), mistake);
    await client.expect(folder.uri('a.txt'), found, 1);
    await client.quiet();
    assert.equal(client.diagnostics.size, 1);
  });

  it('keep apart documents that are nowhere', async () => {
    const client = await TestClient.start();
    client.open('untitled:Untitled-1', mistake);
    client.open('untitled:Untitled-2', `\n${mistake}`);
    await client.expect('untitled:Untitled-1', found, 1);
    await client.expect('untitled:Untitled-2', [mistakeAt(1, 0)], 1);
    client.close('untitled:Untitled-1');
    await client.expect('untitled:Untitled-1', []);
    await client.expect('untitled:Untitled-2', [mistakeAt(1, 0)]);
  });

  it('keep the spelling of URIs that the client uses', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder] });
    const uri = `${folder.uri()}/a%2Bb%20(c).txt`;
    client.open(uri, mistake);
    await client.expect(uri, found, 1);
  });
});

describe('settings', () => {
  afterEach(stopClients);

  it('of the configuration apply while it is typed', async () => {
    const folder = new TestFolder({ 'a.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('.authlint.yaml');
    await client.expect(folder.uri('a.txt'), found);
    client.open(uri, '');
    client.change(uri, { text: off });
    await client.expect(folder.uri('a.txt'), []);
    client.change(uri, { text: 'rules:\n  workspace/unknown-rule: hint\n' });
    const [diagnostic] = await client.expect(folder.uri('a.txt'), found);
    assert.equal(diagnostic?.severity, 4);
    client.close(uri);
    await waitFor(() => client.diagnostics.get(folder.uri('a.txt'))?.diagnostics[0]?.severity === 2);
  });

  it('of the configuration apply when the disk changes', async () => {
    const folder = new TestFolder({ 'a.txt': mistake, 'vendor/a.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('.authlint.yaml');
    await client.expect(folder.uri('vendor/a.txt'), found);
    client.open(folder.uri('vendor/a.txt'), mistake);
    await client.expect(folder.uri('vendor/a.txt'), found, 1);
    folder.put('.authlint.yaml', 'exclude: ["vendor/**"]\n');
    client.watched([uri, 1]);
    await client.expect(folder.uri('vendor/a.txt'), []);
    await client.expect(folder.uri('a.txt'), found);
    folder.put('.authlint.yaml', 'exclude: ["*.txt"]\n');
    client.watched([uri, 2]);
    await client.expect(folder.uri('vendor/a.txt'), found);
    await client.expect(folder.uri('a.txt'), []);
    folder.delete('.authlint.yaml');
    client.watched([uri, 3]);
    await client.expect(folder.uri('a.txt'), found);
  });

  it('of the editor are asked for, and followed', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder], settings: { run: 'onSave' } });
    const uri = folder.uri('a.txt');
    client.open(uri, mistake);
    await client.expect(uri, found, 1);
    client.change(uri, { text: '' });
    await client.quiet();
    await client.expect(uri, found, 1);
    client.settings = { run: 'onType' };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.expect(uri, [], 2);
  });

  it('of a client that sends them along count too', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder], capabilities: {} });
    const uri = folder.uri('a.txt');
    client.notify('workspace/didChangeConfiguration', { settings: { authlint: { run: 'onSave' } } });
    client.open(uri, mistake);
    await client.expect(uri, found, 1);
    client.change(uri, { text: '' });
    await client.quiet();
    await client.expect(uri, found, 1);
  });
});
