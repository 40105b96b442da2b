// Replacements of text, and how several of them are applied at once.
import type { FileId } from './file-id.ts';
import type { Span } from './span.ts';

/** Replaces `span` of `file` by `newText`. All edits of one fix refer to the texts as they were before it. */
export interface Edit {
  readonly file: FileId;
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits of one file, given in any order. An edit that overlaps an earlier one is a broken invariant and throws. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let position = 0;
  for (const edit of ordered) {
    if (edit.span.start < position) throw new Error('edits of one fix must not overlap');
    result += text.slice(position, edit.span.start) + edit.newText;
    position = edit.span.end;
  }
  return result + text.slice(position);
}
