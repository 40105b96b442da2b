// Reads single values: words, numbers, quoted texts and blocks, in exactly the way of nats-server (`conf/lex.go`).
// One pass over character codes; a value that the server refuses is recorded as a mistake and then read as what was most likely meant.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { type Span, span } from '../text/span.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  digitLength,
  isBlank,
  isHexDigit,
  isNewline,
  isSizeLetter,
  isSizeTail,
  LF,
  lineEnd,
  MINUS,
  NUL,
  OPEN_PAREN,
  SEMICOLON,
  SINGLE_QUOTE,
} from './characters.ts';
import { type Mistake, mistakes } from './mistakes.ts';
import type { IntegerSuffix, StringNode, ValueNode } from './tree.ts';
import { decodeUtf8 } from './utf8.ts';
import { type Home, Integer, Scalar, spanIn, Text } from './word-nodes.ts';

const mostInteger = 0x7fff_ffff_ffff_ffffn;
const leastInteger = -0x8000_0000_0000_0000n;

/** What each suffix multiplies by. Other combinations of the same letters are read as a number and then lost. */
const sizeFactors: ReadonlyMap<string, number> = new Map(
  ['k', 'm', 'g', 't', 'p', 'e'].flatMap((letter, i) => [
    [letter, 1000 ** (i + 1)] as const,
    ...['b', 'i', 'ib'].map(tail => [letter + tail, 1024 ** (i + 1)] as const),
  ]),
);

const zuluDate = /\d\d-\d\dT\d\d:\d\d:\d\dZ/y;

/** Where a character stands next: the engine searches faster than a loop does, and what it has found is not searched again. */
class Next {
  readonly #text: string;
  readonly #character: string;
  #from = 0;
  #found = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** Offset of the first at or behind `offset`, the text's length where there is none. */
  from(offset: number): number {
    if (offset < this.#from || offset > this.#found) {
      const found = this.#text.indexOf(this.#character, offset);
      this.#from = offset;
      this.#found = found < 0 ? this.#text.length : found;
    }
    return this.#found;
  }
}

/** Reads values out of a text, one after another, from `position` on. */
export class Scanner {
  readonly text: string;
  position = 0;
  /** What the nodes are relative to. */
  home: Home;
  /** What the server refuses in the values read so far. */
  readonly mistakes: Mistake[] = [];
  /**
   * Set when a quote is not closed and yet the server does not complain: where the input ends directly behind the opening quote
   * or an escape, it takes that for the end of the file.
   */
  endedSilently = false;
  /** No closing quote stands behind these offsets: spares scanning to the end again for every further opening one. */
  readonly #noQuoteFrom = { double: Number.POSITIVE_INFINITY, single: Number.POSITIVE_INFINITY };

  /** Keys that were cut last, by what can be seen of them at a glance. */
  readonly #keys: string[] = [];

  readonly #backslashes: Next;
  readonly #nuls: Next;

  /** Whether `1e5` is a text; older servers read `1e` and refuse what is glued to it. */
  readonly #digitMakesText: boolean;

  /** Whether what is kept of the text holds on to nothing else of it: parts live longer than the text that they were read from. */
  readonly #copies: boolean;

  constructor(text: string, version: Release, home: Home, copies = false) {
    this.text = text;
    this.home = home;
    this.#backslashes = new Next(text, '\\');
    this.#nuls = new Next(text, '\0');
    this.#copies = copies;
    this.#digitMakesText = behaves(version, 'digit-after-size-is-text');
  }

  /** Reads the value at `position`, which must not be a blank, a newline, `[` or `{`. Leaves `position` behind it. */
  value(): ValueNode {
    const code = this.text.charCodeAt(this.position);
    if (code === DOUBLE_QUOTE) return this.#quoted('double');
    if (code === SINGLE_QUOTE) return this.#quoted('single');
    if (code === OPEN_PAREN) return this.#block();
    if (code === MINUS || digitLength(this.text, this.position) > 0) return this.#number();
    if (code === DOT) {
      const end = this.wordEnd(this.position);
      return this.#refusedWord(mistakes.leadingDot(this.text, span(this.position, end)));
    }
    return this.#word(this.position, this.position);
  }

  /** A span for a node of the tree. */
  at(start: number, end: number): Span {
    const { home } = this;
    return spanIn(home, start - home.offset, end - home.offset);
  }

  /** A piece of the text for a node of the tree. */
  cut(start: number, end: number): string {
    const piece = this.text.slice(start, end);
    // The engine keeps the whole text for a longer piece of it; what was put together anew and cut again holds only itself.
    return this.#copies && piece.length > 12 ? ` ${piece}`.slice(1) : piece;
  }

  /** The same for a key. A large file has the same few again and again: they are one string each, which is also found faster in tables. */
  cutKey(start: number, end: number): string {
    const slot = (this.text.charCodeAt(start) * 31 + this.text.charCodeAt(end - 1) * 7 + end - start) & 127;
    const known = this.#keys[slot];
    if (known !== undefined && known.length === end - start && this.text.startsWith(known, start)) return known;
    const key = this.cut(start, end);
    this.#keys[slot] = key;
    return key;
  }

  /** End of the run of characters that no unquoted value ends at. */
  wordEnd(offset: number): number {
    let position = offset;
    while (position < this.text.length && !endsWord(this.text.charCodeAt(position))) position++;
    return position;
  }

  /** Reads the quoted text at `start` as if it were closed where its first line ends, for a quote that was left open. */
  quotedToLineEnd(start: number): StringNode {
    const quote = this.text.charCodeAt(start) === DOUBLE_QUOTE ? 'double' : 'single';
    const end = likelyClose(this.text, start);
    this.position = end;
    return new Text(this.cut(start + 1, end), quote, start, end, this.home, false, true);
  }

  #quoted(quote: 'double' | 'single'): ValueNode {
    const { text } = this;
    const start = this.position;
    if (start + 1 >= this.#noQuoteFrom[quote])
      return this.#unclosedQuote(start, quote, start + 1 === text.length, start + 1 === text.length);
    const found = text.indexOf(quote === 'double' ? '"' : "'", start + 1);
    const close = found < 0 ? text.length : found;
    const backslash = quote === 'double' ? this.#backslashes.from(start + 1) : text.length;
    const nul = this.#nuls.from(start + 1);
    if (backslash < close && backslash < nul) return this.#escapedText(start, backslash, true);
    if (nul < close || found < 0) return this.#unclosedQuote(start, quote, start + 1 === text.length, nul >= close);
    this.position = close + 1;
    return new Text(this.cut(start + 1, close), quote, start, close + 1, this.home);
  }

  #unclosedQuote(start: number, quote: 'double' | 'single', silent: boolean, atEnd: boolean): StringNode {
    if (silent) this.endedSilently = true;
    if (atEnd) this.#noQuoteFrom[quote] = Math.min(this.#noQuoteFrom[quote], start);
    const node = this.quotedToLineEnd(start);
    this.mistakes.push(mistakes.unclosedQuote(this.text, node.span));
    return node;
  }

  /** An unquoted word from `start`; the characters before `from` are taken as they are. */
  #word(start: number, from: number): ValueNode {
    const { text } = this;
    let position = from;
    for (; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code === BACKSLASH) return this.#escapedText(start, position, false);
      if (code === SINGLE_QUOTE) {
        // The server ends the word at a single quote, swallows that, and no longer asks whether the word is a boolean or a variable.
        this.position = position + 1;
        return new Text(this.cut(start, position), 'none', start, position, this.home);
      }
      if (endsWord(code)) break;
    }
    this.position = position;
    if (text.charCodeAt(start) === DOLLAR) {
      const name = this.cut(start + 1, position);
      // bcrypt hashes of this one kind are taken literally.
      if (!name.startsWith('2a$'))
        return { kind: 'variable', name, span: this.at(start, position), nameSpan: this.at(start + 1, position) };
    }
    const source = this.cut(start, position);
    const boolean = booleanOf(source);
    if (boolean !== undefined) return new Scalar('boolean', boolean, source, this.home, start, position);
    return new Text(source, 'none', start, position, this.home);
  }

  /** Reads on from the first backslash of a word or of a text in double quotes. */
  #escapedText(start: number, firstEscape: number, quoted: boolean): StringNode {
    const { text } = this;
    let value = text.slice(quoted ? start + 1 : start, firstEscape);
    let bytes: number[] = [];
    let position = firstEscape;
    let plainFrom = firstEscape;
    const flush = () => {
      if (bytes.length > 0) value += decodeUtf8(bytes);
      bytes = [];
    };
    for (; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code === BACKSLASH) {
        if (position > plainFrom) flush();
        value += text.slice(plainFrom, position);
        const found = readEscape(text, position);
        if (found) {
          bytes.push(found.byte);
          position += found.length - 1;
        } else {
          flush();
          this.mistakes.push(mistakes.invalidEscape(text, position));
          value += '\\';
        }
        plainFrom = position + 1;
        continue;
      }
      const ends = quoted ? code === DOUBLE_QUOTE || code === NUL : endsWord(code) || code === SINGLE_QUOTE;
      if (!ends) continue;
      if (quoted && code === NUL) return this.#unclosedQuote(start, 'double', false, false);
      flush();
      value += text.slice(plainFrom, position);
      this.position = quoted || code === SINGLE_QUOTE ? position + 1 : position;
      return new Text(value, quoted ? 'double' : 'none', start, quoted ? position + 1 : position, this.home, true, false);
    }
    if (quoted) return this.#unclosedQuote(start, 'double', plainFrom === text.length, true);
    flush();
    this.position = position;
    return new Text(value + text.slice(plainFrom), 'none', start, position, this.home, true, false);
  }

  /** `(` … a line that holds only `)`. */
  #block(): ValueNode {
    const { text } = this;
    const start = this.position;
    for (let position = start + 1; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code === NUL) break;
      if (code !== CLOSE_PAREN || text.charCodeAt(position - 1) !== LF) continue;
      const next = text.charCodeAt(position + 1);
      if (position + 1 < text.length && next !== LF && next !== NUL) continue;
      // At the very end of the input the server keeps the `)` in the text.
      const contentEnd = position + 1 < text.length ? position : position + 1;
      this.position = position + 1;
      return new Text(this.cut(start + 1, contentEnd), 'block', start, position + 1, this.home, false, contentEnd > position);
    }
    const end = likelyBlockEnd(text, start);
    this.position = end;
    this.mistakes.push(mistakes.unclosedBlock(text, span(start, start + 1), end));
    return { kind: 'missing', span: span(start, end), lost: false };
  }

  #number(): ValueNode {
    const { text } = this;
    const start = this.position;
    const negative = text.charCodeAt(start) === MINUS;
    let position = negative ? start + 1 : start;
    const first = digitLength(text, position);
    if (first === 0) return this.#refusedWord(mistakes.leadingMinus(text, span(start, this.wordEnd(start))));
    position = this.#digits(position);
    const code = text.charCodeAt(position);
    if (code === DOT) return this.#float(start, position);
    if (isSizeLetter(code)) return this.#sized(start, position);
    if (negative || endsNumber(code)) return this.#integer(start, position, undefined);
    if (code === MINUS) return this.#datetime(start, position);
    // The server looks at the first character behind the digits only to see that this is no number; even a quote, a bracket or a
    // backslash is then part of the word.
    return this.#word(start, position + ((text.codePointAt(position) as number) > 0xffff ? 2 : 1));
  }

  #digits(offset: number): number {
    let position = offset;
    for (let length = digitLength(this.text, position); length > 0; length = digitLength(this.text, position)) position += length;
    return position;
  }

  #sized(start: number, letter: number): ValueNode {
    let end = letter + 1;
    while (isSizeTail(this.text.charCodeAt(end))) end++;
    const runsOn = digitLength(this.text, end) > 0 && !this.#digitMakesText;
    if (!endsNumber(this.text.charCodeAt(end)) && !runsOn) return this.#word(start, end);
    const text = this.cut(letter, end);
    return this.#integer(start, letter, { text, factor: sizeFactors.get(text.toLowerCase()), span: this.at(letter, end) });
  }

  #integer(start: number, digitsEnd: number, suffix: IntegerSuffix | undefined): ValueNode {
    const end = suffix?.span.end ?? digitsEnd;
    const digits = this.cut(start, digitsEnd);
    this.position = end;
    const plain = Number(digits);
    if (Number.isNaN(plain)) return this.#refused(mistakes.foreignDigits(span(start, end)));
    const factor = suffix === undefined ? 1 : (suffix.factor ?? 1);
    const source = suffix ? this.cut(start, end) : digits;
    const lost = suffix !== undefined && suffix.factor === undefined;
    if (Number.isSafeInteger(plain * factor)) {
      return new Integer(BigInt(plain * factor), suffix, lost, source, this.home, start, end);
    }
    const big = BigInt(digits);
    if (big > mostInteger || big < leastInteger) return this.#refused(mistakes.integerOutOfRange(span(start, end)));
    const exact = BigInt.asIntN(64, big * BigInt(factor));
    return new Integer(exact, suffix, lost, source, this.home, start, end);
  }

  #float(start: number, dot: number): ValueNode {
    const { text } = this;
    if (digitLength(text, dot + 1) === 0) return this.#refusedWord(mistakes.trailingDot(text, span(start, this.wordEnd(start))));
    let end = this.#digits(dot + 1);
    if (text.charCodeAt(end) === DOT) {
      // A second dot: an address. Only digits, dots, colons and minus signs belong to it.
      for (;;) {
        const code = text.charCodeAt(end);
        if (code === DOT || code === COLON || code === MINUS) end++;
        else if (digitLength(text, end) > 0) end += digitLength(text, end);
        else break;
      }
      this.position = end;
      return new Text(this.cut(start, end), 'none', start, end, this.home);
    }
    this.position = end;
    const source = this.cut(start, end);
    const value = Number(source);
    if (Number.isNaN(value)) return this.#refused(mistakes.foreignDigits(span(start, end)));
    if (!Number.isFinite(value)) return this.#refused(mistakes.floatOutOfRange(span(start, end)));
    return new Scalar('float', value, source, this.home, start, end);
  }

  #datetime(start: number, minus: number): ValueNode {
    const { text } = this;
    zuluDate.lastIndex = minus + 1;
    if (minus - start !== 4 || !zuluDate.test(text)) {
      return this.#refusedWord(mistakes.dateLike(text, span(start, this.wordEnd(start))));
    }
    const whole = this.at(start, zuluDate.lastIndex);
    const source = this.cut(whole.start, whole.end);
    this.position = whole.end;
    if (!isCalendarDate(source)) return this.#refused(mistakes.impossibleDate(whole));
    return new Scalar('datetime', undefined, source, this.home, whole.start, whole.end);
  }

  /** A value that cannot be read; `position` is behind it already. */
  #refused(mistake: Mistake): ValueNode {
    this.mistakes.push(mistake);
    return { kind: 'missing', span: mistake.span, lost: false };
  }

  /** A word that the server takes for the start of something else; read as the text that was most likely meant. */
  #refusedWord(mistake: Mistake): ValueNode {
    this.mistakes.push(mistake);
    this.position = mistake.span.end;
    return { kind: 'missing', span: mistake.span, lost: false };
  }
}

/** Ends an unquoted word without being part of it (a single quote ends it too, but is swallowed). */
function endsWord(code: number): boolean {
  return (
    isBlank(code) ||
    isNewline(code) ||
    code === COMMA ||
    code === SEMICOLON ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET ||
    code === NUL
  );
}

/** Ends a number. A `]` does not: `[5]` is the text `5]` to the server. NaN is the end of the text. */
function endsNumber(code: number): boolean {
  return !(code > NUL) || isBlank(code) || isNewline(code) || code === COMMA || code === SEMICOLON || code === CLOSE_BRACE;
}

function booleanOf(word: string): boolean | undefined {
  if (word.length > 5 || word.length < 2) return undefined;
  switch (word.toLowerCase()) {
    case 'true':
    case 'yes':
    case 'on':
      return true;
    case 'false':
    case 'no':
    case 'off':
      return false;
    default:
      return undefined;
  }
}

/** The byte that an escape at `offset` stands for and the escape's length; undefined for one that the server refuses. */
function readEscape(text: string, offset: number): { byte: number; length: number } | undefined {
  switch (text[offset + 1]) {
    case 't':
      return { byte: 0x09, length: 2 };
    case 'n':
      return { byte: 0x0a, length: 2 };
    case 'r':
      return { byte: 0x0d, length: 2 };
    case '"':
      return { byte: 0x22, length: 2 };
    case '\\':
      return { byte: 0x5c, length: 2 };
    case 'x': {
      const isHex = isHexDigit(text.charCodeAt(offset + 2)) && isHexDigit(text.charCodeAt(offset + 3));
      return isHex ? { byte: Number.parseInt(text.slice(offset + 2, offset + 4), 16), length: 4 } : undefined;
    }
    default:
      return undefined;
  }
}

/** Where a quote that was left open was most likely meant to close: at the end of its first word if a terminator follows, else of its line. */
function likelyClose(text: string, start: number): number {
  const end = lineEnd(text, start);
  const line = text.slice(start + 1, end);
  const word = /^[^\s,;{}[\]]+(?=[ \t]*[,;}\]])/.exec(line);
  if (word) return start + 1 + word[0].length;
  return start + 1 + line.replace(/[\s,;}\]]+$/, '').length;
}

/** Where an unclosed block was most likely meant to end: behind a `)` at the end of its own or of a later line, else at the end of its line. */
function likelyBlockEnd(text: string, start: number): number {
  const close = /\)[ \t]*(?=[\r\n]|$)/g;
  close.lastIndex = start;
  const match = close.exec(text);
  if (match) return match.index + 1;
  return lineEnd(text, start);
}

/** Whether a date of the right form exists, as Go's `time.Parse` has it. */
function isCalendarDate(source: string): boolean {
  const [year, month, day, hour, minute, second] = source.split(/[-T:Z]/).map(Number) as [number, number, number, number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}
