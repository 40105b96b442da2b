// Where the caret stands in a line `NAME=value` of an environment file.
import type { Span } from '../text/span.ts';

export interface LineCaret {
  readonly kind: 'name' | 'value';
  /** The name before the separator; what is typed so far where the name itself is. */
  readonly name: string;
  /** What a proposal replaces. */
  readonly word: Span;
  /** Whether `=` follows. */
  readonly separated: boolean;
}

/** Undefined in comments, and where no variable can stand. */
export function lineCaretAt(text: string, offset: number): LineCaret | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const lineEnd = text.indexOf('\n', offset);
  const after = text.slice(offset, lineEnd < 0 ? text.length : lineEnd);
  const name = /^\s*(?:export\s+)?([\w.-]*)$/.exec(before)?.[1];
  if (name !== undefined) {
    const rest = /^[\w.-]*/.exec(after)?.[0] as string;
    const word = { start: offset - name.length, end: offset + rest.length };
    return { kind: 'name', name: name + rest, word, separated: /^\s*[=:]/.test(after.slice(rest.length)) };
  }
  const value = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(["']?)([^"'#\s]*)$/.exec(before);
  if (!value) return undefined;
  const rest = /^[^"'#\s]*/.exec(after)?.[0] as string;
  const word = { start: offset - (value[3] as string).length, end: offset + rest.length };
  return { kind: 'value', name: value[1] as string, word, separated: true };
}
