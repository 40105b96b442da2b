// The strings in a value, and places inside of them.
import { spanInside } from '../text/moving-span.ts';
import type { Span } from '../text/span.ts';
import type { EvaluatedString, EvaluatedValue } from './values.ts';

/** The value itself where it is a string, or the strings of a list. */
export function stringsIn(value: EvaluatedValue): readonly EvaluatedString[] {
  if (value.kind === 'string') return [value];
  if (value.kind !== 'array') return none;
  const { items } = value;
  // Asked of every list by many rules, so that nothing is made where all are strings.
  for (let i = 0; i < items.length; i++) if (items[i]?.kind !== 'string') return items.filter(isString);
  return items as readonly EvaluatedString[];
}

const none: readonly EvaluatedString[] = [];
const isString = (value: EvaluatedValue): value is EvaluatedString => value.kind === 'string';

/** Place in the text of a part of a string; the whole string where escapes make offsets differ. */
export function placeInString({ node }: EvaluatedString, start: number, end: number): Span {
  if (node.escaped) return node.contentSpan;
  return spanInside(node.contentSpan, start, end);
}

/** What nats-server takes for a bcrypt hash instead of a password. */
export function isBcryptHash(text: string): boolean {
  return /^\$2[abxy]\$\d\d\$/.test(text);
}

/** A stand-in that a template engine, a shell or a person is to replace: no secret. */
export function isPlaceholder(text: string): boolean {
  return /^\$\{?\w+\}?$|\$\{[^}]*\}|\$\([^)]*\)|\{\{|<%|^<[^<>]*>$|^%\w+%$|^@\w+@$|^__\w+__$|^\*+$|^[xX.]+$|^\u2026$/.test(text);
}
