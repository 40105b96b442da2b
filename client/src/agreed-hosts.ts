// The hosts that a person has agreed to ask, once for each, kept for the workspace. Nobody is asked for a workspace that is not trusted.

/** What remembers answers, as an extension's state of a workspace does. */
export interface HostMemory {
  get(key: string, otherwise: readonly string[]): readonly string[];
  update(key: string, hosts: readonly string[]): PromiseLike<void>;
}

/** The one thing that says more than a result: a host that has to be agreed to before there is one. */
interface Question {
  readonly kind: 'ask';
  readonly host: string;
}

const key = 'authlint.agreedHosts';

export class AgreedHosts {
  readonly #memory: HostMemory;
  readonly #isTrusted: () => boolean;
  readonly #confirm: (host: string) => PromiseLike<boolean>;

  /** `isTrusted` says whether the person trusts the workspace now; `confirm` asks them about a host. */
  constructor(memory: HostMemory, isTrusted: () => boolean, confirm: (host: string) => PromiseLike<boolean>) {
    this.#memory = memory;
    this.#isTrusted = isTrusted;
    this.#confirm = confirm;
  }

  get mayBeAsked(): boolean {
    return this.#isTrusted();
  }

  /**
   * The result of `request`, which is told the hosts that may be asked and names the next one that is needed: a discovery document may
   * lead to a second. Undefined where the person does not agree, or stops.
   */
  async answer<Result>(request: (hosts: readonly string[]) => PromiseLike<Result>): Promise<Exclude<Result, Question> | undefined> {
    while (this.mayBeAsked) {
      const hosts = this.#memory.get(key, []);
      const result = await request(hosts);
      if (!isQuestion(result)) return result as Exclude<Result, Question>;
      if (hosts.includes(result.host) || !(await this.#agreesTo(result.host))) return undefined;
      await this.#memory.update(key, [...hosts, result.host]);
    }
    return undefined;
  }

  /** Whoever names an address of this machine has agreed by that. */
  async #agreesTo(host: string): Promise<boolean> {
    return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host) || this.#confirm(host);
  }
}

function isQuestion<Result>(result: Result): result is Result & Question {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'ask';
}
