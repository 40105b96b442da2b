// Converts between offsets and lines. Used where findings leave the core: the language server and the command line.
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
  readonly #starts: number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = text.includes('\r') ? lineStarts(text) : lineFeedStarts(text);
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
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
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

function lineStarts(text: string): number[] {
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
