// What the Go library holds against the claims of a NATS JWT: a code for each of its sentences. The words for people are in issue-words.ts.
import type { IssueCode } from './issue-words.ts';

/** `error`: servers refuse the claims. `time`: they refuse them now. `later`: only newer servers do. `warning`: only tools mention it. */
export type IssueSeverity = 'error' | 'warning' | 'time' | 'later';

export interface Issue {
  readonly code: IssueCode;
  readonly severity: IssueSeverity;
  /** Where in the payload, for instance `nats.exports[2].subject`. */
  readonly at: string;
}

/** Gathers issues about one part of the claims. */
export class Issues {
  readonly #found: Issue[];
  readonly #at: string;

  constructor(at: string, found: Issue[] = []) {
    this.#at = at;
    this.#found = found;
  }

  get found(): readonly Issue[] {
    return this.#found;
  }

  /** For a part of this part. */
  in(name: string): Issues {
    return new Issues(`${this.#at}${name.startsWith('[') ? '' : '.'}${name}`, this.#found);
  }

  error(code: IssueCode): void {
    this.#found.push({ code, severity: 'error', at: this.#at });
  }

  warning(code: IssueCode): void {
    this.#found.push({ code, severity: 'warning', at: this.#at });
  }

  time(code: IssueCode): void {
    this.#found.push({ code, severity: 'time', at: this.#at });
  }
}
