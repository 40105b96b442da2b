// What a fix inserts may be what stood there already. A secret that is hidden in its line must not leave that way.
import type { Span } from '../core/text/span.ts';
import { findSecrets, shortestSecret } from './redact.ts';

/** What the secrets of a text read. A text may have thousands, and thousands of others are asked whether they repeat one. */
export class SecretTexts {
  readonly #texts: ReadonlySet<string>;
  readonly #lengths: ReadonlySet<number>;

  constructor(source: string, secrets: readonly Span[]) {
    this.#texts = new Set(secrets.map(({ start, end }) => source.slice(start, end)).filter(({ length }) => length >= shortestSecret));
    this.#lengths = new Set([...this.#texts].map(({ length }) => length));
  }

  areIn(text: string): boolean {
    for (const length of this.#lengths) {
      for (let at = 0; at + length <= text.length; at++) if (this.#texts.has(text.slice(at, at + length))) return true;
    }
    return false;
  }
}

/** Whether `text`, which is about to leave as a part of a machine-readable output, repeats one of some secrets or looks like one. */
export function holdsSecret(text: string, secrets: SecretTexts): boolean {
  return text.length >= shortestSecret && (findSecrets(text).length > 0 || secrets.areIn(text));
}
