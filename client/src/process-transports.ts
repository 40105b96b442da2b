// Messages to and from the server's process, which node sends as they are.
import type { ChildProcess } from 'node:child_process';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Message,
  type MessageTransports,
} from 'vscode-languageclient';

export function transportsOf(child: ChildProcess): MessageTransports {
  return { reader: new ProcessReader(child), writer: new ProcessWriter(child) };
}

class ProcessReader extends AbstractMessageReader {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('error', error => this.fireError(error));
    child.on('close', () => this.fireClose());
  }

  listen(callback: DataCallback) {
    const listener = (message: unknown) => callback(message as Message);
    this.#child.on('message', listener);
    return { dispose: () => void this.#child.off('message', listener) };
  }
}

class ProcessWriter extends AbstractMessageWriter {
  readonly #child: ChildProcess;
  #failures = 0;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
  }

  async write(message: Message): Promise<void> {
    this.#child.send(message, error => {
      this.#failures = error ? this.#failures + 1 : 0;
      if (error) this.fireError(error, message, this.#failures);
    });
  }

  end(): void {}
}
