// The four ways in, each started as its users start it, each asked for everything it says about a folder.
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type CodeAction,
  createProtocolConnection,
  type DataCallback,
  type Diagnostic,
  type Disposable,
  IPCMessageReader,
  IPCMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { nodeFiles, toFileId, toPath } from '../../server/src/hosts/node-files.ts';
import { findFilesRequest, readFileRequest } from '../../server/src/protocol.ts';

/** Where the bundles are. */
export const dist = resolve(process.env.AUTHLINT_DIST ?? 'dist');

/** What every door says about one place, in the same words. */
export interface Said {
  readonly path: string;
  readonly rule: string;
  readonly severity: string;
  readonly range: Range;
  readonly message: string;
  readonly page: string;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
  /** Each fix with the texts that it makes; undefined where the door keeps the edits to itself because they repeat a secret. */
  readonly fixes: readonly { readonly title: string; readonly after: Readonly<Record<string, string>> | undefined }[];
}

/** Reads a file of the folder. */
export type ReadText = (path: string) => string;

/** Text of a file after edits, with `\n` for every newline: only editors and `--fix` adapt those. */
function edited(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('file:///x', 'x', 1, text), [...edits]).replaceAll('\r\n', '\n');
}

/** What `authlint check --format json` says. */
export async function askCommandLine(folder: string, read: ReadText): Promise<Said[]> {
  const child = spawn(process.execPath, [`${dist}/cli.js`, 'check', '--format', 'json', '--fail-on', 'never'], { cwd: folder });
  let out = '';
  let err = '';
  child.stdout.on('data', chunk => (out += chunk));
  child.stderr.on('data', chunk => (err += chunk));
  const code = await new Promise(done => child.once('close', done));
  assert.equal(err, '');
  assert.equal(code, 0);
  type Edit = TextEdit & { path: string };
  type Finding = Omit<Said, 'fixes'> & { stage?: string; fixes: { title: string; edits: Edit[] }[] };
  return (JSON.parse(out).findings as Finding[]).map(({ path, rule, severity, range, message, page, related, fixes }) => {
    const after = (edits: Edit[]) => {
      const paths = [...new Set(edits.map(edit => edit.path))].sort();
      return Object.fromEntries(
        paths.map(p => [
          p,
          edited(
            read(p),
            edits.filter(edit => edit.path === p),
          ),
        ]),
      );
    };
    const shown = fixes.map(fix => ({ title: fix.title, after: fix.edits.length > 0 ? after(fix.edits) : undefined }));
    return { path, rule, severity, range, message, page, related, fixes: shown };
  });
}

export interface Server {
  readonly connection: ProtocolConnection;
  stop(): Promise<void>;
}

/** `authlint lsp --stdio`, as Neovim and others start it. */
export function startStdio(): Server {
  const child = spawn(process.execPath, [`${dist}/cli.js`, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  return over(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), () => void child.kill('SIGKILL'));
}

/** `dist/server.js` over node's own channel, as the desktop extension starts it. */
export function startIpc(): Server {
  const child = fork(`${dist}/server.js`, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return over(new IPCMessageReader(child), new IPCMessageWriter(child), () => void child.kill('SIGKILL'));
}

/** `dist/server.browser.js` in a thread that has what a web worker has and nothing of node. */
export function startWorker(): Server {
  const worker = new Worker(webWorker, { eval: true, workerData: `${dist}/server.browser.js` });
  worker.on('error', error => {
    // The stack quotes the bundle, which is one line of a megabyte.
    throw new Error(`the web worker broke: ${error.message}`);
  });
  return over(new WorkerReader(worker), new WorkerWriter(worker), () => void worker.terminate());
}

const webWorker = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
const names = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'TextEncoder', 'TextDecoder', 'URL',
  'URLSearchParams', 'performance', 'structuredClone', 'AbortController', 'crypto', 'atob', 'btoa', 'console', 'fetch', 'Event', 'EventTarget'];
const scope = Object.fromEntries(names.map(name => [name, globalThis[name]]));
scope.postMessage = message => parentPort.postMessage(JSON.stringify(message));
scope.close = () => process.exit();
vm.createContext(scope);
vm.runInContext(\`
  const listeners = [];
  Object.assign(globalThis, {
    self: globalThis,
    onmessage: null,
    addEventListener: (type, listener) => void (type === 'message' && listeners.push(listener)),
    deliver: text => [globalThis.onmessage, ...listeners].forEach(listener => listener?.({ data: JSON.parse(text) })),
  });
\`, scope);
parentPort.on('message', text => scope.deliver(text));
vm.runInContext(require('node:fs').readFileSync(workerData, 'utf8'), scope, { filename: workerData });
`;

class WorkerReader extends AbstractMessageReader implements MessageReader {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }

  listen(callback: DataCallback): Disposable {
    const receive = (text: string) => callback(JSON.parse(text));
    this.#worker.on('message', receive);
    return { dispose: () => void this.#worker.off('message', receive) };
  }
}

class WorkerWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }

  async write(message: Message): Promise<void> {
    this.#worker.postMessage(JSON.stringify(message));
  }

  end(): void {}
}

function over(reader: MessageReader, writer: MessageWriter, kill: () => void): Server {
  const connection = createProtocolConnection(reader, writer);
  connection.onError(() => undefined);
  return {
    connection,
    async stop() {
      const limit = setTimeout(kill, 3000);
      await connection.sendRequest('shutdown').catch(() => undefined);
      await connection.sendNotification('exit').catch(() => undefined);
      clearTimeout(limit);
      connection.dispose();
      kill();
    },
  };
}

const capabilities = {
  workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

const severities = ['', 'error', 'warning', 'information', 'hint'];

/** Everything a language server publishes about a folder, once it says as much as `expected` and then no more. */
export async function askServer({ connection }: Server, folder: string, read: ReadText, expected: number): Promise<Said[]> {
  const published = new Map<string, Diagnostic[]>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    published.set(uri, diagnostics);
  });
  connection.onRequest(findFilesRequest, async (params: { folder: string }) =>
    (await nodeFiles.list(toFileId(fileURLToPath(params.folder)))).map(id => pathToFileURL(toPath(id) as string).href),
  );
  connection.onRequest(readFileRequest, async ({ uri }: { uri: string }) => (await nodeFiles.read(toFileId(fileURLToPath(uri)))) ?? null);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  const workspaceFolders = [{ uri, name: 'folder' }];
  const initializationOptions = { providesFiles: true };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders,
    capabilities,
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const count = () => [...published.values()].reduce((sum, diagnostics) => sum + diagnostics.length, 0);
  const deadline = Date.now() + 60_000;
  for (let calm = 0; calm < 10 && Date.now() < deadline; calm = count() === expected ? calm + 1 : 0) {
    await new Promise(done => setTimeout(done, 50));
  }
  const said: Said[] = [];
  for (const [fileUri, diagnostics] of published) {
    for (const diagnostic of diagnostics) said.push(await toSaid(connection, fileUri, diagnostic, uri, read));
  }
  return said;
}

async function toSaid(connection: ProtocolConnection, uri: string, diagnostic: Diagnostic, root: string, read: ReadText): Promise<Said> {
  const pathOf = (one: string) => decodeURIComponent(new URL(one).pathname.slice(new URL(root).pathname.length + 1));
  const actions: CodeAction[] = await connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic], only: ['quickfix'] },
  });
  const own = actions.filter(
    ({ title, diagnostics }) => JSON.stringify(diagnostics?.[0]) === JSON.stringify(diagnostic) && !title.startsWith('Allow '),
  );
  return {
    path: pathOf(uri),
    rule: String(diagnostic.code),
    severity: severities[diagnostic.severity ?? 0] as string,
    range: diagnostic.range,
    message: String(diagnostic.message),
    page: diagnostic.codeDescription?.href ?? '',
    related: (diagnostic.relatedInformation ?? []).map(({ location, message }) => ({
      path: pathOf(location.uri),
      range: location.range,
      message,
    })),
    fixes: own.map(action => ({ title: action.title, after: textsAfter(action, pathOf, read) })),
  };
}

function textsAfter({ edit }: CodeAction, pathOf: (uri: string) => string, read: ReadText): Record<string, string> {
  const changes = (edit?.documentChanges ?? []).flatMap(change => ('edits' in change ? [change] : []));
  const texts = changes.map(
    ({ textDocument, edits }) => [pathOf(textDocument.uri), edited(read(pathOf(textDocument.uri)), edits as TextEdit[])] as const,
  );
  return Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
