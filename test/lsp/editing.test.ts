// Names, links, colours, hints and lines laid out, asked for through the protocol.
import assert from 'node:assert/strict';
import type {
  DocumentHighlight,
  DocumentLink,
  Hover,
  InlayHint,
  Location,
  Range,
  SemanticTokens,
  SemanticTokensDelta,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fullCapabilities, stopClients, TestClient, TestFolder } from './client.ts';

const main = [
  'include parts/vars.conf',
  'authorization {',
  '  users: [{ user: ana, password: $secret, permissions { publish: "a.>" } }]',
  '}',
  'no_auth_user: ana',
  'max_payload: 8388608',
  'accounts { $SYS { users: [{ user: sys, password: $secret }] } }',
  '',
].join('\n');
const vars = '# shared\nsecret: "kiwi"\n';

interface Opened {
  readonly client: TestClient;
  readonly folder: TestFolder;
  readonly uri: string;
}

/** A server that has read a folder with a configuration in two files, the first of which is open. */
async function open(files: Readonly<Record<string, string>> = { 'nats.conf': main, 'parts/vars.conf': vars }): Promise<Opened> {
  const folder = new TestFolder(files);
  const client = await TestClient.start({ folders: [folder] });
  const uri = folder.uri('nats.conf');
  client.open(uri, files['nats.conf'] ?? '', 'nats-conf');
  await client.until(() => client.diagnostics.has(uri));
  await client.quiet();
  return { client, folder, uri };
}

function short({ start, end }: Range): string {
  return start.line === end.line
    ? `${start.line}:${start.character}-${end.character}`
    : `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** `name line:from-to` of each place, the file without its folder. */
function placesOf(locations: readonly Location[] | null): string[] {
  return (locations ?? []).map(({ uri, range }) => `${uri.slice(uri.lastIndexOf('/') + 1)} ${short(range)}`).sort();
}

const at = (text: string, word: string, from = 0) => {
  const before = text.slice(0, text.indexOf(word, from)).split('\n');
  return { line: before.length - 1, character: (before.at(-1) as string).length + 1 };
};

describe('names through the protocol', () => {
  afterEach(stopClients);

  it('lead to a definition in another file, and to every use', async () => {
    const { client, folder, uri } = await open();
    const place = { textDocument: { uri }, position: at(main, '$secret') };
    assert.deepEqual(placesOf(await client.request('textDocument/definition', place)), ['vars.conf 1:0-6']);
    const uses = (includeDeclaration: boolean) =>
      client.request<Location[]>('textDocument/references', { ...place, context: { includeDeclaration } });
    assert.deepEqual(placesOf(await uses(false)), ['nats.conf 2:34-40', 'nats.conf 6:50-56']);
    assert.deepEqual(placesOf(await uses(true)), ['nats.conf 2:34-40', 'nats.conf 6:50-56', 'vars.conf 1:0-6']);
    // The same from the file that knows nothing of the other.
    const part = { textDocument: { uri: folder.uri('parts/vars.conf') }, position: { line: 1, character: 2 } };
    client.open(part.textDocument.uri, vars, 'nats-conf');
    assert.deepEqual(placesOf(await client.request('textDocument/references', { ...part, context: { includeDeclaration: true } })), [
      'nats.conf 2:34-40',
      'nats.conf 6:50-56',
      'vars.conf 1:0-6',
    ]);
  });

  it('are highlighted: written and read', async () => {
    const { client, uri } = await open();
    const found = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', {
      textDocument: { uri },
      position: at(main, 'ana'),
    });
    assert.deepEqual(
      found.map(({ range, kind }) => `${short(range)} ${kind}`),
      ['4:14-17 2', '2:18-21 3'],
    );
  });

  it('are renamed in all files', async () => {
    const { client, folder, uri } = await open();
    const part = folder.uri('parts/vars.conf');
    const place = { textDocument: { uri: part }, position: { line: 1, character: 2 } };
    assert.deepEqual(await client.request('textDocument/prepareRename', place), {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
      placeholder: 'secret',
    });
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'pw' });
    const changed = new Map<string, string>();
    for (const change of edit.documentChanges ?? []) {
      if (!('edits' in change)) continue;
      const text = change.textDocument.uri === uri ? main : vars;
      const document = TextDocument.create(change.textDocument.uri, 'nats-conf', 1, text);
      changed.set(change.textDocument.uri, TextDocument.applyEdits(document, change.edits as TextEdit[]));
    }
    assert.equal(changed.get(uri), main.replaceAll('$secret', '$pw'));
    assert.equal(changed.get(part), vars.replace('secret', 'pw'));
  });

  it('are renamed in all configurations that share a file', async () => {
    const files = {
      'a/nats.conf': 'include ../vars.conf\n',
      'nats.conf': 'include vars.conf\nserver_name: $me\n',
      'b.nats.conf': 'include vars.conf\nport: 1\nserver_name: $me\n',
      'vars.conf': 'me = n1\n',
    };
    const { client, folder } = await open(files);
    const part = { textDocument: { uri: folder.uri('vars.conf') }, position: { line: 0, character: 1 } };
    const uses = await client.request<Location[]>('textDocument/references', { ...part, context: { includeDeclaration: true } });
    assert.deepEqual(placesOf(uses), ['b.nats.conf 2:14-16', 'nats.conf 1:14-16', 'vars.conf 0:0-2']);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...part, newName: 'node' });
    const changed = (edit.documentChanges ?? []).flatMap(change =>
      'edits' in change ? [[change.textDocument.uri, change.edits.length]] : [],
    );
    assert.deepEqual(
      changed.sort(),
      ['b.nats.conf', 'nats.conf', 'vars.conf'].map(name => [folder.uri(name), 1]),
    );
    assert.equal((await client.request<DocumentHighlight[]>('textDocument/documentHighlight', part)).length, 1);
  });

  it('are not renamed where that would change more, and the person reads why', async () => {
    const { client, uri } = await open();
    const place = { textDocument: { uri }, position: at(main, 'ana') };
    await assert.rejects(client.request('textDocument/rename', { ...place, newName: 'sys' }), /There is a `sys` already/);
    assert.equal(await client.request('textDocument/prepareRename', { ...place, position: at(main, 'no_auth_user') }), null);
  });

  it('of options are explained in a part as in the file that includes it', async () => {
    const { client, folder } = await open({ 'nats.conf': 'authorization { include part.conf }\n', 'part.conf': 'users: []\nport: 1\n' });
    const uri = folder.uri('part.conf');
    client.open(uri, 'users: []\nport: 1\n', 'nats-conf');
    const hover = (line: number) =>
      client.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line, character: 1 } });
    assert.match(JSON.stringify((await hover(0))?.contents), /\*\*`users`\*\*/);
    assert.equal(await hover(1), null);
  });

  it('are found in the workspace', async () => {
    const { client } = await open();
    const symbols = async (query: string) =>
      (await client.request<SymbolInformation[]>('workspace/symbol', { query })).map(
        ({ name, location }) => `${name} ${placesOf([location])}`,
      );
    assert.deepEqual(await symbols('scr'), ['secret vars.conf 1:0-6']);
    assert.deepEqual(await symbols('sys'), ['$SYS nats.conf 6:11-15', 'sys nats.conf 6:34-37']);
  });
});

describe('what a text shows, through the protocol', () => {
  afterEach(stopClients);

  it('links to included files that are there', async () => {
    const { client, folder, uri } = await open({ 'nats.conf': 'include parts/vars.conf\ninclude gone.conf\n', 'parts/vars.conf': vars });
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    assert.deepEqual(
      links.map(({ range, target }) => `${short(range)} ${target}`),
      [`0:8-23 ${folder.uri('parts/vars.conf')}`],
    );
  });

  it('has semantic tokens as the legend numbers them', async () => {
    const { client, uri } = await open();
    const { tokenTypes, tokenModifiers } = client.result.capabilities.semanticTokensProvider?.legend ?? {
      tokenTypes: [],
      tokenModifiers: [],
    };
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    assert.equal(data.length % 5, 0);
    const named = (i: number) => [
      tokenTypes[data[i + 3] as number],
      ...tokenModifiers.filter((_, bit) => (data[i + 4] as number) & (1 << bit)),
    ];
    assert.deepEqual([data.slice(0, 3), named(0)], [[0, 0, 7], ['keyword']]);
    assert.deepEqual(
      [data.slice(10, 13), named(10)],
      [
        [1, 0, 13],
        ['class', 'defaultLibrary'],
      ],
    );
  });

  it('says what changed of the semantic tokens, and everything to who knows something older', async () => {
    const { client, uri } = await open();
    const first = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    client.change(uri, { range: { start: { line: 4, character: 14 }, end: { line: 4, character: 17 } }, text: 'sys' });
    client.change(uri, { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, text: '\n' });
    const since = (previousResultId: string | undefined) =>
      client.request<SemanticTokensDelta & SemanticTokens>('textDocument/semanticTokens/full/delta', {
        textDocument: { uri },
        previousResultId,
      });
    const { edits, resultId } = await since(first.resultId);
    const data = [...first.data];
    for (const { start, deleteCount, data: written } of [...edits].reverse()) data.splice(start, deleteCount, ...(written ?? []));
    const whole = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    assert.deepEqual(data, whole.data);
    assert.notDeepEqual(data, first.data);
    assert.ok(resultId);
    assert.deepEqual((await since('something older')).data, whole.data);
  });

  it('has the semantic tokens of a range', async () => {
    const { client, uri } = await open();
    const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 5 } };
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { textDocument: { uri }, range });
    assert.deepEqual([data.slice(0, 3), data.slice(5, 8), data.length], [[4, 0, 12], [0, 14, 3], 10]);
  });

  it('is asked for again when a file that includes it changes, by editors that can be told to', async () => {
    const workspace = { ...fullCapabilities.workspace, semanticTokens: { refreshSupport: true }, codeLens: { refreshSupport: true } };
    const folder = new TestFolder({ 'nats.conf': 'include part.conf\n', 'part.conf': 'port: 6222\n' });
    const client = await TestClient.start({ folders: [folder], capabilities: { ...fullCapabilities, workspace } });
    const asked: string[] = [];
    for (const what of ['semanticTokens', 'inlayHint', 'codeLens'])
      client.connection.onRequest(`workspace/${what}/refresh`, () => {
        asked.push(what);
        return null;
      });
    client.open(folder.uri('part.conf'), 'port: 6222\n', 'nats-conf');
    await client.quiet();
    asked.length = 0;
    folder.put('nats.conf', 'cluster { include part.conf }\n');
    client.watched([folder.uri('nats.conf'), 2]);
    await client.until(() => asked.length > 1);
    assert.deepEqual([...new Set(asked)].sort(), ['codeLens', 'semanticTokens']);
  });

  it('has hints in the asked range, unless they are switched off', async () => {
    const { client, uri } = await open();
    const hints = async (from: number, to: number) => {
      const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
      const found = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
      return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
    };
    assert.deepEqual(await hints(0, 7), ['5:20 = 8 MiB', '6:37 unrestricted']);
    assert.deepEqual(await hints(5, 6), ['5:20 = 8 MiB']);
    client.settings = { inlayHints: false };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.quiet();
    assert.deepEqual(await hints(0, 7), []);
  });

  it('is laid out line by line', async () => {
    const client = await TestClient.start({ capabilities: fullCapabilities });
    client.open('untitled:nats.conf', 'a {\nb:1\nc:2\n}\n', 'nats-conf');
    const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
      textDocument: { uri: 'untitled:nats.conf' },
      range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } },
      options: { tabSize: 4, insertSpaces: true },
    });
    assert.deepEqual(edits, [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, newText: '    b: 1' }]);
  });
});
