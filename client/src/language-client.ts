// The library that speaks with a server, which is most of the extension: loaded when there is one to speak with.
import type { LogOutputChannel } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type MessageTransports } from 'vscode-languageclient/browser';

/** Gives the ways to and from a new server, and hears nothing more of the one before. */
export type Connect = (output: LogOutputChannel) => Promise<MessageTransports>;

type Options = LanguageClientOptions & { readonly outputChannel: LogOutputChannel };

export function createClient(connect: Connect, options: Options): LanguageClient {
  return new ConnectedClient(connect, options);
}

class ConnectedClient extends LanguageClient {
  readonly #connect: () => Promise<MessageTransports>;

  constructor(connect: Connect, options: Options) {
    const connectAgain = () => connect(options.outputChannel);
    super('authlint', 'Authlint', connectAgain, options);
    this.#connect = connectAgain;
  }

  /** The library's own asks first whether it has a worker, a word that node does not know. */
  protected override createMessageTransports(): Promise<MessageTransports> {
    return this.#connect();
  }
}
