// A place in one of several texts.
import type { FileId } from './file-id.ts';
import type { Span } from './span.ts';

export interface Place {
  readonly file: FileId;
  readonly span: Span;
}

/** For maps and sets of places: two ways to one text, as by a variable that is used twice, have the same key. */
export function placeKey({ file, span }: Place): string {
  return `${file} ${span.start}`;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;
}
