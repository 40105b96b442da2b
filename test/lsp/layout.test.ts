// Outline, folding, growing selections and formatting through the protocol.
import assert from 'node:assert/strict';
import type { DocumentSymbol, FoldingRange, SelectionRange, TextEdit } from 'vscode-languageserver/node';
import { stopClients, TestClient } from './client.ts';

const uri = 'untitled:nats.conf';
const textDocument = { uri };
const text = '# One\n# Two\nport: 4222\nauthorization {\n    user: app\n}\n';
const options = { tabSize: 2, insertSpaces: true };

describe('layout', () => {
  afterEach(stopClients);

  it('gives the outline', async () => {
    const client = await TestClient.start();
    client.open(uri, text, 'nats-conf');
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map(child => child.name)]),
      [
        ['port', []],
        ['authorization', ['user']],
      ],
    );
    assert.deepEqual(symbols[1]?.selectionRange, { start: { line: 3, character: 0 }, end: { line: 3, character: 13 } });
    assert.deepEqual(symbols[1]?.range, { start: { line: 3, character: 0 }, end: { line: 5, character: 1 } });
  });

  it('folds blocks without their last line, and runs of comments', async () => {
    const client = await TestClient.start();
    client.open(uri, text, 'nats-conf');
    assert.deepEqual(await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument }), [
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 3, endLine: 4 },
    ]);
  });

  it('leaves folding of other files to the editor', async () => {
    const client = await TestClient.start();
    client.open('untitled:notes.txt', 'a\n  b\n', 'plaintext');
    assert.equal(await client.request('textDocument/foldingRange', { textDocument: { uri: 'untitled:notes.txt' } }), null);
  });

  it('grows a selection from the word to the whole text', async () => {
    const client = await TestClient.start();
    client.open(uri, text, 'nats-conf');
    const [found] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [{ line: 4, character: 11 }],
    });
    const starts: string[] = [];
    for (let range = found; range; range = range.parent as SelectionRange)
      starts.push(`${range.range.start.line}:${range.range.start.character}`);
    assert.equal(starts[0], '4:10');
    assert.equal(starts.at(-1), '0:0');
    assert.ok(starts.includes('3:0'));
  });

  it('formats with one edit of the lines that change', async () => {
    const client = await TestClient.start();
    client.open(uri, text, 'nats-conf');
    const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument, options });
    assert.deepEqual(edits, [{ range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } }, newText: '  user: app\n' }]);
  });

  it('keeps CRLF, and says nothing where nothing changes', async () => {
    const client = await TestClient.start();
    client.open(uri, 'a {\r\n    port: 1\r\n}\r\n', 'nats-conf');
    assert.deepEqual(await client.request<TextEdit[]>('textDocument/formatting', { textDocument, options }), [
      { range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, newText: '  port: 1\r\n' },
    ]);
    client.open('untitled:other.nats.conf', 'port: 1\n', 'nats-conf');
    assert.equal(await client.request('textDocument/formatting', { textDocument: { uri: 'untitled:other.nats.conf' }, options }), null);
  });

  it('does not touch a file that the server cannot read', async () => {
    const client = await TestClient.start();
    client.open(uri, 'a {\n    port: 1\n', 'nats-conf');
    assert.equal(await client.request('textDocument/formatting', { textDocument, options }), null);
  });
});
