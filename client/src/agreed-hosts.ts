// The hosts that a person has agreed to ask, once for each, kept for the workspace.
import { type Memento, window } from 'vscode';

const key = 'authlint.agreedHosts';

export class AgreedHosts {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  all(): readonly string[] {
    return this.#memory.get<readonly string[]>(key, []);
  }

  /** Asks the person; whoever names an address of this machine has agreed by that. */
  async ask(host: string): Promise<boolean> {
    if (!/^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host)) {
      const detail = 'One request without credentials; no token is sent. Authlint remembers that you agreed, in this workspace.';
      const agree = 'Ask This Host';
      if ((await window.showWarningMessage(`Ask ${host} for its keys?`, { modal: true, detail }, agree)) !== agree) return false;
    }
    await this.#memory.update(key, [...this.all(), host]);
    return true;
  }
}
