// What a check can say about one aspect of a token.

/** null: cannot be known here. `why` are sentences for a person, without token, signature or key. */
export interface Answer {
  readonly ok: boolean | null;
  readonly why: readonly string[];
}

export const pass = (...why: string[]): Answer => ({ ok: true, why });
export const fail = (...why: string[]): Answer => ({ ok: false, why });
export const unknown = (...why: string[]): Answer => ({ ok: null, why });
