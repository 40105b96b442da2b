// Proposals through the protocol: their order, what they replace, and what an editor without snippets gets.
import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import { fullCapabilities, stopClients, TestClient } from './client.ts';

const uri = 'untitled:nats.conf';
const withSnippets = {
  ...fullCapabilities,
  textDocument: { ...fullCapabilities.textDocument, completion: { completionItem: { snippetSupport: true } } },
};

describe('completion', () => {
  afterEach(stopClients);

  const completeAt = (client: TestClient, line: number, character: number, context?: object) =>
    client.request<CompletionItem[] | null>('textDocument/completion', { textDocument: { uri }, position: { line, character }, context });
  const find = (items: CompletionItem[] | null, label: string) => items?.find(item => item.label === label);

  it('is announced', async () => {
    const client = await TestClient.start();
    assert.deepEqual(client.result.capabilities.completionProvider, { triggerCharacters: ['$', '"', ' '] });
  });

  it('proposes in our order, over the word at the caret', async () => {
    const client = await TestClient.start();
    client.open(uri, 'debug: true\nmax_pay', 'nats-conf');
    const items = await completeAt(client, 1, 7);
    assert.deepEqual(
      items?.map(({ sortText }) => sortText),
      items?.map(({ sortText }) => sortText).sort(),
    );
    assert.deepEqual(items?.[0], {
      label: 'max_payload',
      kind: 10,
      sortText: '0000',
      detail: 'a whole number · default 1MB',
      documentation: {
        kind: 'markdown',
        value: 'Largest message payload.\n\nOver 8MB the server warns; it must not exceed max_pending.',
      },
      textEdit: { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } }, newText: 'max_payload: ' },
    });
  });

  it('sends snippets only to an editor that has them', async () => {
    const plain = await TestClient.start();
    plain.open(uri, '', 'nats-conf');
    const without = await completeAt(plain, 0, 0);
    assert.equal(
      without?.some(({ kind, insertTextFormat }) => kind === 15 || insertTextFormat === 2),
      false,
    );
    assert.equal(
      without?.some(({ textEdit }) => textEdit?.newText.includes('\n')),
      false,
    );
    const rich = await TestClient.start({ capabilities: withSnippets });
    rich.open(uri, '', 'nats-conf');
    const cluster = find(await completeAt(rich, 0, 0), 'cluster');
    assert.equal(cluster?.insertTextFormat, 2);
    assert.equal(cluster?.textEdit?.newText, 'cluster {\n\t$0\n}');
  });

  it('follows the text as it is typed', async () => {
    const client = await TestClient.start();
    client.open(uri, 'PW: a\nauthorization { token: }', 'nats-conf');
    client.change(uri, { range: { start: { line: 1, character: 23 }, end: { line: 1, character: 23 } }, text: '$' });
    assert.deepEqual(
      (await completeAt(client, 1, 24, { triggerKind: 2, triggerCharacter: '$' }))?.map(({ label }) => label),
      ['$PW'],
    );
  });

  it('takes a space for a question only behind a separator', async () => {
    const client = await TestClient.start();
    client.open(uri, 'debug: \nsome words ', 'nats-conf');
    const typed = { triggerKind: 2, triggerCharacter: ' ' };
    assert.deepEqual(
      (await completeAt(client, 0, 7, typed))?.map(({ label }) => label),
      ['true', 'false'],
    );
    assert.deepEqual(await completeAt(client, 1, 11, typed), []);
  });

  it('is silent in texts that are no configuration', async () => {
    const client = await TestClient.start();
    client.open('untitled:notes.txt', 'po');
    const params = { textDocument: { uri: 'untitled:notes.txt' }, position: { line: 0, character: 2 } };
    assert.deepEqual(await client.request('textDocument/completion', params), []);
    assert.deepEqual(await client.request('textDocument/completion', { ...params, textDocument: { uri: 'untitled:other' } }), []);
  });
});
