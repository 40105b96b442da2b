// Converts between offsets and lines. Used where findings leave the core: the language server and the command line.
import type { Version } from './absence.ts';
import { commonEnds } from './equal-ends.ts';
import type { Span } from './span.ts';

/** 0-based line and 0-based UTF-16 character, as in the language server protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open range of positions, as in the language server protocol. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

const CR = 13;
const LF = 10;

/** Line starts of one text; LF, CRLF and CR end a line, as in the language server protocol. */
export class LineMap {
  readonly #starts: Int32Array;
  readonly #length: number;

  constructor(text: string, starts = lineStarts(text)) {
    this.#starts = starts;
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a line; the text's length for lines behind the last one. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Line that holds the offset. Offsets outside of the text are clamped to it. */
  lineAt(offset: number): number {
    return Math.max(0, countUpTo(this.#starts, offset) - 1);
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.lineStart(line) };
  }

  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Offset of a position; a character behind the end of its line is clamped to the start of the next. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    return Math.min(this.lineStart(line) + Math.max(0, character), this.lineStart(line + 1));
  }
}

/** The latest version of each text, with its line starts. */
const latest = new WeakMap<object, { readonly text: string; readonly starts: Int32Array }>();

/** The lines of a file. Those of a new version that were not edited are not searched for again. */
export function lineMapOf({ text, lineage }: Version): LineMap {
  const before = lineage && latest.get(lineage);
  const starts = before ? startsAfterEdit(before, text) : lineStarts(text);
  if (lineage) latest.set(lineage, { text, starts });
  return new LineMap(text, starts);
}

function startsAfterEdit(before: { readonly text: string; readonly starts: Int32Array }, text: string): Int32Array {
  const { prefix, suffix } = commonEnds(before.text, text);
  const shift = text.length - before.text.length;
  // Whether a line starts somewhere is told by the characters before and behind that place.
  const from = Math.max(0, prefix - 1);
  const to = text.length - suffix + 1;
  const kept = countUpTo(before.starts, from);
  const moved = countUpTo(before.starts, to - shift - 1);
  const edited = lineStarts(text.slice(from, to)).filter(start => start > 0 && from + start < to);
  const starts = new Int32Array(kept + edited.length + before.starts.length - moved);
  starts.set(before.starts.subarray(0, kept));
  for (let i = 0; i < edited.length; i++) starts[kept + i] = from + (edited[i] as number);
  const ahead = kept + edited.length - moved;
  for (let i = moved; i < before.starts.length; i++) starts[i + ahead] = (before.starts[i] as number) + shift;
  return starts;
}

/** How many of ascending numbers are not above `limit`. */
function countUpTo(ascending: Int32Array, limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): Int32Array {
  return Int32Array.from(text.includes('\r') ? mixedLineStarts(text) : lineFeedStarts(text));
}

function mixedLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) starts.push(i + 1);
  }
  return starts;
}

/** The same for a text in which only line feeds end lines: a search is faster than looking at each character. */
function lineFeedStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
