// Which bracket was forgotten? The one that is open at the end of the file is often closed by the bracket of another: indentation tells.
import { LineMap } from '../text/line-map.ts';
import { type Span, span } from '../text/span.ts';
import { isBlank, isNewline, lineEnd, lineStart } from './characters.ts';
import { fix, type Mistake, mistakes } from './mistakes.ts';
import type { Frame } from './parser.ts';
import type { TextEdit } from './tree.ts';

interface ClosedBracket {
  readonly kind: 'map' | 'array';
  readonly open: number;
  readonly close: number;
}

/** The brackets of one file whose closing bracket stands first on a line that is indented less than the line of the opening one. */
export class ClosedBrackets {
  readonly #text: string;
  #lines: LineMap | undefined;
  readonly #indentations = new Map<number, number>();
  readonly #suspects: ClosedBracket[] = [];
  /** How many there are, and those that are indented more. */
  count = 0;
  /** The last one that is indented more than the line of the opening one. */
  deeper: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  add(frame: Pick<Frame, 'kind' | 'open'>, close: Span | undefined): void {
    if (close === undefined || (frame.kind !== 'map' && frame.kind !== 'array')) return;
    if (!this.isFirst(close.start)) return;
    const deeper = this.indentation(close.start) - this.indentation(frame.open);
    if (deeper === 0) return;
    this.count++;
    if (deeper < 0) this.#suspects.push({ kind: frame.kind, open: frame.open, close: close.start });
    // Of several that open on one line the inner ones are closed at any depth.
    else if (!/[[{]/.test(this.#text.slice(lineStart(this.#text, frame.open), frame.open))) this.deeper = close.start;
  }

  /** The mistake behind a bracket that is open at `end`. */
  unclosed(frame: Frame, end: number): Mistake {
    const suspect = this.#suspects.find(({ open, kind }) => open > frame.open && kind === frame.kind);
    if (!suspect) return unclosedBefore(this.#text, frame, end);
    this.#suspects.splice(this.#suspects.indexOf(suspect), 1);
    const mistake = unclosedBefore(this.#text, suspect, suspect.close);
    return {
      ...mistake,
      related: [
        {
          span: span(suspect.close, suspect.close + 1),
          message: 'This bracket closes it, though it is indented like that of a block around it.',
        },
      ],
    };
  }

  /** Whether a closing bracket is indented like the line of the innermost opening one, and not like that of the other candidate. */
  indentedLike(close: Span, innermost: number, other: number | undefined): boolean {
    if (!this.isFirst(close.start)) return false;
    const own = this.indentation(close.start);
    return own === this.indentation(innermost) && (other === undefined || own !== this.indentation(other));
  }

  /** Whether nothing stands before a place on its line. */
  isFirst(offset: number): boolean {
    let position = offset;
    while (position > 0 && isBlank(this.#text.charCodeAt(position - 1))) position--;
    return position === 0 || isNewline(this.#text.charCodeAt(position - 1));
  }

  /** That of the line of a place. Asked for every bracket, so each line is measured once. */
  indentation(offset: number): number {
    this.#lines ??= new LineMap(this.#text);
    const line = this.#lines.lineAt(offset);
    const known = this.#indentations.get(line);
    if (known !== undefined) return known;
    const measured = indentationAt(this.#text, this.#lines.lineStart(line));
    this.#indentations.set(line, measured);
    return measured;
  }
}

/** The mistake behind a bracket that should have been closed before `offset`. */
function unclosedBefore(text: string, { kind, open }: Pick<Frame, 'kind' | 'open'>, offset: number): Mistake {
  const here = span(open, open + 1);
  const mistake = kind === 'array' ? mistakes.unclosedArray(here) : mistakes.unclosedMap(here);
  const bracket = kind === 'array' ? ']' : '}';
  const edit = closing(text, open, offset, bracket);
  return { ...mistake, fix: edit && fix(`Write the missing ${bracket}`, 'unsafe', edit) };
}

/** Columns of blank before the first character of the line that holds `offset`; a tab counts as one. */
function indentationAt(text: string, offset: number): number {
  const start = lineStart(text, offset);
  let position = start;
  while (isBlank(text.charCodeAt(position))) position++;
  return position - start;
}

/** Whether most brackets that end a line have what is in them indented, so that indentation says something. */
function isIndented(text: string): boolean {
  let balance = 0;
  for (const { index, 1: inside = '' } of text.matchAll(/[[{][ \t]*(?:(?:#|\/\/).*)?[\r\n]+([ \t]*)[^\s\]}]/g)) {
    balance += inside.length > indentationAt(text, index) ? 1 : -1;
  }
  return balance > 0;
}

/** Where the missing bracket belongs, undefined where nothing is indented: before the first line that is indented no more than the one that opens, at the latest at `before`. */
function closing(text: string, open: number, before: number, bracket: string): TextEdit | undefined {
  const indentation = indentationAt(text, open);
  const openLineEnd = lineEnd(text, open);
  if (before <= openLineEnd) return { span: span(before, before), newText: `${/\s/.test(text[before - 1] ?? '') ? '' : ' '}${bracket} ` };
  let start = nextLine(text, openLineEnd);
  let last = openLineEnd;
  while (start < before) {
    const end = lineEnd(text, start);
    const blank = text.slice(start, end).trim() === '';
    if (!blank && indentationAt(text, start) <= indentation) break;
    if (!blank) last = Math.min(end, before);
    start = nextLine(text, end);
  }
  if (last === openLineEnd && before > start && !isIndented(text)) return undefined;
  const opensAtEnd = /^[[{]\s*(#.*|\/\/.*)?$/.test(text.slice(open, openLineEnd));
  if (last === openLineEnd && !opensAtEnd) return { span: span(openLineEnd, openLineEnd), newText: ` ${bracket}` };
  return { span: span(last, last), newText: `\n${' '.repeat(indentation)}${bracket}` };
}

function nextLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, text.length);
}
