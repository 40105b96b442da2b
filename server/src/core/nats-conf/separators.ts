// What stands between a key and its value on one line: one space, and where somebody has put the values of several lines below each other, as many
// more as keep them there.
import type { Span } from '../text/span.ts';
import type { Entry, MapNode, ParsedConf, TextEdit, ValueNode } from './tree.ts';

export function separatorEdits(text: string, parsed: ParsedConf): TextEdit[] {
  const edits: TextEdit[] = [];
  const visitValue = (node: ValueNode): void => {
    if (node.kind === 'map') visitMap(node);
    else if (node.kind === 'array') node.items.forEach(visitValue);
  };
  const visitMap = ({ statements: entries }: MapNode): void => {
    for (const column of columnsIn(text, entries)) {
      const excess = Math.min(...column.map(blanksMore));
      for (const gap of column) {
        const newText = column.length > 1 ? widened(gap, blanksMore(gap) - excess) : gap.wanted;
        if (newText !== gap.written) edits.push({ span: gap.span, newText });
      }
    }
    for (const entry of entries) if (entry.kind === 'pair') visitValue(entry.value);
  };
  visitMap(parsed.tree);
  return edits;
}

/** From a key to its value on the same line. */
interface Gap {
  /** Of the key, with its quote. */
  readonly start: number;
  readonly span: Span;
  readonly written: string;
  readonly wanted: string;
}

/** Undefined for what has no value on the line of its key. */
function gapOf(text: string, entry: Entry): Gap | undefined {
  if (entry.kind !== 'pair') return undefined;
  const quote = entry.keyQuote === 'none' ? 0 : 1;
  const span = { start: entry.keySpan.end + quote, end: entry.value.span.start };
  const written = text.slice(span.start, span.end);
  if (span.end <= span.start || !/^[ \t]*[:=]?[ \t]*$/.test(written)) return undefined;
  const wanted = entry.separator === 'colon' ? ': ' : entry.separator === 'equal' ? ' = ' : ' ';
  return { start: entry.keySpan.start - quote, span, written, wanted };
}

/** Gaps of lines that follow each other and whose values begin in the same column; each other gap by itself. */
function columnsIn(text: string, entries: readonly Entry[]): readonly (readonly Gap[])[] {
  const columns: Gap[][] = [];
  for (const entry of entries) {
    const gap = gapOf(text, entry);
    if (!gap) continue;
    const column = columns.at(-1);
    const before = column?.at(-1);
    if (column && before && mayAlign(before) && mayAlign(gap) && isBelow(text, before, gap)) column.push(gap);
    else columns.push([gap]);
  }
  return columns;
}

/** A tab is as wide as the editor has it, and what is too narrow was not put there by anybody. */
function mayAlign(gap: Gap): boolean {
  return !gap.written.includes('\t') && blanksMore(gap) >= 0;
}

/** The value's column counts from the key: how far the line itself is indented may still change. */
function isBelow(text: string, before: Gap, gap: Gap): boolean {
  const isSame = gap.wanted === before.wanted && gap.span.end - gap.start === before.span.end - before.start;
  return isSame && /^[^\r\n]*(?:\r\n|\r|\n)[ \t]*$/.test(text.slice(before.span.end, gap.start));
}

function blanksMore({ written, wanted }: Gap): number {
  return written.length - wanted.length;
}

/** Blanks stand in front of an equal sign that had some there, otherwise in front of the value. */
function widened({ written, wanted }: Gap, blanks: number): string {
  const more = ' '.repeat(blanks);
  return /^ {2,}=/.test(written) ? more + wanted : wanted + more;
}
