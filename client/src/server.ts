// The language server as the extension sees it: something that can be started again, whatever state it got into.
import { type CancellationToken, type Disposable, EventEmitter, type LogOutputChannel, window } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import { documentSelector } from './document-selector.ts';
import { initializationOptions } from './initialization-options.ts';
import { linkRulePages } from './rule-links.ts';
import { provideFiles } from './workspace-files.ts';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export class Server implements Disposable {
  readonly output: LogOutputChannel = window.createOutputChannel('Authlint', { log: true });
  readonly #createClient: CreateClient;
  readonly #stateChanged = new EventEmitter<State>();
  readonly onDidChangeState = this.#stateChanged.event;
  #client: BaseLanguageClient | undefined;
  #starting: Promise<void> | undefined;

  constructor(createClient: CreateClient) {
    this.#createClient = createClient;
  }

  get state(): State {
    return this.#client?.state ?? State.Stopped;
  }

  /** Starts the server, or a new one in place of the running one; resolves when it answers, rejects when it cannot start. */
  start(): Promise<void> {
    this.#starting ??= this.#replaceClient().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** Asks the server, which is started where it does not run; rejects when it cannot start. */
  async request<Result>(method: string, params: unknown, cancellation?: CancellationToken): Promise<Result> {
    if (this.state !== State.Running) await this.start();
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
    const client = this.#createClient('authlint', 'Authlint', {
      documentSelector: documentSelector(),
      outputChannel: this.output,
      initializationOptions,
      middleware: linkRulePages,
    });
    this.#client = client;
    provideFiles(client);
    client.onDidChangeState(({ newState }) => this.#stateChanged.fire(newState));
    await client.start();
  }

  async #stop(): Promise<void> {
    // A server that hangs does not answer its farewell; the client ends it then, and nobody needs to hear of it.
    await this.#client?.dispose().catch(() => undefined);
    this.#client = undefined;
  }
}
