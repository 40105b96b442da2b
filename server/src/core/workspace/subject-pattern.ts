// The subjects that an expression of a program can give, as a pattern: what the program fills in at run time becomes `*`.
import { hasWildcards, isValidSubject } from '../nats-auth/subject.ts';
import type { Piece } from '../nats-usage/values.ts';

export interface SubjectPattern {
  readonly subject: string;
  /** Whether the program fills in a part of it. */
  readonly varies: boolean;
  /** Patterns that together match all that it can give: the last token may turn out to be several. */
  readonly all: readonly string[];
}

const filled = '\u0000';

/** Undefined where nothing can be said: no subject, or one whose first token is only known at run time and may be a prefix of several. */
export function patternOf(pieces: readonly Piece[]): SubjectPattern | undefined {
  const tokens = pieces
    .map(piece => (typeof piece === 'string' ? piece : filled))
    .join('')
    .split('.');
  if (tokens[0]?.includes(filled)) return undefined;
  const subject = tokens.map(token => (token.includes(filled) ? '*' : token)).join('.');
  if (!isValidSubject(subject)) return undefined;
  const open = tokens.at(-1)?.includes(filled) ?? false;
  return { subject, varies: tokens.some(token => token.includes(filled)), all: open ? [subject, `${subject}.>`] : [subject] };
}

/** Messages go to one subject, so that wildcards in what is published are a mistake of another kind. */
export function isPublishable({ subject, varies }: SubjectPattern): boolean {
  return varies || !hasWildcards(subject);
}
