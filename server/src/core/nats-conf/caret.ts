// Where a caret stands in a text that is half-written. The tree answers this badly: what is missing there decides how it nests. So brackets and
// keys are read up to the caret, line by line, as a person reads them: a key without a value ends with its line.
import { remember } from '../text/remember.ts';
import { type Span, span } from '../text/span.ts';
import type { Part } from './part.ts';
import { type MapNode, pairsIn, type Separator } from './tree.ts';

/** A pair of brackets that is open at the caret, or the file. */
export interface Frame {
  readonly kind: 'file' | 'map' | 'list';
  /** The key in front of the bracket; undefined for an item of a list, the file, and braces around everything. */
  readonly key: string | undefined;
  /** Keys directly in it, in the order of the text; those from `before` on stand behind the caret. */
  readonly keys: string[];
  before: number;
}

export interface Caret {
  /** What is being written; `nowhere` in comments and behind finished values. */
  readonly kind: 'key' | 'value' | 'include' | 'nowhere';
  /** Outermost first; the file is the first. */
  readonly frames: readonly Frame[];
  /** The key whose value is being written; undefined for keys and for items of a list. */
  readonly key: string | undefined;
  /** What is replaced: the word or the content of the quotes that the caret touches. */
  readonly word: Span;
  /** From the word's beginning to the caret. */
  readonly typed: string;
  readonly quoted: boolean;
  /** For a key: whether its separator or value is there already. */
  readonly separated: boolean;
  /** For a key: what stands behind it and its separator on the line, which is its value where it has one already. */
  readonly ahead: string;
  /** How the text separates keys from values, where it does so mostly with `=`. */
  readonly equals: boolean;
}

/** Reads the text around an offset. Never throws; linear in the length of the text without its parts, of which only those around the offset are read. */
export function caretAt(text: string, offset: number, parts: readonly Part[] = []): Caret {
  return new CaretScan(text, Math.max(0, Math.min(offset, text.length)), parts).run();
}

/** How keys are separated from their values in a part. */
const separatorsIn = remember((node: MapNode): { readonly colons: number; readonly equals: number } => {
  const separators = [...pairsIn(node)].map(({ pair }) => pair.separator);
  const count = (one: Separator) => separators.filter(separator => separator === one).length;
  return { colons: count('colon'), equals: count('equal') };
});

const ofWord = /[^\s,;}\]]+/y;
const ofKey = /[^\s,;:={}[\]#]+/y;

class CaretScan {
  readonly #text: string;
  readonly #offset: number;
  /** Those that have not been passed. */
  #parts: readonly Part[];
  #nextPart = 0;
  readonly #frames: Frame[] = [{ kind: 'file', key: undefined, keys: [], before: 0 }];
  #position = 0;
  /** A key that waits for its value. */
  #pending: string | undefined;
  /** A value has ended on this line, and nothing separates it from what follows. */
  #done = false;
  #colons = 0;
  #equals = 0;
  #caret: Caret | undefined;
  #lineFrom = 0;
  #lineEndsAt = -1;
  /** No block of text is closed behind this offset: spares looking to the end again for each that is opened. */
  #noBlockEndFrom = Number.POSITIVE_INFINITY;

  constructor(text: string, offset: number, parts: readonly Part[]) {
    this.#text = text;
    this.#offset = offset;
    this.#parts = parts;
  }

  run(): Caret {
    const text = this.#text;
    while (this.#position < text.length) {
      if (!this.#caret && this.#position >= this.#offset && !this.#beginsWord()) this.#found(span(this.#offset, this.#offset), false);
      if (this.#caret && this.#frames[this.#caret.frames.length - 1] !== this.#caret.frames[this.#caret.frames.length - 1]) break;
      this.#step();
    }
    if (!this.#caret) this.#found(span(text.length, text.length), false);
    return { ...(this.#caret as unknown as Caret), equals: this.#equals > this.#colons };
  }

  get #frame(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }

  #beginsWord(): boolean {
    return !/[\s,;:={}[\]#]/.test(this.#text[this.#position] as string) && !this.#text.startsWith('//', this.#position);
  }

  #step(): void {
    const character = this.#text[this.#position] as string;
    if (character === '#' || this.#text.startsWith('//', this.#position)) this.#comment();
    else if (this.#beginsWord()) this.#token(character);
    else if (character !== '{' || !this.#passPart()) {
      this.#position++;
      this.#mark(character);
    }
  }

  /** At an opening brace: steps over a part that is written well and does not hold the caret. */
  #passPart(): boolean {
    const start = this.#position;
    while ((this.#parts[this.#nextPart]?.start ?? start) < start) this.#nextPart++;
    const part = this.#parts[this.#nextPart];
    if (part?.start !== start || !part.node) return false;
    const { node, parts, end } = part;
    const isWell = part.cleanIn.strict || part.cleanIn.tolerant;
    const isAround = start <= this.#offset && this.#offset <= end;
    // Nothing behind a part around the caret is read.
    if (isAround) [this.#parts, this.#nextPart] = [parts, 0];
    if (isAround || !isWell) return false;
    const { colons, equals } = separatorsIn(node);
    this.#colons += colons;
    this.#equals += equals;
    this.#position = end;
    this.#finish(false);
    return true;
  }

  #mark(character: string): void {
    if (character === '\n' || character === '\r') this.#lineEnd();
    else if (character === '{' || character === '[') this.#open(character === '{' ? 'map' : 'list');
    else if (character === '}' || character === ']') this.#close(character === '}' ? 'map' : 'list');
    else if (character === ',' || character === ';') this.#finish(false);
    else if (character === ':') this.#colons++;
    else if (character === '=') this.#equals++;
  }

  #comment(): void {
    const end = this.#endOfLine(this.#position);
    if (!this.#caret && this.#offset > this.#position && this.#offset <= end)
      this.#found(span(this.#offset, this.#offset), false, 'nowhere');
    this.#position = end;
  }

  /** Remembered, since many words share a line. */
  #endOfLine(from: number): number {
    if (from > this.#lineEndsAt || from < this.#lineFrom) {
      const newline = /[\r\n]/g;
      newline.lastIndex = from;
      this.#lineFrom = from;
      this.#lineEndsAt = newline.exec(this.#text)?.index ?? this.#text.length;
    }
    return this.#lineEndsAt;
  }

  /** A key keeps waiting only for a bracket, or for a separator that follows. */
  #lineEnd(): void {
    this.#done = false;
    if (this.#pending === undefined) return;
    const next = /[^\s]/g;
    next.lastIndex = this.#position;
    const found = next.exec(this.#text);
    if (!found || found.index >= this.#offset === !this.#caret || !/[{[:=]/.test(found[0])) this.#pending = undefined;
  }

  #open(kind: 'map' | 'list'): void {
    this.#frames.push({ kind, key: this.#pending, keys: [], before: 0 });
    this.#pending = undefined;
    this.#done = false;
  }

  /** A bracket that closes nothing is left out; one that is missing is closed by the next outer one. */
  #close(kind: 'map' | 'list'): void {
    let at = this.#frames.length - 1;
    while (at > 0 && (this.#frames[at] as Frame).kind !== kind) at--;
    if (at > 0) this.#frames.length = at;
    this.#finish(false);
  }

  #finish(done: boolean): void {
    this.#pending = undefined;
    this.#done = done;
  }

  #token(first: string): void {
    const start = this.#position;
    const isKey = this.#frame.kind !== 'list' && this.#pending === undefined;
    const quoted = first === '"' || first === "'";
    const end = quoted ? this.#quoteEnd(start, first) : first === '(' && !isKey ? this.#blockEnd(start) : this.#wordEnd(start, isKey);
    const closed = quoted && end > start + 1 && this.#text[end - 1] === first;
    const content = quoted ? span(start + 1, closed ? end - 1 : end) : span(start, end);
    this.#position = end;
    const isHere = !this.#caret && this.#offset >= content.start && this.#offset <= content.end;
    if (isHere) {
      const inBlock = /[\r\n]/.test(this.#text.slice(content.start, content.end));
      this.#found(inBlock ? span(this.#offset, this.#offset) : content, quoted, inBlock ? 'nowhere' : undefined);
    } else if (!isKey) this.#finish(true);
    else if (!this.#done) {
      this.#pending = this.#text.slice(content.start, content.end);
      this.#frame.keys.push(this.#pending);
    }
  }

  #wordEnd(start: number, isKey: boolean): number {
    const pattern = isKey ? ofKey : ofWord;
    pattern.lastIndex = start;
    return pattern.test(this.#text) ? pattern.lastIndex : start + 1;
  }

  /** Quotes that are not closed on their line end with it: they are being written. */
  #quoteEnd(start: number, quote: string): number {
    const lineEnd = this.#endOfLine(start);
    for (let i = start + 1; i < lineEnd; i++) {
      if (this.#text[i] === '\\' && quote === '"') i++;
      else if (this.#text[i] === quote) return i + 1;
    }
    return lineEnd;
  }

  #blockEnd(start: number): number {
    if (start >= this.#noBlockEndFrom) return this.#endOfLine(start);
    const close = /^[ \t]*\)/gm;
    close.lastIndex = start;
    if (close.test(this.#text)) return close.lastIndex;
    this.#noBlockEndFrom = start;
    return this.#endOfLine(start);
  }

  #isBraceNext(offset: number): boolean {
    const brace = /\s*\{/y;
    brace.lastIndex = offset;
    return brace.test(this.#text);
  }

  /** Notes the caret, then goes on behind the word, for the keys that follow. */
  #found(word: Span, quoted: boolean, nowhere?: 'nowhere'): void {
    const inList = this.#frame.kind === 'list';
    const key = inList ? undefined : this.#pending;
    const kind = nowhere ?? (this.#done ? 'nowhere' : key === 'include' ? 'include' : inList || key !== undefined ? 'value' : 'key');
    const behind = word.end + (quoted ? 1 : 0);
    const rest = this.#text.slice(behind, this.#endOfLine(word.end));
    // Some write the brace of a block on a line of its own.
    const ahead = rest.replace(/^[ \t]*[:=]?[ \t]*/, '') || (this.#isBraceNext(behind) ? '{' : '');
    const separated = ahead === '{' || /^[ \t]*[^\s,;}\]#]/.test(rest);
    const frames = [...this.#frames];
    for (const frame of frames) frame.before = frame.keys.length;
    const typed = this.#text.slice(word.start, this.#offset);
    this.#caret = { kind, frames, key, word, typed, quoted, separated, ahead, equals: false };
    this.#position = Math.max(this.#position, word.end);
    if (!inList) this.#finish(true);
  }
}
