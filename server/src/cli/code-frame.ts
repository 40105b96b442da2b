// Shows the place a finding is about: the line, its number, and carets below. Secrets on the line are masked.
import type { LineMap } from '../core/text/line-map.ts';
import type { Span } from '../core/text/span.ts';
import { printable, widthOf } from './printable.ts';
import { mask, secretsOf } from './redact.ts';
import type { Paint, Style } from './style.ts';

/** Columns of source that a frame shows; a longer line is cut around the place. */
const frameWidth = 120;

/** Characters up to which a text is searched for secrets as a whole. */
const wholeText = 262_144;

/** Characters before and behind the place, at least, in which secrets of a longer text are looked for: enough for a private key. */
const margin = 16_384;

/** Characters of a longer text whose places are searched for together. */
const window = 131_072;

export interface FramedPlace {
  readonly text: string;
  readonly lines: LineMap;
  readonly span: Span;
  /** Places that are known to be secret, beside what looks so; in order and without overlaps. */
  readonly secrets: readonly Span[];
}

/** Lines of the frame, without a newline at the end of the last. */
export function codeFrame({ text, lines, span, secrets }: FramedPlace, style: Style, paint: Paint): string {
  const line = lines.lineAt(span.start);
  const lineStart = lines.lineStart(line);
  const lineEnd = lineStart + (/^[^\r\n]*/.exec(text.slice(lineStart, lines.lineStart(line + 1)))?.[0].length ?? 0);
  const cells = toCells(text, lineStart, lineEnd, [
    ...secretsOnLine(text, span, lineStart, lineEnd),
    ...between(secrets, lineStart, lineEnd),
  ]);
  const from = cells.findIndex(cell => cell.end > span.start);
  const first = from < 0 ? cells.length : from;
  let last = first;
  while (last < cells.length && (cells[last] as Cell).start < span.end) last++;
  const { shown, skipped } = cut(cells, first, last);

  const number = String(line + 1);
  const gutter = ' '.repeat(number.length);
  const width = (some: readonly Cell[]) => some.reduce((sum, cell) => sum + cell.width, 0);
  const before = width(shown.slice(0, first - skipped)) + (skipped > 0 ? 1 : 0);
  const marked = Math.max(1, width(shown.slice(first - skipped, last - skipped)));
  const source = `${skipped > 0 ? '…' : ''}${shown.map(cell => cell.text).join('')}${skipped + shown.length < cells.length ? '…' : ''}`;
  const lastLine = lines.lineAt(Math.max(span.start, span.end - 1));
  const more = lastLine > line ? ` … to line ${lastLine + 1}` : '';
  return [
    style.dim(`${gutter} |`),
    `${style.dim(`${number} |`)} ${source.trimEnd()}`,
    `${style.dim(`${gutter} |`)} ${' '.repeat(before)}${paint(`${'^'.repeat(marked)}${more}`)}`,
  ].join('\n');
}

/** One thing on the screen: a character, or a mask in place of many. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly width: number;
}

function toCells(text: string, start: number, end: number, secrets: readonly Span[]): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (let at = start; at < end; ) {
    const secret = secrets.find(span => span.start <= at && at < span.end);
    const code = text.charCodeAt(at);
    if (!secret && code >= 0x20 && code < 0x7f) {
      // Nearly every character of every line is a plain one.
      cells.push({ start: at, end: at + 1, text: text.charAt(at), width: 1 });
      column++;
      at++;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const next = secret ? Math.min(secret.end, end) : at + character.length;
    const shown = secret ? mask : character === '\t' ? ' '.repeat(4 - (column % 4)) : printable(character);
    const width = secret || shown !== character ? shown.length : widthOf(character);
    cells.push({ start: at, end: next, text: shown, width });
    column += width;
    at = next;
  }
  return cells;
}

/** Cells to show so that the marked ones are seen, and how many are left out before them. */
function cut(cells: readonly Cell[], first: number, last: number): { shown: readonly Cell[]; skipped: number } {
  if (cells.length <= frameWidth) return { shown: cells, skipped: 0 };
  const room = Math.max(20, frameWidth - Math.min(last - first, frameWidth));
  const skipped = Math.min(first, Math.max(0, first - Math.floor(room / 2)));
  return { shown: cells.slice(skipped, skipped + frameWidth), skipped };
}

/** What was searched last: findings are told in the order of the text. */
let searched: { readonly text: string; readonly from: number; readonly secrets: readonly Span[] } | undefined;

function secretsOnLine(text: string, span: Span, lineStart: number, lineEnd: number): readonly Span[] {
  // The windows of a long text begin at fixed places, so that what is near one another is searched once.
  const start = Math.floor(span.start / window) * window;
  const from = text.length <= wholeText ? 0 : Math.max(0, start - margin);
  if (searched?.text !== text || searched.from !== from) {
    const part = text.length <= wholeText ? text : text.slice(from, start + window + 2 * margin);
    searched = { text, from, secrets: secretsOf(part) };
  }
  return between(searched.secrets, lineStart - from, lineEnd - from).map(({ start, end }) => ({ start: start + from, end: end + from }));
}

/** Those of some spans that reach into a range. They are in order and do not overlap; a large file has thousands. */
function between(spans: readonly Span[], start: number, end: number): readonly Span[] {
  const first = firstEndingBehind(spans, start);
  let behind = first;
  while (behind < spans.length && (spans[behind] as Span).start < end) behind++;
  return spans.slice(first, behind);
}

/** Index of the first of some spans, in order and without overlaps, that ends behind an offset. */
function firstEndingBehind(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
