// The language server as the extension sees it: something that can be started again, whatever state it got into.
import { type CancellationToken, type Disposable, EventEmitter, type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { documentSelector } from './document-selector.ts';
import { initializationOptions } from './initialization-options.ts';
import type { Connect } from './language-client.ts';
import { linkRulePages } from './rule-links.ts';
import { provideFiles } from './workspace-files.ts';

export type ServerState = 'starting' | 'running' | 'stopped';

export class Server implements Disposable {
  readonly output: LogOutputChannel = window.createOutputChannel('Authlint', { log: true });
  readonly #connect: Connect;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#stateChanged.event;
  /** Whoever makes a server starts it. */
  #state: ServerState = 'starting';
  #client: BaseLanguageClient | undefined;
  #starting: Promise<void> | undefined;

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server, or a new one in place of the running one; resolves when it answers, rejects when it cannot start. */
  start(): Promise<void> {
    this.#starting ??= this.#replaceClient()
      .catch(error => {
        this.#changeState('stopped');
        throw error;
      })
      .finally(() => {
        this.#starting = undefined;
      });
    return this.#starting;
  }

  /** Asks the server, which is started where it does not run; rejects when it cannot start. */
  async request<Result>(method: string, params: unknown, cancellation?: CancellationToken): Promise<Result> {
    if (this.state !== 'running') await this.start();
    if (!this.#client) throw new Error('Authlint is not running.');
    // An argument that is there and undefined would count as a second parameter.
    return cancellation ? this.#client.sendRequest<Result>(method, params, cancellation) : this.#client.sendRequest<Result>(method, params);
  }

  dispose(): Promise<void> {
    const stopped = this.#stop();
    this.#stateChanged.dispose();
    this.output.dispose();
    return stopped;
  }

  /** A client whose start or stop has failed cannot be started again, so each start makes a new one. */
  async #replaceClient(): Promise<void> {
    await this.#stop();
    const { createClient } = await import('./language-client.ts');
    const client = createClient(this.#connect, {
      documentSelector: documentSelector(),
      outputChannel: this.output,
      initializationOptions,
      middleware: linkRulePages,
    });
    this.#client = client;
    provideFiles(client);
    client.onDidChangeState(() => this.#changeState(client.isRunning() ? 'running' : client.needsStop() ? 'starting' : 'stopped'));
    await client.start();
  }

  #changeState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  async #stop(): Promise<void> {
    // A server that hangs does not answer its farewell; the client ends it then, and nobody needs to hear of it.
    await this.#client?.dispose().catch(() => undefined);
    this.#client = undefined;
  }
}
