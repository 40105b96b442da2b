// Turns the text of a NATS configuration into a tree and a list of mistakes. Never throws.
//
// The statement level of nats-server's grammar (`conf/lex.go`) as a machine with one state for each place between values. It is longer than
// other files because its states belong together: each is the counterpart of one state of the server.
//
// A text is read strictly first: exactly as the server does, up to the first thing that it refuses. Most files end there, with a tree
// that is the server's own. A refused file is read again with `recovery.ts`, which looks for what was meant and goes on behind each mistake.
import { atLeast, type ServerVersion } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { type Span, span } from '../text/span.ts';
import {
  BACKSLASH,
  BYTE_ORDER_MARK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  DOUBLE_QUOTE,
  digitLength,
  EQUAL,
  HASH,
  isBlank,
  isKeySeparator,
  isNewline,
  isSpace,
  lineEnd,
  MINUS,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  STAR,
} from './characters.ts';
import { Scanner } from './lexer.ts';
import { type Mistake, mistakes } from './mistakes.ts';
import { Braces, Brackets, ownValue, Pair } from './nodes.ts';
import { type EarlierPart, EarlierParts, Part, type PartsOfText } from './part.ts';
import { Recovery } from './recovery.ts';
import type { Entry, Include, KeyValue, MapNode, ParsedConf, SyntaxProblem, TopGroup, ValueNode } from './tree.ts';
import type { EvaluatedMap } from './values.ts';
import { type Home, spanIn } from './word-nodes.ts';

export interface ParseOptions {
  /** Server whose reading counts; the syntax has changed in 2.9.22 and 2.10.16. */
  readonly version: ServerVersion;
  /** An earlier version of the text, read for the same server. Its parts become those of this one. */
  readonly before?: PartsOfText | undefined;
  /** The file that the text is of. */
  readonly file?: FileId;
}

/** Parses one file by itself; includes and variables are resolved by `evaluate`. */
export function parseNatsConf(text: string, options: ParseOptions): ParsedConf {
  const earlier = options.before && new EarlierParts(options.before, text);
  const strict = new Parser(text, options, false, earlier);
  strict.run();
  if (!strict.refusal) return strict.result();
  const best = readTolerantly(text, options, earlier);
  if (!best.refused) best.report(strict.refusal, true);
  return best.result();
}

/** Which bracket was forgotten is known at the end of a reading; the next one closes it where it belongs, and may find another. */
function readTolerantly(text: string, options: ParseOptions, earlier: EarlierParts | undefined): Parser {
  const read = (foresight: Parser['foresight']) => {
    earlier?.putBack();
    const parser = new Parser(text, options, true, earlier, foresight);
    parser.run();
    return parser;
  };
  let best = read(new Map());
  for (let i = 0; i < mostReadings && best.hindsight.size > 0; i++) {
    const found = [...best.hindsight];
    let next = read(new Map([...best.foresight, ...found]));
    // What was found behind the first mistake may be there only because of it.
    if (next.reports > best.reports && found.length > 1) next = read(new Map([...best.foresight, ...found.slice(0, 1)]));
    if (next.reports > best.reports) return read(best.foresight);
    best = next;
  }
  return best;
}

/** Deeper nesting is read, but not kept: everything that walks the tree may recurse. */
const mostDepth = 200;
/** A text that is no configuration at all need not be explained line by line: behind so many mistakes it is not read on. */
const mostProblems = 100;
/** How often a text with forgotten brackets is read again. */
const mostReadings = 2;

/** Where the machine stands. `end` states are behind a value; the others are where a statement or an element begins. */
export type State = 'top' | 'top-end' | 'group' | 'group-end' | 'group-closed' | 'map' | 'map-end' | 'array' | 'array-end' | 'done';

/** A bracket that is open, or the file itself. */
export interface Frame {
  readonly kind: 'root' | 'group' | 'map' | 'array';
  /** Offset of the opening bracket. */
  readonly open: number;
  /** Of a map; those of a group are the file's. */
  readonly entries: Entry[];
  readonly items: ValueNode[];
  /** The key that waits for a value, in a map. */
  pair: Pair | undefined;
  /** What the nodes in it are relative to. */
  readonly home: Home;
  /** The part that the bracket is. */
  readonly draft: PartDraft | undefined;
}

// Of frames that hold the other.
const noEntries: Entry[] = [];
const noItems: ValueNode[] = [];

/** A part while it is read, with how much had been found before it. */
interface PartDraft {
  readonly part: Part;
  /** The same in an earlier version, where it is not known whether it reads the same now. */
  readonly twin: EarlierPart | undefined;
  readonly comments: number;
  readonly parts: number;
  readonly reports: number;
  readonly suspects: number;
  readonly lineEnd: number;
  /** Whether what is behind its first line is indented as if it belonged to something outside. */
  untidy: boolean;
}

export class Parser {
  readonly text: string;
  readonly scanner: Scanner;
  position = 0;
  state: State = 'top';
  readonly frames: readonly Frame[];
  /** The innermost of the frames. */
  frame: Frame;
  readonly comments: Span[] = [];
  /** The outermost that are closed. */
  readonly parts: Part[] = [];
  /** The last value that was put into a map or array. */
  last: ValueNode | undefined;
  /** The first thing that the server refuses; ends a strict run. */
  refusal: Mistake | undefined;
  /** Whether a tolerant run has named a reason for the refusal. */
  refused = false;

  /** Brackets that an earlier reading found forgotten, or one too many, with what is said about each, by the offset of the bracket. */
  readonly foresight: ReadonlyMap<number, Mistake>;
  /** Those that this reading found. */
  readonly hindsight = new Map<number, Mistake>();

  readonly #tolerant: boolean;
  readonly #reading: keyof Part['cleanIn'];
  readonly #earlier: EarlierParts | undefined;
  readonly #recovery: Recovery | undefined;
  /** Braces around settings are tracked since 2.10.16; before, the server skipped each of them where it met it. */
  readonly tracksGroups: boolean;
  /** A key at the end of the file without a value is refused since 2.9.22. */
  readonly #refusesLastKey: boolean;
  readonly #problems: SyntaxProblem[] = [];
  reports = 0;
  readonly #room = { refused: mostProblems, doubtful: mostProblems };
  readonly #groups: { open: Span; close: Span | undefined }[] = [];
  readonly #openGroups: number[] = [];
  /** Whether the last thing that was read is a key. */
  #keyIsLast = false;
  #saidTooDeep = false;

  constructor(
    text: string,
    { version, file = '' }: ParseOptions,
    tolerant: boolean,
    earlier?: EarlierParts,
    foresight: Parser['foresight'] = new Map(),
  ) {
    this.text = text;
    const home = { offset: 0, file, isPart: false };
    this.scanner = new Scanner(text, version, home, earlier !== undefined);
    this.#earlier = earlier;
    this.tracksGroups = atLeast(version, [2, 10, 16]);
    this.#refusesLastKey = atLeast(version, [2, 9, 22]);
    this.#tolerant = tolerant;
    this.foresight = foresight;
    this.#reading = tolerant ? 'tolerant' : 'strict';
    this.frame = { kind: 'root', open: 0, entries: [], items: [], pair: undefined, home, draft: undefined };
    this.frames = [this.frame];
    this.#recovery = tolerant ? new Recovery(this) : undefined;
  }

  run() {
    this.#byteOrderMark();
    // Every step consumes text or moves on; should that ever fail, the reader of the file must not pay for it.
    for (let steps = 8 * this.text.length + 64; this.state !== 'done' && this.hasRoom; steps--) {
      if (steps < 0) {
        this.refuse(mistakes.notUnderstood(span(this.position, this.position)));
        this.state = 'done';
        break;
      }
      this.#step();
    }
    if (!this.refusal) this.#closeRest();
  }

  result(): ParsedConf {
    const root = this.frames[0] as Frame;
    const whole = span(0, this.text.length);
    const open = undefined;
    const tree: MapNode = { kind: 'map', statements: root.entries, isPlain: false, span: whole, open, close: open, part: undefined };
    const errors = this.#problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const groups: readonly TopGroup[] = this.#groups;
    return { tree, errors, comments: this.comments, groups, parts: this.parts };
  }

  /** Whether another mistake would still be recorded; without that the rest of the text is not read. */
  get hasRoom(): boolean {
    return this.#room.refused > 0;
  }

  enter(frame: Frame) {
    (this.frames as Frame[]).push(frame);
    this.frame = frame;
  }

  /** Leaves the innermost frame. */
  #leave() {
    (this.frames as Frame[]).pop();
    this.frame = this.frames[this.frames.length - 1] as Frame;
  }

  /** Records a mistake. What costs more than a glance to describe is described only when there is still room for it. */
  report(mistake: Mistake | (() => Mistake), refused: boolean) {
    if (refused) this.refused = true;
    this.reports++;
    const room = refused ? this.#room.refused : this.#room.doubtful;
    if (room <= 0) return;
    if (refused) this.#room.refused--;
    else this.#room.doubtful--;
    const { related = [], fix, ...rest } = typeof mistake === 'function' ? mistake() : mistake;
    this.#problems.push({ ...rest, refused, related, fix });
  }

  /** Something that the server refuses: ends a strict run, is recorded by a tolerant one. Returns whether to go on. */
  refuse(mistake: Mistake): boolean {
    if (this.#tolerant) {
      this.report(mistake, true);
      return true;
    }
    this.refusal = mistake;
    this.state = 'done';
    return false;
  }

  #step() {
    switch (this.state) {
      case 'top':
      case 'group':
        return this.#statement();
      case 'top-end':
        return this.#topEnd();
      case 'group-end':
      case 'group-closed':
        return this.#groupEnd();
      case 'map':
        return this.#mapStatement();
      case 'map-end':
        return this.#mapEnd();
      case 'array':
        return this.#element();
      case 'array-end':
        return this.#arrayEnd();
      case 'done':
    }
  }

  #byteOrderMark() {
    if (this.text.charCodeAt(0) !== BYTE_ORDER_MARK) return;
    // The mark becomes a part of the first key, which is then unknown whatever it is.
    this.report(mistakes.byteOrderMark(span(0, 1)), this.text.trim() !== '');
    this.position = 1;
  }

  // ---- Statements of the top level, with or without braces around them ----

  #statement() {
    this.#skipSpace();
    const { text, position } = this;
    if (position >= text.length) return this.#endOfFile();
    const code = text.charCodeAt(position);
    if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) return this.comment();
    if (code === OPEN_BRACE) return this.#openGroup();
    if (code === CLOSE_BRACE && this.state === 'group') return this.#closeGroup();
    if (code === NUL) return this.#nulByte(true);
    if (code === SLASH) return this.#refuseSlash();
    if (this.#recovery?.beforeStatement(code)) return;
    if (isKeySeparator(code)) {
      if (this.refuse(mistakes.keySeparatorFirst(span(position, position + 1)))) this.#recovery?.withoutKey();
      return;
    }
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      if (this.#quotedKey(code, true)) this.#afterTopKey();
      return;
    }
    const end = this.#bareKeyEnd(position + 1);
    if (this.#isInclude(position, end)) return this.#include(end);
    this.#bareKey(position, end);
    this.#afterTopKey();
  }

  #openGroup() {
    const { position } = this;
    this.#groups.push({ open: span(position, position + 1), close: undefined });
    this.#openGroups.push(this.#groups.length - 1);
    this.position++;
    if (!this.tracksGroups) return;
    const { entries, home } = this.frames[0] as Frame;
    this.enter({ kind: 'group', open: position, entries, items: [], pair: undefined, home, draft: undefined });
    this.state = 'group';
  }

  /** At the `}` of a group. */
  #closeGroup() {
    this.markGroupClosed();
    this.#leave();
    this.state = this.frame.kind === 'group' ? 'group-closed' : 'top';
  }

  /** Steps over a `}` that closes the innermost group; returns whether there is one. */
  markGroupClosed(): boolean {
    const index = this.#openGroups.pop();
    const { position } = this;
    this.position++;
    if (index === undefined) return false;
    (this.#groups[index] as { close: Span | undefined }).close = span(position, position + 1);
    return true;
  }

  #afterTopKey() {
    this.#skipSpace();
    const code = this.text.charCodeAt(this.position);
    if (!(code > NUL)) return this.#keyAtEnd();
    if (!isKeySeparator(code)) return this.startValue();
    this.#separator(code);
    this.#skipBlank();
    if (!isNewline(this.text.charCodeAt(this.position))) return this.startValue();
    const pair = this.frame.pair as Pair;
    const next = skipSpaceFrom(this.text, this.position);
    const code2 = this.text.charCodeAt(next);
    const joins = code2 === OPEN_BRACE || code2 === OPEN_BRACKET;
    if (!joins && this.#recovery?.impliedBlock(pair, next)) return;
    const gap = span((pair.separatorSpan as Span).end, next);
    if (!this.refuse(mistakes.valueOnNextLine(pair.keySpan, gap, joins))) return;
    if (!joins) return this.attach({ kind: 'missing', span: span(this.position, this.position), lost: false });
    this.position = next;
    this.startValue();
  }

  /** A key with nothing behind it. NUL counts as the end here. */
  #keyAtEnd() {
    const pair = this.frame.pair as Pair;
    // A last closing brace is forgiven, so that files in the style of JSON can be read by servers that do not track braces.
    const isBrace = pair.key === '}';
    const refused = this.#refusesLastKey && !isBrace;
    const mistake = isBrace && pair.keyQuote === 'none' ? undefined : mistakes.keyAtEnd(pair.keySpan, refused);
    if (isBrace && pair.keyQuote === 'none') {
      const { position } = this;
      this.position = pair.keySpan.start;
      const closes = this.markGroupClosed();
      this.position = position;
      this.frame.pair = undefined;
      if (!closes) this.report(() => mistakes.unopenedMap(this.text, pair.keySpan, 'overlooked'), false);
    }
    if (mistake && refused && !this.refuse(mistake)) return;
    if (mistake && !refused) this.report(mistake, false);
    if (this.frame.pair) this.attach({ kind: 'missing', span: span(this.position, this.position), lost: true });
    if (this.position < this.text.length && this.#tolerant) return;
    this.state = 'done';
  }

  #topEnd() {
    this.#skipBlank();
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (position >= text.length) {
      this.state = 'top';
    } else if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) {
      this.comment();
      this.state = 'top';
    } else if (code === SLASH) {
      this.#slashAfterValue();
    } else if (isNewline(code) || code === SEMICOLON || code === COMMA) {
      this.position++;
      this.state = 'top';
    } else if (code === CLOSE_BRACE) {
      if (!this.markGroupClosed()) this.report(() => mistakes.unopenedMap(this.text, span(position, position + 1), 'overlooked'), false);
      this.state = 'top';
    } else if (code === NUL) {
      this.#nulByte(false);
      this.state = 'top';
    } else this.#textAfterValue();
  }

  #groupEnd() {
    this.#skipBlank();
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) {
      this.comment();
      if (this.state === 'group-closed') this.state = 'group';
    } else if (code === SLASH) {
      this.#slashAfterValue();
    } else if (code === SEMICOLON || code === COMMA) {
      this.position++;
      this.state = 'group';
    } else if (isNewline(code)) {
      this.position++;
      if (this.state === 'group-end') this.state = 'group';
    } else if (code === CLOSE_BRACE) {
      this.#closeGroup();
    } else if (position >= text.length) {
      this.#unclosedAtEnd();
    } else if (code === NUL) {
      this.#nulByte(true);
    } else this.#textAfterValue();
  }

  // ---- Maps ----

  #mapStatement() {
    this.#skipSpace();
    const { text, position } = this;
    if (position >= text.length) return this.#unclosedAtEnd();
    if (this.#recovery?.closesHere()) return;
    const code = text.charCodeAt(position);
    if (code === CLOSE_BRACE) return this.close();
    if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) return this.comment();
    if (code === NUL) return this.#nulByte(true);
    if (this.#recovery?.beforeStatement(code)) return;
    if (isKeySeparator(code)) {
      if (this.refuse(mistakes.keySeparatorFirst(span(position, position + 1)))) this.#recovery?.withoutKey();
      return;
    }
    if (code === CLOSE_BRACKET) return this.refuse(mistakes.unclosedMap(span(this.frame.open, this.frame.open + 1)));
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      if (this.#quotedKey(code, false)) this.#afterMapKey();
      return;
    }
    if (code === OPEN_BRACE && this.frames[this.frames.length - 2]?.kind === 'array') {
      // `[ { …⏎ { … } ]`: read as a key that no element of any array has, so it is refused all the same, only later.
      this.refuse(mistakes.unclosedMap(span(this.frame.open, this.frame.open + 1)));
      return;
    }
    if (code !== SLASH) return this.#bareMapStatement(position);
    // A single slash is skipped, and the key begins with whatever follows.
    this.report(() => mistakes.slash(text, position), false);
    if (position + 1 >= text.length) return this.#unclosedAtEnd();
    this.#bareMapStatement(position + 1);
  }

  #bareMapStatement(start: number) {
    const end = this.#bareKeyEnd(start + 1);
    if (this.#isInclude(start, end)) return this.#include(end);
    this.#bareKey(start, end);
    if (end >= this.text.length) return this.#unclosedAtEnd();
    if (this.text.charCodeAt(end) !== NUL) return this.#afterMapKey();
    if (this.#recovery) this.attach({ kind: 'missing', span: span(end, end), lost: false });
    this.#nulByte(true);
  }

  #afterMapKey() {
    this.#skipSpace();
    const code = this.text.charCodeAt(this.position);
    if (isKeySeparator(code)) {
      this.#separator(code);
      this.#skipSpace();
    }
    const { position } = this;
    const next = this.text.charCodeAt(position);
    if (next === COMMA) {
      if (!this.refuse(mistakes.valueIsComma((this.frame.pair as Pair).keySpan))) return;
      return this.attach({ kind: 'missing', span: span(position, position), lost: false });
    }
    if (next === CLOSE_BRACE) {
      this.report(mistakes.emptyValue((this.frame.pair as Pair).keySpan, true), false);
      this.attach({ kind: 'missing', span: span(position, position), lost: true });
      return this.close();
    }
    this.startValue();
  }

  #mapEnd() {
    this.#skipBlank();
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (position >= text.length) {
      this.#unclosedAtEnd();
    } else if (isNewline(code) || code === COMMA || code === SEMICOLON) {
      this.position++;
      this.state = 'map';
    } else if (code === CLOSE_BRACE) {
      this.close();
    } else if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) {
      this.comment();
    } else if (code === SLASH) {
      this.#slashAfterValue();
      // It ends the statement.
      if (this.state === 'map-end') this.state = 'map';
    } else if (code === NUL) {
      this.#nulByte(true);
    } else this.#textAfterValue();
  }

  // ---- Arrays ----

  #element() {
    this.#skipSpace();
    const { text, position } = this;
    if (position >= text.length) return this.#unclosedAtEnd();
    if (this.#recovery?.closesHere()) return;
    const code = text.charCodeAt(position);
    if (code === CLOSE_BRACKET) return this.close();
    if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) return this.comment();
    if (code === COMMA) {
      if (this.refuse(mistakes.doubledComma(span(position, position + 1), true))) this.position++;
      return;
    }
    if (code === SLASH) return this.#refuseSlash();
    if (code === NUL && this.#recovery) return this.#nulByte(true);
    if (this.#recovery?.beforeElement(code)) return;
    this.startValue();
  }

  #arrayEnd() {
    this.#skipBlank();
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (position >= text.length) {
      this.#unclosedAtEnd();
    } else if (code === COMMA || isNewline(code)) {
      this.position++;
      this.state = 'array';
    } else if (code === CLOSE_BRACKET) {
      this.close();
    } else if (code === HASH || (code === SLASH && text.charCodeAt(position + 1) === SLASH)) {
      this.comment();
    } else if (code === SLASH) {
      this.#slashAfterValue();
      if (this.state === 'array-end') this.state = 'array';
    } else if (code === NUL) {
      this.#nulByte(true);
    } else this.#textAfterValue();
  }

  // ---- Keys ----

  /** Sets the frame's pending key; false where the quote is not closed. */
  #quotedKey(mark: number, top: boolean): boolean {
    const { text } = this;
    const start = this.position;
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== mark && text.charCodeAt(end) !== NUL) end++;
    if (text.charCodeAt(end) !== mark) {
      if (top && end === start + 1) {
        this.report(mistakes.unclosedQuote(text, span(start, start + 1)), false);
        this.position = text.length;
        this.state = 'done';
      } else if (this.#recovery) this.#recovery.unclosedKey();
      else this.refuse(mistakes.unclosedQuote(text, span(start, start + 1)));
      return false;
    }
    const key = this.scanner.cutKey(start + 1, end);
    if (key.includes('\n') || key.includes('\r')) {
      if (this.#recovery?.keyOverLines()) return false;
      this.report(mistakes.keyOverLines(span(start, end + 1)), false);
    }
    this.position = end + 1;
    this.#setPair(key, start + 1, mark === DOUBLE_QUOTE ? 'double' : 'single', start);
    return true;
  }

  #bareKeyEnd(offset: number): number {
    const { text } = this;
    let end = offset;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (isSpace(code) || isKeySeparator(code) || code === NUL) break;
    }
    return this.#recovery ? this.#recovery.keyEnd(offset - 1, end) : end;
  }

  #bareKey(start: number, end: number) {
    this.position = end;
    const key = this.scanner.cutKey(start, end);
    if (this.#isOddKey(start, end)) {
      const brace = end - start > 1 && this.text.charCodeAt(end - 1) === OPEN_BRACE;
      this.report(brace ? mistakes.missingSpace(end - 1, span(start, end)) : mistakes.oddKey(span(start, end)), false);
    }
    this.#setPair(key, start, 'none', start);
  }

  /** Whether a bracket, comma or semicolon became a part of an unquoted key. */
  #isOddKey(start: number, end: number): boolean {
    // At the top level such a beginning is judged when the value is known.
    for (let i = this.frame.kind === 'map' ? start : start + 1; i < end; i++) if (isPunctuation(this.text.charCodeAt(i))) return true;
    return false;
  }

  #setPair(key: string, keyStart: number, keyQuote: KeyValue['keyQuote'], start: number) {
    this.frame.pair = new Pair(key, keyStart, keyQuote, start, this.scanner.home);
    this.#keyIsLast = true;
  }

  #separator(code: number) {
    const pair = this.frame.pair as Pair;
    pair.separate(code === EQUAL ? 'equal' : 'colon', this.position);
    this.position++;
  }

  // ---- Includes ----

  /** Only an unquoted word that is followed by space is the keyword. */
  #isInclude(start: number, end: number): boolean {
    if (end - start !== 7 || !isSpace(this.text.charCodeAt(end))) return false;
    return this.text.slice(start, end).toLowerCase() === 'include';
  }

  #include(keywordEnd: number) {
    const { text } = this;
    const keywordSpan = this.scanner.at(keywordEnd - 7, keywordEnd);
    this.position = keywordEnd;
    this.#keyIsLast = false;
    this.#skipBlank();
    const start = this.position;
    const code = text.charCodeAt(start);
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return this.#quotedInclude(keywordSpan, code);
    let end = start;
    for (; end < text.length; end++) {
      const next = text.charCodeAt(end);
      if (isNewline(next) || isBlank(next) || next === SEMICOLON || next === CLOSE_BRACE || next === SINGLE_QUOTE || next === NUL) break;
    }
    if (end === start) {
      if (!this.refuse(mistakes.includeWithoutPath(keywordSpan))) return;
    } else if (
      digitLength(text, start) > 0 ||
      code === MINUS ||
      code === BACKSLASH ||
      code === OPEN_BRACKET ||
      code === OPEN_BRACE ||
      code === OPEN_PAREN
    ) {
      if (!this.refuse(mistakes.includeNeedsQuotes(text, span(start, end)))) return;
    }
    this.position = end < text.length && text.charCodeAt(end) === SINGLE_QUOTE ? end + 1 : end;
    if (this.position > end) this.report(mistakes.quoteInWord(text, span(end, end + 1), span(start, end)), false);
    this.#attachInclude({
      kind: 'include',
      path: this.scanner.cut(start, end),
      pathSpan: this.scanner.at(start, end),
      quote: 'none',
      keywordSpan,
      span: this.scanner.at(keywordSpan.start, end),
    });
  }

  #quotedInclude(keywordSpan: Span, mark: number) {
    const { text } = this;
    const start = this.position;
    const quote = mark === DOUBLE_QUOTE ? 'double' : 'single';
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== mark && text.charCodeAt(end) !== NUL) end++;
    const closed = text.charCodeAt(end) === mark;
    if (!closed) {
      end = this.scanner.quotedToLineEnd(start).span.end;
      if (!this.refuse(mistakes.unclosedQuote(text, span(start, end)))) return;
    } else if (end === start + 1 && !this.refuse(mistakes.includeWithoutPath(keywordSpan))) return;
    const whole = this.scanner.at(keywordSpan.start, closed ? end + 1 : end);
    this.position = whole.end;
    this.#attachInclude({
      kind: 'include',
      path: this.scanner.cut(start + 1, end),
      pathSpan: this.scanner.at(start + 1, end),
      quote,
      keywordSpan,
      span: whole,
    });
  }

  #attachInclude(include: Include) {
    this.last = undefined;
    this.frame.entries.push(include);
    this.state = this.#endState();
  }

  // ---- Values ----

  /** At a value, or at what stands in its place. */
  startValue() {
    this.#skipBlank();
    const { text, position, scanner } = this;
    const code = text.charCodeAt(position);
    if (code === OPEN_BRACE) return this.#open('map');
    if (code === OPEN_BRACKET) return this.#open('array');
    if (this.#recovery?.beforeValue(code)) return;
    scanner.position = position;
    const node = scanner.value();
    if (scanner.endedSilently && scanner.mistakes.length === 1) return this.#endSilently();
    if (scanner.mistakes.length > 0) {
      for (const mistake of scanner.mistakes) if (!this.refuse(mistake)) return;
      scanner.mistakes.length = 0;
      scanner.endedSilently = false;
    }
    this.position = scanner.position;
    if (node.kind === 'string' && node.quote === 'none') this.#doubtfulWord(node.span);
    if (node.kind === 'variable' && node.name.startsWith('{') && text.charCodeAt(this.position) === CLOSE_BRACE) {
      // No variable can be called so; said here because the brace also closes a block that was meant to go on.
      if (!this.refuse(mistakes.bracedVariable(text, span(node.span.start, this.position + 1), false))) return;
    }
    this.attach(node);
  }

  #doubtfulWord(word: Span) {
    const { pair } = this.frame;
    const atEnd = word.end >= this.text.length && (this.frame.kind === 'map' || this.frame.kind === 'array');
    if (word.end === word.start && pair && !isStrayStart(pair) && this.position === word.end && !atEnd)
      this.report(mistakes.emptyValue(pair.keySpan, false), false);
    if (this.position > word.end) {
      const next = this.text.charCodeAt(this.position);
      if (this.#recovery && !endsStatement(next)) return; // `recovery.ts` sees more of it.
      this.report(mistakes.quoteInWord(this.text, span(word.end, this.position), word), false);
    }
  }

  /** The server takes a quote that nothing follows for the end of the file; all open brackets are forgotten. */
  #endSilently() {
    const [mistake] = this.scanner.mistakes as [Mistake];
    this.scanner.mistakes.length = 0;
    this.scanner.endedSilently = false;
    const refused = this.#refusesLastKey && this.#keyIsLast && this.frame.pair?.key !== '}';
    if (refused || this.#tolerant) {
      if (!this.refuse(mistake)) return;
    } else this.report(mistake, false);
    this.position = this.text.length;
    if (this.#tolerant) return this.attach({ kind: 'missing', span: mistake.span, lost: false });
    const outermost = this.frames.find(frame => frame.pair !== undefined);
    while (this.frame !== outermost && this.frames.length > 1) this.#leave();
    this.scanner.home = this.frame.home;
    if (this.frame.pair) this.attach({ kind: 'missing', span: span(this.position, this.position), lost: true });
    this.state = 'done';
  }

  #open(kind: 'map' | 'array') {
    if (this.frames.length > mostDepth && !this.#saidTooDeep) {
      this.#saidTooDeep = true;
      this.report(mistakes.tooDeep(span(this.position, this.position + 1)), false);
    }
    const { position } = this;
    const kindOfPart = kind === 'map' ? this.#partHere() : undefined;
    const earlier = kindOfPart && this.#earlier?.find(kindOfPart, position);
    if (earlier?.part.cleanIn[this.#reading]) return this.#attachPart(earlier);
    const draft = kindOfPart && this.#draft(kindOfPart, earlier);
    const home = draft?.part.anchor ?? this.frame.home;
    this.scanner.home = home;
    this.enter({
      kind,
      open: position,
      entries: kind === 'map' ? [] : noEntries,
      items: kind === 'array' ? [] : noItems,
      pair: undefined,
      home,
      draft,
    });
    this.position++;
    this.state = kind;
    this.#keyIsLast = false;
  }

  /** What a map that opens here is as a part. */
  #partHere(): Part['kind'] | undefined {
    const { frame } = this;
    const outer = this.frames[this.frames.length - 2];
    const key = outer?.pair?.key;
    if (frame.kind === 'array') return key?.length === 5 && key.toLowerCase() === 'users' ? 'user' : undefined;
    const isTop = outer?.kind === 'root' || outer?.kind === 'group';
    return isTop && frame.kind === 'map' && key?.length === 8 && key.toLowerCase() === 'accounts' ? 'account' : undefined;
  }

  /** At a part of an earlier version. */
  #attachPart({ part, settle }: EarlierPart) {
    settle();
    this.#recovery?.passed(part);
    this.position += part.length;
    this.#addPart(part);
    for (const comment of part.comments) this.comments.push(comment);
    this.attach(part.node as MapNode);
  }

  #draft(kind: Part['kind'], twin: EarlierPart | undefined): PartDraft {
    return {
      part: new Part(kind, this.position, this.scanner.home.file),
      twin,
      comments: this.comments.length,
      parts: this.parts.length,
      reports: this.reports,
      suspects: this.#recovery?.suspects ?? 0,
      lineEnd: this.#tolerant ? lineEnd(this.text, this.position) : 0,
      untidy: false,
    };
  }

  /** What was read behind a place that is read again is forgotten. */
  #addPart(part: Part) {
    const { parts } = this;
    while (parts.length > 0 && (parts[parts.length - 1] as Part).start >= part.start) parts.pop();
    parts.push(part);
  }

  /** At the bracket that closes the innermost map or array. */
  close() {
    if (this.#recovery?.isTooMany()) return;
    this.position++;
    this.closeAt(this.position, true);
  }

  /** Ends the innermost map or array at `end`; whether its bracket stands before that. */
  closeAt(end: number, isClosed: boolean) {
    const { frame } = this;
    this.#leave();
    const { home } = this.scanner;
    this.scanner.home = this.frame.home;
    this.#recovery?.closed(frame, isClosed ? span(end - 1, end) : undefined);
    if (this.#tolerant) {
      for (const { draft } of this.frames) if (draft && frame.open < draft.lineEnd && end > draft.lineEnd) draft.untidy = true;
    }
    if (this.frames.length > mostDepth)
      this.attach({ kind: 'missing', span: spanIn(home, frame.open - home.offset, end - home.offset), lost: false });
    // What is kept is as long as it has to be: a list that grew by itself has room for 17.
    else if (frame.kind === 'array') this.attach(new Brackets(frame.items.slice(), home, frame.open, end, isClosed));
    else {
      const node = new Braces(frame.entries.slice(), home, frame.open, end, frame.draft?.part, isClosed);
      this.attach(frame.draft ? this.#finishPart(frame.draft, node, end) : node);
    }
  }

  /** The node of a part that ends here: that of the earlier version, if it reads the same. */
  #finishPart(draft: PartDraft, node: MapNode, end: number): MapNode {
    const { part, twin, reports, suspects, untidy } = draft;
    const isClean = node.close !== undefined && this.reports === reports && (this.#recovery?.suspects ?? 0) === suspects && !untidy;
    // Most have neither, and then no list of their own.
    if (this.comments.length > draft.comments) part.comments = this.comments.splice(draft.comments);
    if (this.parts.length > draft.parts) part.parts = this.parts.splice(draft.parts);
    const own = isClean && twin?.part.length === end - part.start ? twin.part : part;
    if (own === part) {
      part.length = end - part.start;
      part.node = node;
    } else twin?.settle();
    own.cleanIn[this.#reading] = isClean;
    if (isClean) own.value ??= ownValue(own.node ?? node) as EvaluatedMap | undefined;
    this.#addPart(own);
    for (const comment of own.comments) this.comments.push(comment);
    return own.node ?? node;
  }

  /** Puts a value where it belongs. */
  attach(node: ValueNode) {
    const { frame } = this;
    this.last = node;
    if (!(node.kind === 'missing' && node.lost)) this.#keyIsLast = false;
    if (frame.kind === 'array') frame.items.push(node);
    else if (frame.pair) {
      const { pair } = frame;
      if (!pair.garbled && this.#isStrayKey(pair, node)) pair.garbled = true;
      pair.take(node);
      frame.entries.push(pair);
      frame.pair = undefined;
    }
    if (!this.refusal) this.state = this.#endState();
  }

  /**
   * At the top level a word that begins like `}` is read as a key, which is unknown for sure: no option and no variable can be called so.
   * In a map it could be the name of an account, say.
   */
  #isStrayKey(pair: Pair, value: ValueNode): boolean {
    const { key } = pair;
    if (!isStrayStart(pair) || (this.frame.kind !== 'root' && this.frame.kind !== 'group')) return false;
    if ((value.kind === 'missing' || value.kind === 'integer') && value.lost) return false;
    const first = span(pair.keySpan.start, pair.keySpan.start + 1);
    this.refuse(
      key.startsWith('}')
        ? mistakes.unopenedMap(this.text, first, 'key')
        : key.startsWith(']')
          ? mistakes.unopenedArray(this.text, first)
          : mistakes.doubledComma(first, false),
    );
    return true;
  }

  #endState(): State {
    const { kind } = this.frame;
    return kind === 'array' ? 'array-end' : kind === 'map' ? 'map-end' : kind === 'group' ? 'group-end' : 'top-end';
  }

  /** State in which a statement or element of the innermost bracket begins. */
  startState(): State {
    const { kind } = this.frame;
    return kind === 'root' ? 'top' : kind;
  }

  // ---- Comments, strays and the end ----

  comment() {
    const { text } = this;
    let end = this.position;
    while (end < text.length && !isNewline(text.charCodeAt(end)) && text.charCodeAt(end) !== NUL) end++;
    this.comments.push(this.scanner.at(this.position, end));
    this.position = end;
    this.#keyIsLast = false;
  }

  #slashAfterValue() {
    if (this.#recovery && this.text.charCodeAt(this.position + 1) === STAR) return this.#refuseSlash();
    if (this.#recovery?.quoteWasOpen()) return;
    const { position } = this;
    this.report(() => mistakes.slash(this.text, position), false);
    this.position++;
  }

  #refuseSlash() {
    const mistake = mistakes.slash(this.text, this.position);
    if (this.refuse(mistake)) this.position = mistake.span.end;
  }

  /** `ends`: the server gives up here. */
  #nulByte(ends: boolean) {
    const here = span(this.position, this.position + 1);
    if (ends) {
      if (!this.refuse(mistakes.nulByte(here))) return;
    } else this.report(mistakes.nulByte(here), false);
    this.position++;
  }

  #textAfterValue() {
    if (this.#recovery) return this.#recovery.textAfterValue();
    this.refuse(mistakes.textBehindValue(span(this.position, lineEnd(this.text, this.position))));
  }

  /** The end of the file where a statement could begin at the top level. */
  #endOfFile() {
    for (const index of this.#openGroups) this.report(mistakes.unclosedGroup((this.#groups[index] as TopGroup).open), false);
    this.state = 'done';
  }

  /** The end of the file inside of a map, of an array or behind a value in a group. */
  #unclosedAtEnd() {
    const { frame } = this;
    const open = span(frame.open, frame.open + 1);
    if (this.#recovery) this.#recovery.unclosedAtEnd();
    else this.refuse(frame.kind === 'array' ? mistakes.unclosedArray(open) : mistakes.unclosedMap(open));
    this.state = 'done';
  }

  /** Ends what is still open, so that the tree is whole. */
  #closeRest() {
    while (this.frames.length > 1) {
      const frame = this.frame;
      if (frame.kind === 'group') {
        this.#leave();
        continue;
      }
      if (frame.pair) this.attach({ kind: 'missing', span: span(this.text.length, this.text.length), lost: false });
      this.closeAt(this.text.length, false);
    }
    const root = this.frames[0] as Frame;
    if (root.pair) this.attach({ kind: 'missing', span: span(this.text.length, this.text.length), lost: true });
    this.state = 'done';
  }

  #skipSpace() {
    this.position = skipSpaceFrom(this.text, this.position);
  }

  #skipBlank() {
    while (isBlank(this.text.charCodeAt(this.position))) this.position++;
  }
}

export function skipSpaceFrom(text: string, offset: number): number {
  let position = offset;
  while (isSpace(text.charCodeAt(position))) position++;
  return position;
}

function isStrayStart({ keyQuote, key }: Pair): boolean {
  if (keyQuote !== 'none' || key === '') return false;
  const first = key.charCodeAt(0);
  return first === CLOSE_BRACE || first === CLOSE_BRACKET || first === COMMA || first === SEMICOLON;
}

function isPunctuation(code: number): boolean {
  return (
    code === OPEN_BRACE || code === CLOSE_BRACE || code === OPEN_BRACKET || code === CLOSE_BRACKET || code === COMMA || code === SEMICOLON
  );
}

function endsStatement(code: number): boolean {
  return (
    !(code > NUL) ||
    isBlank(code) ||
    isNewline(code) ||
    code === COMMA ||
    code === SEMICOLON ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET
  );
}
