// A language client for tests: starts the built server as an editor would and records everything that it says.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { authMapRequest } from '../../server/src/protocol.ts';

/** Another build than the usual one can be tested by naming it. */
export const serverModule = resolve(process.env.AUTHLINT_SERVER ?? 'dist/server.js');
const patience = 40_000;

/** What a modern editor says about itself. */
export const fullCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

const created: TestFolder[] = [];

/** A workspace on disk that exists while a test runs. */
export class TestFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'authlint lsp ')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    created.push(this);
    for (const [name, text] of Object.entries(files)) this.put(name, text);
  }

  put(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  delete(name: string): void {
    rmSync(join(this.path, name), { recursive: true });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  uri(name = ''): string {
    return pathToFileURL(join(this.path, name)).href;
  }
}

export interface ClientOptions {
  readonly folders?: readonly TestFolder[];
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  /** Further members of the initialize request, in place of the usual ones. */
  readonly params?: object;
  /** The `authlint` section that the client answers with. */
  readonly settings?: object;
  readonly args?: readonly string[];
}

const started: TestClient[] = [];

/** Stops every server that a test started, and removes its folders. */
export async function stopClients(): Promise<void> {
  await Promise.all(started.splice(0).map(client => client.stop()));
  for (const folder of created.splice(0)) folder.remove();
}

export class TestClient {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  /** Every report, in order. */
  readonly reports: PublishDiagnosticsParams[] = [];
  readonly logs: string[] = [];
  readonly shown: string[] = [];
  readonly registered: string[] = [];
  settings: object = {};
  /** Rules that a test is about: `expect` sees no others, so that a new rule changes no old test. */
  about = /./;
  /** Everything the server wrote, as it went over the wire. */
  sent = '';
  errors = '';
  result!: InitializeResult;
  #closed = false;
  readonly #ended: Promise<never>;
  #lastReport = Date.now();
  readonly #versions = new Map<string, number>();

  private constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [serverModule, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = this.process;
    assert.ok(stdin && stdout && stderr);
    const output = new PassThrough();
    stdout.on('data', chunk => {
      this.sent += String(chunk);
      output.write(chunk);
    });
    stderr.on('data', chunk => {
      this.errors += String(chunk);
    });
    this.#ended = new Promise((_, reject) => {
      this.process.on('exit', code => {
        this.#closed = true;
        reject(new Error(`the server ended with ${code}: ${this.errors}`));
      });
    });
    this.#ended.catch(() => undefined);
    this.connection = createProtocolConnection(new StreamMessageReader(output), new StreamMessageWriter(stdin));
    this.connection.onError(() => undefined);
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#lastReport = Date.now();
      this.diagnostics.set(params.uri, params);
      this.reports.push(params);
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => void this.logs.push(message));
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => void this.shown.push(message));
    this.connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations.map(({ method }) => method));
      return null;
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => this.settings));
    this.connection.listen();
  }

  /** Starts a server and shakes hands. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options.args ?? ['--stdio']);
    started.push(client);
    client.settings = options.settings ?? {};
    const folders = (options.folders ?? []).map(folder => ({ uri: folder.uri(), name: 'folder' }));
    client.result = await client.request('initialize', {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders.length > 0 ? folders : null,
      capabilities: options.capabilities ?? fullCapabilities,
      initializationOptions: options.initializationOptions,
      ...options.params,
    });
    client.notify('initialized', {});
    return client;
  }

  /** Rejects when the server ends instead of answering. */
  async request<Result>(method: string, params?: unknown): Promise<Result> {
    return Promise.race([this.connection.sendRequest<Result>(method, params), this.#ended]);
  }

  notify(method: string, params?: unknown): void {
    void this.connection.sendNotification(method, params);
  }

  open(uri: string, text: string, languageId = 'plaintext', version = 1): void {
    this.#versions.set(uri, version);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  /** Sends changes as the next version. */
  change(uri: string, ...contentChanges: object[]): number {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return version;
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Tells the server about the disk: 1 created, 2 changed, 3 deleted. */
  watched(...changes: readonly (readonly [uri: string, type: 1 | 2 | 3])[]): void {
    this.notify('workspace/didChangeWatchedFiles', { changes: changes.map(([uri, type]) => ({ uri, type })) });
  }

  /** Waits until the diagnostics of a document are exactly these, each as `line:character-line:character rule`. */
  async expect(uri: string, expected: readonly string[], version?: number): Promise<readonly Diagnostic[]> {
    const now = () => this.diagnostics.get(uri);
    const seen = () => (now()?.diagnostics ?? []).filter(({ code }) => this.about.test(String(code)));
    const shown = () => seen().map(short);
    await waitFor(
      () => JSON.stringify(shown()) === JSON.stringify(expected) && (version === undefined || now()?.version === version),
      () => assert.deepEqual({ version: version === undefined ? undefined : now()?.version, shown: shown() }, { version, shown: expected }),
    );
    return seen();
  }

  /** Waits until the reports make something true. */
  async until(isSo: () => boolean): Promise<void> {
    await waitFor(isSo, () =>
      assert.fail(JSON.stringify([...this.diagnostics.values()].map(({ uri, diagnostics }) => [uri, diagnostics.map(short)]))),
    );
  }

  /** Waits until the server has read its folders, and has then reported nothing for a while in which it answers. */
  async quiet(milliseconds = 300): Promise<void> {
    // The map is drawn when everything is read. A busy machine may give the server no time for longer than the while.
    await this.request(authMapRequest, {});
    this.#lastReport = Date.now();
    await waitFor(() => Date.now() - this.#lastReport >= milliseconds);
    await this.request(authMapRequest, {});
  }

  async codeActions(uri: string, diagnostic: Diagnostic | undefined, only?: readonly string[]): Promise<CodeAction[]> {
    const range = diagnostic?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const context = { diagnostics: diagnostic ? [diagnostic] : [], ...(only ? { only } : {}) };
    return this.request('textDocument/codeAction', { textDocument: { uri }, range, context });
  }

  /** Ends the server as an editor does; gives its exit code. */
  async stop(): Promise<number | null> {
    if (this.#closed) return this.process.exitCode;
    const exited = new Promise<void>(done => this.process.once('exit', () => done()));
    await Promise.race([this.request('shutdown').catch(() => undefined), exited]);
    this.notify('exit');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(timer);
    this.connection.dispose();
    return this.process.exitCode;
  }
}

/** Polls until something is so; when it takes too long, `explain` says what is wrong. */
export async function waitFor(isSo: () => boolean, explain?: () => void): Promise<void> {
  const end = Date.now() + patience;
  while (!isSo()) {
    if (Date.now() > end) {
      explain?.();
      assert.fail('it took too long');
    }
    await new Promise(done => setTimeout(done, 10));
  }
}

/** The text after the edits that an action makes in one document. */
export function applied(action: CodeAction | undefined, uri: string, text: string): string {
  assert.ok(action, 'there is no such action');
  const changes = action.edit?.documentChanges?.flatMap(change =>
    'edits' in change && change.textDocument.uri === uri ? change.edits : [],
  );
  const edits = (changes ?? action.edit?.changes?.[uri] ?? []) as TextEdit[];
  assert.ok(edits.length > 0, `«${action.title}» changes nothing in ${uri}`);
  return TextDocument.applyEdits(TextDocument.create(uri, 'plaintext', 1, text), edits);
}

export function short({ range: { start, end }, code }: Diagnostic): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${code}`;
}

/** A line with exactly one finding, whatever rules there will be: it allows a rule that does not exist. */
export const mistake = '# authlint: allow no/rule';

/** The finding of `mistake`, written at this place. */
export function mistakeAt(line: number, character: number): string {
  return `${line}:${character + mistake.indexOf('no/')}-${line}:${character + mistake.length} workspace/unknown-rule`;
}

/** A token with a signature of its own kind, `seconds` from now until it expires. */
export function token(claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${testSignature}`;
}

/** What no message of the server may ever hold. */
export const testSignature = 'c2lnbmF0dXJlLW9mLW5vLWltcG9ydGFuY2UtYXQtYWxs';
