// Fixes that add options to a command. What they are to hold only the person knows, so they are never safe.
import type { Fix } from '../lint/finding.ts';
import type { Span } from '../text/span.ts';
import type { CommandModel } from './model.ts';

/** Inserts words behind a place of the command. */
export function insertBehind({ file }: CommandModel, { end }: Span, words: string, title: string): Fix {
  return { title, safety: 'unsafe', edits: () => [{ file, span: { start: end, end }, newText: words }] };
}
