// A server that people leave running for days: nothing a client sends may stop it, and nothing it says may hold a secret.
import assert from 'node:assert/strict';
import { CancellationTokenSource, type CodeAction, LSPErrorCodes, type ResponseError } from 'vscode-languageserver/node';
import { mistake, mistakeAt, stopClients, TestClient, TestFolder, testSignature, token } from './client.ts';

const found = [mistakeAt(0, 0)];
const uri = 'untitled:notes.txt';

describe('the server', () => {
  afterEach(stopClients);

  const isAlive = async (client: TestClient) => {
    const other = `untitled:alive-${Math.random()}`;
    client.open(other, mistake);
    await client.expect(other, found, 1);
  };

  it('starts and ends as the protocol says', async () => {
    const client = await TestClient.start();
    const { capabilities, serverInfo } = client.result;
    assert.equal(serverInfo?.name, 'Authlint');
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: { includeText: false } });
    assert.equal(await client.stop(), 0);
    assert.equal(client.errors, '');
  });

  it('takes standard input and output when no transport is named', async () => {
    const client = await TestClient.start({ args: [] });
    await isAlive(client);
  });

  it('ends with its client', async () => {
    const client = await TestClient.start();
    const exited = new Promise<number | null>(done => client.process.once('exit', done));
    client.process.stdin?.end();
    assert.equal(await exited, 1);
  });

  it('asks nothing of a client that offers nothing', async () => {
    const folder = new TestFolder({ 'a.txt': mistake });
    const client = await TestClient.start({ folders: [folder], capabilities: {} });
    await client.expect(folder.uri('a.txt'), found);
    assert.deepEqual(client.registered, []);
  });

  it('survives requests without sense', async () => {
    const client = await TestClient.start();
    client.open(uri, mistake);
    const broken: readonly unknown[] = [
      undefined,
      {},
      [],
      { textDocument: null },
      { textDocument: { uri: 7 } },
      { textDocument: { uri: '' }, position: {}, range: null },
      { textDocument: { uri }, position: { line: -5, character: -5 }, range: { start: { line: -1, character: 0 } }, context: null },
      {
        textDocument: { uri },
        position: 'x',
        range: { start: { line: 9e9, character: 9e9 }, end: { line: 0, character: 0 } },
        context: {},
      },
      { textDocument: { uri: '%%%://%%' }, position: { line: 0, character: 0 } },
    ];
    for (const method of ['textDocument/hover', 'textDocument/codeAction', 'authlint/checkToken']) {
      for (const params of broken) await client.request(method, params).catch((error: ResponseError<unknown>) => assert.ok(error.code));
    }
    await assert.rejects(client.request('textDocument/inventedRequest', {}), { code: -32601 });
    await isAlive(client);
  });

  it('survives notifications without sense', async () => {
    const client = await TestClient.start();
    const broken: readonly unknown[] = [
      undefined,
      {},
      [],
      { textDocument: null },
      { textDocument: { uri: 7 } },
      { changes: [{}] },
      { files: 1 },
      { event: 1 },
    ];
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didSave',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
      'workspace/didChangeConfiguration',
      'workspace/didChangeWorkspaceFolders',
      'workspace/didRenameFiles',
      'invented/notification',
    ]) {
      for (const params of broken) client.notify(method, params);
    }
    await isAlive(client);
  });

  it('survives bytes that are no message', async () => {
    const client = await TestClient.start();
    const write = (text: string) => client.process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    write('{"jsonrpc": "2.0", "method": ');
    write('[]');
    write('null');
    write('"hello"');
    write('{"jsonrpc":"2.0","id":"x"}');
    await isAlive(client);
  });

  it('leaves out changes that come late, and those of documents that are not open', async () => {
    const client = await TestClient.start();
    const change = (to: string, version: number, text: string) =>
      client.notify('textDocument/didChange', { textDocument: { uri: to, version }, contentChanges: [{ text }] });
    client.open(uri, '', 'plaintext', 5);
    change(uri, 7, mistake);
    change(uri, 6, 'an older text');
    await client.expect(uri, found, 7);
    change('untitled:closed', 1, mistake);
    client.close('untitled:never-open');
    await client.quiet();
    await client.expect(uri, found, 7);
    assert.equal(client.diagnostics.has('untitled:closed'), false);
  });

  it('takes a second opening of a document for the truth', async () => {
    const client = await TestClient.start();
    client.open(uri, 'nothing');
    client.open(uri, mistake, 'plaintext', 1);
    await client.expect(uri, found, 1);
  });

  it('gives up a request that the client takes back', async () => {
    const client = await TestClient.start();
    client.open(uri, mistake);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
    const requests = ['textDocument/hover', 'textDocument/codeAction'].map(method => {
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest(
        method,
        { textDocument: { uri }, position: range.start, range, context: { diagnostics: [] } },
        source.token,
      );
      source.cancel();
      return answer;
    });
    for (const request of requests) await assert.rejects(request, { code: LSPErrorCodes.RequestCancelled });
    await isAlive(client);
  });

  it('answers while a large workspace is loading', async () => {
    const text = `${'x = 1\n'.repeat(2000)}${mistake}\n`;
    const files = Object.fromEntries(Array.from({ length: 800 }, (_, i) => [`d${i % 20}/f${i}.txt`, text]));
    const folder = new TestFolder({ ...files, 'a.txt': mistake });
    const client = await TestClient.start({ folders: [folder] });
    client.open(folder.uri('a.txt'), mistake);
    await client.expect(folder.uri('a.txt'), found, 1);
    const position = { line: 0, character: 3 };
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri: folder.uri('a.txt') }, position }), null);
    await client.expect(folder.uri('d19/f799.txt'), [mistakeAt(2000, 0)]);
  });

  it('says no secret, in whatever it sends and whatever breaks', async () => {
    const unsigned = token({ sub: 'ada' }, { alg: 'none' });
    const seed = 'SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4';
    const password = 'correct-horse-battery-staple';
    const texts: Record<string, string> = {
      'nats.conf': `authorization {\n  users = [{user: a, password: "${password}"}, {nkey: ${seed}}]\n  tokn: "${password}"\n`,
      'docker-compose.yml': `services:\n  a:\n    environment:\n      JWT_SECRET: ${password}\n      JWKS_URI: http://ana:${password}@keys.example.com/jwks\n`,
      '.env': `JWT_SECRET=${password}\nJWT_SECRET="${password}`,
      'notes.md': `${unsigned} ${token({ exp: 1 })} ${unsigned}x.`,
      'user.creds': `-----BEGIN NATS USER JWT-----\n${unsigned}\n------END NATS USER JWT------\n-----BEGIN USER NKEY SEED-----\n${seed}\n`,
    };
    const folder = new TestFolder(texts);
    const client = await TestClient.start({ folders: [folder] });
    for (const [name, text] of Object.entries(texts)) {
      client.open(folder.uri(name), text);
      for (let i = 0; i < text.length; i += 13) {
        const position = { line: text.slice(0, i).split('\n').length - 1, character: i - (text.lastIndexOf('\n', i - 1) + 1) };
        await client.request('textDocument/hover', { textDocument: { uri: folder.uri(name) }, position });
      }
      const middle = Math.floor(text.length / 2);
      client.change(folder.uri(name), { text: text.slice(0, middle) });
      client.change(folder.uri(name), { text });
    }
    await client.quiet();
    for (const secret of [seed, password, testSignature]) {
      assert.equal(client.sent.includes(secret), false, 'a message holds a secret');
      assert.equal(client.errors.includes(secret), false, 'standard error holds a secret');
    }
    assert.deepEqual(client.shown, []);
    assert.equal(/\n\s+at .*:\d+:\d+/.test(client.logs.join('\n')), false, 'a stack trace reached the log');
    assert.deepEqual(
      client.logs.filter(log => /fault|failed/i.test(log)),
      [],
    );
  });

  it('answers about nothing with nothing', async () => {
    const client = await TestClient.start();
    const textDocument = { uri: 'file:///no/such/file' };
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.equal(await client.request('textDocument/hover', { textDocument, position: range.start }), null);
    assert.deepEqual(
      await client.request<CodeAction[]>('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }),
      [],
    );
  });
});
