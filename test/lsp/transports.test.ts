// The other ways to reach the server: as VS Code starts it (IPC), through `authlint lsp`, and as a worker in a browser, where it
// has no disk and asks the client for files.
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, type MessageConnection } from 'vscode-languageserver/node';
import { findFilesRequest, readFileRequest } from '../../server/src/protocol.ts';
import { mistake, mistakeAt, serverModule, short, waitFor } from './client.ts';

const found = [mistakeAt(0, 0)];
const dist = dirname(serverModule);

interface Report {
  uri: string;
  diagnostics: Parameters<typeof short>[0][];
}

describe('the server', () => {
  const started: (() => unknown)[] = [];

  afterEach(() => Promise.all(started.splice(0).map(stop => stop())));

  it('talks to VS Code over IPC', async () => {
    const child = fork(serverModule, ['--node-ipc', `--clientProcessId=${process.pid}`], { stdio: 'pipe', execArgv: [] });
    started.push(() => child.kill('SIGKILL'));
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    const exited = new Promise<number | null>(done => child.once('exit', done));
    await openUntitled(connection);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exited, 0);
    connection.dispose();
  });

  it('is what `authlint lsp` starts', async () => {
    const child = spawn(process.execPath, [resolve(dist, 'cli.js'), 'lsp', '--stdio']);
    started.push(() => child.kill('SIGKILL'));
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    let output = '';
    child.stdout.on('data', chunk => {
      output += String(chunk);
    });
    await waitFor(() => output.includes('"serverInfo":{"name":"Authlint"'));
    child.stdin.end();
    await new Promise(done => child.once('exit', done));
  });

  it('runs in a worker, on files that the client reads for it', async () => {
    const files = new Map([
      ['memfs:/ws/a.txt', mistake],
      ['memfs:/ws/b c.txt', 'nothing'],
      ['memfs:/ws/.authlint.yaml', 'rules: {}\n'],
    ]);
    const worker = startWorker(resolve(dist, 'server.browser.js'));
    started.push(() => worker.terminate());
    const reports = new Map<string, Report>();
    const asked: string[] = [];
    worker.on('message', message => {
      const { id, method, params } = message;
      if (method === 'textDocument/publishDiagnostics') reports.set(params.uri, params);
      if (method === readFileRequest) {
        asked.push(params.uri);
        worker.postMessage({ jsonrpc: '2.0', id, result: files.get(decodeURIComponent(params.uri)) ?? null });
      } else if (method === findFilesRequest) {
        worker.postMessage({ jsonrpc: '2.0', id, result: params.folder === 'memfs:/ws' ? [...files.keys()] : [] });
      } else if (id !== undefined && method) worker.postMessage({ jsonrpc: '2.0', id, result: null });
    });
    const send = (message: object) => worker.postMessage({ jsonrpc: '2.0', ...message });
    const folders = [{ uri: 'memfs:/ws', name: 'ws' }];
    const params = {
      processId: null,
      rootUri: null,
      workspaceFolders: folders,
      capabilities: {},
      initializationOptions: { providesFiles: true },
    };
    send({ id: 1, method: 'initialize', params });
    send({ method: 'initialized', params: {} });
    await waitFor(() => reports.get('memfs:/ws/a.txt')?.diagnostics.map(short).join() === found.join());
    assert.ok(asked.includes('memfs:/ws/b%20c.txt'));
    const textDocument = { uri: 'memfs:/ws/b%20c.txt', languageId: 'plaintext', version: 1, text: mistake };
    send({ method: 'textDocument/didOpen', params: { textDocument } });
    await waitFor(() => reports.get(textDocument.uri)?.diagnostics.map(short).join() === found.join());
  });
});

async function openUntitled(connection: MessageConnection): Promise<void> {
  const reports: Report[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (report: Report) => void reports.push(report));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: 'untitled:Untitled-1', languageId: 'plaintext', version: 1, text: mistake };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await waitFor(() => reports.length > 0);
  assert.deepEqual(reports[0]?.diagnostics.map(short), found);
}

/** A worker of node that looks like one of a browser: nothing of node is in reach. */
function startWorker(script: string): Worker {
  const shell = `
    const { parentPort } = require('node:worker_threads');
    const { createContext, runInContext } = require('node:vm');
    const web = { setTimeout, clearTimeout, console, URL, TextDecoder, TextEncoder, atob, btoa };
    const self = { ...web, addEventListener() {}, postMessage: message => parentPort.postMessage(message) };
    self.self = self;
    runInContext(${JSON.stringify(readFileSync(script, 'utf8'))}, createContext(self));
    parentPort.on('message', data => self.onmessage({ data }));`;
  return new Worker(shell, { eval: true });
}
