// Compose files and environment files through the protocol: proposals, hovers, links, lenses, and variables across files.
import assert from 'node:assert/strict';
import type { CodeLens, CompletionItem, DocumentLink, Hover, Location, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { stopClients, TestClient, TestFolder } from './client.ts';

const files = {
  'compose.yaml': `services:
  gateway:
    image: example/gateway:1
    env_file: gateway.env
    environment:
      JWT_SECRET: \${JWT_SECRET:?}
      JWT_
  users:
    image: example/users:1
    environment:
      - JWT_SECRET=\${JWT_SECRET:?}
`,
  '.env': `JWT_SECRET=${Array.from({ length: 40 }, () => Math.random().toString(36).charAt(2) || 'x').join('')}\n`,
  'gateway.env': 'LOG_LEVEL=info\n',
};
const secret = files['.env'].slice('JWT_SECRET='.length).trim();

async function open() {
  const folder = new TestFolder(files);
  const client = await TestClient.start({ folders: [folder] });
  const uri = folder.uri('compose.yaml');
  client.open(uri, files['compose.yaml'], 'dockercompose');
  await client.until(() => client.diagnostics.has(uri));
  await client.quiet();
  return { client, folder, uri };
}

const position = (line: number, character: number) => ({ line, character });
const short = ({ uri, range }: { uri: string; range: Range }) =>
  `${uri.slice(uri.lastIndexOf('/') + 1)} ${range.start.line}:${range.start.character}`;

describe('Compose files through the protocol', () => {
  afterEach(stopClients);

  it('get proposals for authentication variables and nothing else', async () => {
    const { client, uri } = await open();
    const at = (line: number, character: number) => ({ textDocument: { uri }, position: position(line, character) });
    const items = await client.request<CompletionItem[]>('textDocument/completion', at(6, 10));
    const issuer = items.find(({ label }) => label === 'JWT_ISSUER');
    assert.equal((issuer?.textEdit as TextEdit | undefined)?.newText, 'JWT_ISSUER: ');
    assert.ok(!items.some(({ label }) => label === 'JWT_SECRET'));
    assert.deepEqual(await client.request('textDocument/completion', at(8, 11)), []);
  });

  it('show what a variable is, and who shares it', async () => {
    const { client, folder, uri } = await open();
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: position(5, 8) });
    const text = JSON.stringify(hover.contents);
    assert.match(text, /signs and checks tokens/);
    assert.match(text, /The same secret is in `users`/);
    const dotenv = folder.uri('.env');
    client.open(dotenv, files['.env'], 'dotenv');
    await client.until(() => client.diagnostics.has(dotenv));
    const below = await client.request<Hover>('textDocument/hover', { textDocument: { uri: dotenv }, position: position(0, 3) });
    assert.match(JSON.stringify(below.contents), /Taken by `gateway`/);
  });

  it('lead to files and to definitions', async () => {
    const { client, uri } = await open();
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    assert.deepEqual(
      links.map(({ range, target }) => short({ uri: target ?? '', range })),
      ['gateway.env 3:14'],
    );
    const at = { textDocument: { uri }, position: position(5, 22) };
    assert.deepEqual((await client.request<Location[]>('textDocument/definition', at)).map(short), ['.env 0:0']);
    const references = await client.request<Location[]>('textDocument/references', { ...at, context: { includeDeclaration: false } });
    assert.deepEqual(references.map(short), ['compose.yaml 5:20', 'compose.yaml 10:21']);
  });

  it('take another name for a variable', async () => {
    const { client, folder, uri } = await open();
    const at = { textDocument: { uri }, position: position(5, 22) };
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'SIGNING_SECRET' });
    const changed = (edit.documentChanges ?? []).flatMap(change => {
      if (!('edits' in change)) return [];
      const name = change.textDocument.uri === uri ? 'compose.yaml' : '.env';
      assert.equal(change.textDocument.uri, folder.uri(name));
      const document = TextDocument.create(change.textDocument.uri, 'x', 1, files[name]);
      return [TextDocument.applyEdits(document, change.edits as TextEdit[])];
    });
    assert.deepEqual(
      changed.sort(),
      [files['.env'].replace('JWT_SECRET', 'SIGNING_SECRET'), files['compose.yaml'].replaceAll('${JWT_SECRET', '${SIGNING_SECRET')].sort(),
    );
  });

  it('say above each service how it checks tokens', async () => {
    const { client, uri } = await open();
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`),
      ['1 HS256 · secret shared with 1 service', '7 HS256 · secret shared with 1 service'],
    );
    assert.ok(!client.sent.includes(secret));
  });
});
