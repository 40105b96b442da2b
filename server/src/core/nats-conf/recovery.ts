// What to do behind a mistake: guesses what was meant, names the mistake at the place where it was made, and goes on.
// Only used for files that the server refuses, so a guess can be wrong without a valid file being read wrongly.
import { type Span, span } from '../text/span.ts';
import { ClosedBrackets } from './bracket-blame.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  DOLLAR,
  isBlank,
  isKeySeparator,
  isNewline,
  isSpace,
  lineEnd,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  STAR,
} from './characters.ts';
import { mistakes } from './mistakes.ts';
import { Pair } from './nodes.ts';
import { type Frame, type Parser, skipSpaceFrom } from './parser.ts';
import type { Part } from './part.ts';
import type { StringNode, ValueNode } from './tree.ts';
import { Integer, Text } from './word-nodes.ts';

/** Reading a line again costs time; a text with more mistakes than this is read through without second thoughts. */
const mostRewinds = 200;

/** A key with its separator, or a key with an opening brace: what stands here is a setting of its own. */
const setting = /(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s,;{}[\]#:="']+)[ \t]*(?:=|:(?!\/\/)|\{)/y;
const includeKeyword = /include[ \t]+\S/iy;
/** Signs that people know from other languages: `==`, `:=`, `=>`, `::`. */
const signs = /[=:>]+(?=[ \t])/y;
const mappingFunction = /(?:[^\s,;{}[\]"']*\{\{[^{}\r\n]*\}\})+[^\s,;{}[\]"']*/y;
const gluedBracket = /\d+(?=\])/y;
/** What stands between the quote that was left open and that of the next text on the line: `["a, "b"]`, `{ user: "a, password: "b" }`. */
const openedOnLine = /^[^,\s]+,[ \t]*(?:[\w.-]+[ \t]*[:=][ \t]*)?$/;
const bracedVariable = /\$\{[A-Za-z_][\w.-]*\}/y;

export class Recovery {
  readonly #parser: Parser;
  readonly #text: string;
  readonly #brackets: ClosedBrackets;
  /** Blocks that have no brace, by where it should stand, with the indentation of their keys. */
  readonly #implied = new Map<number, number>();
  #rewinds = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
    this.#text = parser.text;
    this.#brackets = new ClosedBrackets(parser.text);
  }

  /** Where a statement begins: takes care of what cannot be the beginning of a key. */
  beforeStatement(code: number): boolean {
    const parser = this.#parser;
    const here = span(parser.position, parser.position + 1);
    switch (code) {
      case SLASH:
        if (this.#text.charCodeAt(here.end) !== STAR) return false;
        return this.#skipBlockComment();
      case COMMA:
      case SEMICOLON:
        parser.refuse(mistakes.doubledComma(here, false));
        parser.position++;
        return true;
      case CLOSE_BRACE:
        return this.#braceAtTop(here);
      case CLOSE_BRACKET:
        this.#wrongBracket(']');
        return true;
      case OPEN_BRACKET:
        return this.#sectionHeader() || this.#valueWithoutKey(here);
      case OPEN_BRACE:
        if (parser.frames[parser.frames.length - 2]?.kind !== 'array') return this.#valueWithoutKey(here);
        // `[ { …  { … } ]`: the next element begins before this one was closed.
        this.#closeUnclosed(here.start);
        parser.state = 'array';
        return true;
      default:
        return false;
    }
  }

  /** Where an element of an array begins. */
  beforeElement(code: number): boolean {
    const parser = this.#parser;
    if (code === CLOSE_BRACE) {
      this.#wrongBracket('}');
      return true;
    }
    if (code !== SEMICOLON) return false;
    parser.refuse(mistakes.semicolonInArray(span(parser.position, parser.position + 1)));
    parser.position++;
    return true;
  }

  /** Where a statement or element begins: whether the innermost bracket is to be closed before it. */
  closesHere(): boolean {
    const parser = this.#parser;
    const { frame, position } = parser;
    const outer = this.#implied.get(frame.open);
    const at = parser.foresight.get(frame.open)?.fix?.edits[0]?.span.start;
    if (outer !== undefined) {
      const indentation = this.#brackets.indentation(position);
      const isEnd = indentation < outer || (indentation === outer && this.#text.charCodeAt(position) !== CLOSE_BRACE);
      if (!isEnd || !this.#brackets.isFirst(position)) return false;
    } else if (at === undefined || at > position) return false;
    this.#closeUnclosed(position);
    parser.state = parser.startState();
    return true;
  }

  /** At a closing bracket: whether it is stepped over. */
  isTooMany(): boolean {
    const parser = this.#parser;
    const known = parser.foresight.get(parser.position);
    if (!known) return false;
    parser.refuse(known);
    parser.position++;
    parser.state = parser.startState();
    return true;
  }

  /** `jetstream:⏎  store_dir: x`: settings that are indented deeper than a key without a value were meant to be a block. */
  impliedBlock(pair: Pair, next: number): boolean {
    const parser = this.#parser;
    const key = pair.keySpan;
    const indentation = this.#brackets.indentation(key.start);
    if (!this.#brackets.isFirst(key.start) || this.#brackets.indentation(next) <= indentation || !this.#isSetting(next)) return false;
    parser.refuse(mistakes.unopenedBlock(key));
    if (!parser.frame.pair) parser.frame.entries.pop();
    parser.frame.pair = pair;
    // The blank before the first key stands for the brace.
    this.#implied.set(next - 1, indentation);
    parser.enter({ kind: 'map', open: next - 1, entries: [], items: [], pair: undefined, home: parser.frame.home, draft: undefined });
    parser.position = next;
    parser.state = 'map';
    return true;
  }

  /** Where a value begins; true when it has been read here. */
  beforeValue(code: number): boolean {
    const parser = this.#parser;
    const { position } = parser;
    if (isKeySeparator(code) && parser.frame.pair) {
      signs.lastIndex = position;
      if (!signs.test(this.#text)) return false;
      const first = parser.frame.pair.separatorSpan?.start ?? position;
      parser.refuse(mistakes.doubledKeySeparator(span(first, signs.lastIndex), parser.frame.pair.keySpan.end));
      parser.position = signs.lastIndex;
      parser.startValue();
      return true;
    }
    if (code === 0x3e && parser.frame.pair?.separatorSpan?.end === position && isBlank(this.#text.charCodeAt(position + 1))) {
      parser.refuse(mistakes.doubledKeySeparator(span(position - 1, position + 1), parser.frame.pair.keySpan.end));
      parser.position++;
      parser.startValue();
      return true;
    }
    if (parser.frame.kind === 'array') {
      gluedBracket.lastIndex = position;
      if (gluedBracket.test(this.#text)) return this.#numberBeforeBracket(position, gluedBracket.lastIndex);
    }
    if (code === MINUS && isBlank(this.#text.charCodeAt(position + 1))) return this.#dashedList(position);
    if (code !== DOLLAR) return this.#bracesInWord(position);
    bracedVariable.lastIndex = position;
    if (!bracedVariable.test(this.#text)) return false;
    const whole = span(position, bracedVariable.lastIndex);
    const end = parser.scanner.wordEnd(whole.end);
    parser.refuse(mistakes.bracedVariable(this.#text, whole, end === whole.end));
    parser.position = end;
    if (end > whole.end) {
      parser.attach({ kind: 'missing', span: span(position, end), lost: false });
      return true;
    }
    const nameSpan = span(whole.start + 2, whole.end - 1);
    parser.attach({ kind: 'variable', name: this.#text.slice(nameSpan.start, nameSpan.end), span: whole, nameSpan });
    return true;
  }

  /** `routes:⏎  - nats://a`: all lines that belong to a list as YAML has it. */
  #dashedList(start: number): boolean {
    const parser = this.#parser;
    const indentation = this.#brackets.indentation(start);
    let end = lineEnd(this.#text, start);
    for (let next = skipSpaceFrom(this.#text, end); next < this.#text.length; next = skipSpaceFrom(this.#text, end)) {
      const deeper = this.#brackets.indentation(next) - indentation;
      if (deeper < 0 || (deeper === 0 && this.#text.charCodeAt(next) !== MINUS)) break;
      end = lineEnd(this.#text, next);
    }
    const whole = span(start, end);
    parser.refuse(mistakes.dashedList(this.#text, whole));
    parser.position = end;
    parser.attach({ kind: 'missing', span: whole, lost: false });
    return true;
  }

  /** `orders.{{wildcard(1)}}`, as subject mappings have it. */
  #bracesInWord(start: number): boolean {
    const parser = this.#parser;
    mappingFunction.lastIndex = start;
    if (!mappingFunction.test(this.#text)) return false;
    const whole = span(start, mappingFunction.lastIndex);
    parser.refuse(mistakes.bracesInWord(this.#text, whole));
    parser.position = whole.end;
    const value = this.#text.slice(start, whole.end);
    parser.attach(new Text(value, 'none', whole.start, whole.end, parser.scanner.home));
    return true;
  }

  /** `[5]`: the server reads the text `5]` and finds the array open. */
  #numberBeforeBracket(start: number, end: number): boolean {
    const parser = this.#parser;
    parser.refuse(mistakes.gluedBracket(span(end, end + 1)));
    const source = this.#text.slice(start, end);
    parser.position = end;
    parser.attach(new Integer(BigInt(source), undefined, false, source, parser.scanner.home, start, end));
    return true;
  }

  /** Where an unquoted key ends if a bracket or comma in it was not meant as a part of it. */
  keyEnd(start: number, end: number): number {
    for (let i = start + 1; i < end; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === OPEN_BRACE) {
        const key = span(start, i);
        this.#parser.refuse(mistakes.missingSpace(i, key));
        return i;
      }
      if (code === CLOSE_BRACE || ((code === COMMA || code === SEMICOLON) && (i + 1 === end || this.#parser.frame.kind === 'map')))
        return i;
    }
    return end;
  }

  /** Keeps note of a bracket, to find the one that was forgotten. */
  closed(frame: Frame, close: Span | undefined) {
    if (!this.#implied.has(frame.open)) this.#brackets.add(frame, close);
  }

  /** How many brackets seem to belong to others. */
  get suspects(): number {
    return this.#brackets.count;
  }

  /** The same for a part whose inside is known to be in order. */
  passed({ start, end }: Part) {
    this.#brackets.add({ kind: 'map', open: start }, span(end - 1, end));
  }

  /** Behind the report of a `:` or `=` without a key. */
  withoutKey() {
    const parser = this.#parser;
    let { position } = parser;
    while (isKeySeparator(this.#text.charCodeAt(position)) || isBlank(this.#text.charCodeAt(position))) position++;
    setting.lastIndex = position;
    parser.position = setting.test(this.#text) ? position : this.#strayEnd(position);
  }

  /** At the quote of a key that is never closed. */
  unclosedKey() {
    const parser = this.#parser;
    const start = parser.position;
    const word = /^.(\w[\w.-]*)?/.exec(this.#text.slice(start, lineEnd(this.#text, start))) as RegExpExecArray;
    const end = start + word[0].length;
    parser.refuse(mistakes.unclosedQuote(this.#text, span(start, end)));
    parser.position = end;
    if (!word[1]) return;
    parser.frame.pair = new Pair(word[1], start + 1, 'none', start, parser.scanner.home);
    this.#valueOnSameLine();
  }

  /** At the quote of a key that closes only on a later line; true when the quote was meant to close earlier. */
  keyOverLines(): boolean {
    if (!this.#mayRewind()) return false;
    this.unclosedKey();
    return true;
  }

  /** Behind a value stands something else on the same line. */
  textAfterValue() {
    const parser = this.#parser;
    const { position, last } = parser;
    const code = this.#text.charCodeAt(position);
    const inArray = parser.frame.kind === 'array';
    if (code === CLOSE_BRACKET || code === CLOSE_BRACE) return this.#wrongBracket(code === CLOSE_BRACE ? '}' : ']');
    if (inArray && code === SEMICOLON) {
      parser.refuse(mistakes.semicolonInArray(span(position, position + 1)));
      parser.position++;
      parser.state = 'array';
      return;
    }
    if (this.quoteWasOpen()) return;
    if (last && this.#valueWasKey(last)) return;
    if (last && this.#commentWasGlued(last)) return;
    if (last && this.#gluedToValue(last)) return;
    if (inArray) return this.#nextElement(last);
    if (parser.state === 'group-closed' || this.#isSetting(position)) return this.#nextSetting(last);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      parser.refuse(mistakes.secondValue(span(position, position + 1)));
      this.#startAnonymous(position);
      return;
    }
    this.#strayWords(last);
  }

  /** At the end of the file, with brackets open. */
  unclosedAtEnd() {
    const parser = this.#parser;
    const { frames } = parser;
    for (let i = frames.length - 1; i > 0 && parser.hasRoom; i--) {
      const frame = frames[i] as Frame;
      if (!this.#implied.has(frame.open)) this.#refuseUnclosed(frame, this.#text.length);
    }
  }

  // ---- Brackets ----

  #braceAtTop(here: Span): boolean {
    const parser = this.#parser;
    if (parser.frame.kind !== 'root') return false;
    if (parser.markGroupClosed()) {
      if (skipSpaceFrom(this.#text, parser.position) < this.#text.length) parser.refuse(mistakes.braceTakenForKey(here));
      return true;
    }
    const rest = skipSpaceFrom(this.#text, parser.position);
    this.#blameEarlier(here.start);
    if (rest >= this.#text.length) parser.report(() => mistakes.unopenedMap(this.#text, here, 'overlooked'), false);
    else parser.refuse(mistakes.unopenedMap(this.#text, here, 'key'));
    return true;
  }

  /** At a closing bracket that does not fit the innermost open one. */
  #wrongBracket(found: ']' | '}') {
    const parser = this.#parser;
    const { frame, position } = parser;
    const here = span(position, position + 1);
    const fits = ({ kind }: Frame) => (found === ']' ? kind === 'array' : kind === 'map' || kind === 'group');
    let below = parser.frames.length - 1;
    while (below >= 0 && !fits(parser.frames[below] as Frame)) below--;
    const open = span(frame.open, frame.open + 1);
    const settingFollows =
      frame.kind === 'array' && parser.frames[parser.frames.length - 2]?.kind === 'map' && this.#isSettingAfterComma(here.end);
    this.#blameEarlier(position);
    const isTypo =
      settingFollows ||
      ((frame.kind === 'map' || frame.kind === 'array') &&
        ((below < 0 && !this.#brackets.isFirst(position)) || this.#brackets.indentedLike(here, frame.open, parser.frames[below]?.open)));
    if (isTypo) {
      parser.refuse(mistakes.wrongBracket(here, frame.kind === 'array' ? ']' : '}', open));
      return parser.close();
    }
    if (below < 0) {
      parser.refuse(mistakes.unopenedArray(this.#text, here));
      parser.position++;
      return;
    }
    while (parser.frames.length - 1 > below && parser.frame.kind !== 'group') this.#closeUnclosed(position);
    // The bracket is looked at again, now by the one that it closes.
  }

  /** The innermost bracket was forgotten to be closed before `offset`. */
  #closeUnclosed(offset: number) {
    const parser = this.#parser;
    const { frame } = parser;
    const known = parser.foresight.get(frame.open);
    if (known) parser.refuse(known);
    else if (!this.#implied.has(frame.open)) this.#refuseUnclosed(frame, offset);
    if (frame.pair) parser.attach({ kind: 'missing', span: span(offset, offset), lost: false });
    parser.closeAt(offset, false);
  }

  /** `end`: where a bracket counts as closed in this reading; the next one closes it where it belongs. */
  #refuseUnclosed(frame: Frame, end: number) {
    const blame = this.#brackets.unclosed(frame, end);
    this.#parser.refuse(blame);
    const at = blame.fix?.edits[0]?.span.start;
    if (at !== undefined && this.#text.slice(at, end).trim() !== '') this.#parser.hindsight.set(blame.span.start, blame);
  }

  /** At a closing bracket that closes nothing here: one before it may have been too many. */
  #blameEarlier(offset: number) {
    const at = this.#brackets.deeper;
    if (at !== undefined && at < offset) this.#parser.hindsight.set(at, mistakes.tooMany(this.#text, span(at, at + 1)));
  }

  /** `[name]` alone on its line, as in INI and systemd files. */
  #sectionHeader(): boolean {
    const parser = this.#parser;
    const header = /\[[^\]\r\n,:={}"']*\](?=[ \t]*(?:[\r\n]|$))/y;
    header.lastIndex = parser.position;
    if (parser.frame.kind !== 'root' || !header.test(this.#text)) return false;
    parser.refuse(mistakes.sectionHeader(span(parser.position, header.lastIndex)));
    parser.position = header.lastIndex;
    return true;
  }

  #valueWithoutKey(here: Span): boolean {
    this.#parser.refuse(mistakes.bracketWithoutKey(here));
    this.#startAnonymous(here.start);
    return true;
  }

  /** Reads a bracketed value that has no key, so that its closing bracket is found. */
  #startAnonymous(offset: number) {
    const parser = this.#parser;
    parser.frame.pair = new Pair('', offset, 'none', offset, parser.scanner.home, true);
    parser.startValue();
  }

  // ---- What stands behind a value ----

  /** `"a⏎key: "b"`: the text runs from the quote that was left open to the one that opens the next text. */
  quoteWasOpen(): boolean {
    const parser = this.#parser;
    const { last } = parser;
    if (last?.kind !== 'string' || (last.quote !== 'double' && last.quote !== 'single')) return false;
    const content = this.#text.slice(last.contentSpan.start, last.contentSpan.end);
    const lastLine = /[\r\n]([^\r\n]*)$/.exec(content)?.[1];
    const wasOpen =
      lastLine === undefined ? last.span.end === parser.position && openedOnLine.test(content) : /(^|[:=,[({\s])\s*$/.test(lastLine);
    if (!wasOpen || !this.#mayRewind()) return false;
    const node = parser.scanner.quotedToLineEnd(last.span.start);
    parser.refuse(mistakes.unclosedQuote(this.#text, node.span));
    this.#replaceLast(last, node);
    parser.position = node.span.end;
    return true;
  }

  /** `user⏎password: x`: what was taken for the value is the next key. */
  #valueWasKey(last: ValueNode): boolean {
    const parser = this.#parser;
    const pair = lastPair(parser.frame);
    if (!pair || pair.value !== last || last.kind !== 'string' || last.quote === 'block') return false;
    const from = pair.separatorSpan?.end ?? pair.keySpan.end;
    if (!/[\r\n]/.test(this.#text.slice(from, last.span.start)) || !this.#mayRewind()) return false;
    if (this.impliedBlock(pair, last.span.start)) return true;
    parser.refuse(mistakes.missingValue(pair.keySpan));
    this.#replaceLast(last, { kind: 'missing', span: span(from, from), lost: false });
    parser.position = last.span.start;
    parser.state = parser.startState();
    return true;
  }

  /** `4222# the port`: the comment was read as a part of the value. */
  #commentWasGlued(last: ValueNode): boolean {
    const parser = this.#parser;
    if (last.kind !== 'string' || last.quote !== 'none' || last.escaped) return false;
    const mark = /#|(?<!:)\/\//.exec(last.value);
    if (!mark || mark.index === 0) return false;
    const start = last.span.start + mark.index;
    const end = lineEnd(this.#text, start);
    parser.refuse(mistakes.gluedComment(span(start, end)));
    this.#replaceLast(last, { kind: 'missing', span: span(last.span.start, start), lost: false });
    parser.position = end;
    return true;
  }

  /** `1e5`, `it's`, `"a"b`: no space between the value and what follows. */
  #gluedToValue(last: ValueNode): boolean {
    const parser = this.#parser;
    const { position } = parser;
    let end = Math.max(parser.scanner.wordEnd(position), position + 1);
    const whole = span(last.span.start, end);
    const afterQuote =
      last.kind === 'string' &&
      last.quote === 'none' &&
      last.span.end === position - 1 &&
      this.#text.charCodeAt(position - 1) === SINGLE_QUOTE;
    if (last.span.end !== position && !afterQuote) return false;
    if (last.kind === 'string' && last.quote !== 'none') {
      if (parser.frame.kind === 'array' || this.#isSetting(position)) return false;
      parser.refuse(mistakes.textBehindQuote(span(position, end)));
    } else if (afterQuote) {
      const rest = skipBlankFrom(this.#text, end);
      if (rest > end && !this.#isSetting(rest)) end = Math.max(end, this.#strayEnd(rest - 1));
      parser.refuse(mistakes.quoteInWord(this.#text, span(position - 1, position), span(last.span.start, end)));
    } else if (last.kind === 'datetime') parser.refuse(mistakes.dateRunsOn(this.#text, whole));
    else if (last.kind === 'map' || last.kind === 'array' || last.kind === 'missing') return false;
    else parser.refuse(mistakes.numberRunsOn(this.#text, whole));
    parser.position = end;
    this.#replaceLast(last, { kind: 'missing', span: last.kind === 'string' && last.quote !== 'none' ? last.span : whole, lost: false });
    return true;
  }

  #nextElement(last: ValueNode | undefined) {
    const parser = this.#parser;
    const { position } = parser;
    if (last?.kind === 'string' && last.quote === 'none' && /[:=]$/.test(last.value)) {
      const end = this.#strayEnd(position);
      parser.refuse(mistakes.settingInArray(span(last.span.start, end)));
      parser.position = end;
      return;
    }
    const end = Math.max(this.#text.charCodeAt(position) === OPEN_BRACE ? position + 1 : parser.scanner.wordEnd(position), position + 1);
    parser.refuse(mistakes.missingComma(last?.span.end ?? position, span(position, end), true));
    parser.state = 'array';
  }

  #nextSetting(last: ValueNode | undefined) {
    const parser = this.#parser;
    const { position } = parser;
    const at = last && last.span.end <= position ? last.span.end : position;
    const end = Math.max(parser.scanner.wordEnd(position), position + 1);
    parser.refuse(mistakes.missingComma(at, span(position, end), false));
    parser.state = parser.startState();
  }

  #strayWords(last: ValueNode | undefined) {
    const parser = this.#parser;
    const { position } = parser;
    const end = this.#strayEnd(position);
    const stray = span(position, end);
    const isWord = last !== undefined && last.kind !== 'map' && last.kind !== 'array' && !(last.kind === 'string' && last.quote !== 'none');
    if (isWord && last.span.start < position)
      parser.refuse(mistakes.strayText(this.#text, stray, last.kind === 'missing' ? undefined : last.span));
    else if (last?.kind === 'string') parser.refuse(mistakes.textBehindQuote(stray));
    else parser.refuse(mistakes.textBehindValue(stray));
    parser.position = end;
  }

  /** End of words that belong nowhere: before the next separator, bracket or comment, or the line's end; at least one character. */
  #strayEnd(offset: number): number {
    let end = offset;
    for (; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (isNewline(code) || code === COMMA || code === SEMICOLON || code === CLOSE_BRACE || code === CLOSE_BRACKET) break;
      if ((code === OPEN_BRACE || code === OPEN_BRACKET) && end > offset) break;
      if (isBlank(code) && /^[ \t]+(#|\/\/)/.test(this.#text.slice(end, end + 40))) break;
    }
    while (end > offset + 1 && isSpace(this.#text.charCodeAt(end - 1))) end--;
    return Math.min(this.#text.length, Math.max(end, offset + 1));
  }

  // ---- Small steps ----

  #skipBlockComment(): boolean {
    const parser = this.#parser;
    const mistake = mistakes.slash(this.#text, parser.position);
    parser.refuse(mistake);
    parser.position = mistake.span.end;
    return true;
  }

  /** Reads the rest of a setting whose key was misread. */
  #valueOnSameLine() {
    const parser = this.#parser;
    let { position } = parser;
    if (/["']/.test(this.#text[position] ?? '')) position++;
    while (isBlank(this.#text.charCodeAt(position)) || isKeySeparator(this.#text.charCodeAt(position))) position++;
    parser.position = position;
    if (position >= this.#text.length || isNewline(this.#text.charCodeAt(position))) {
      parser.attach({ kind: 'missing', span: span(position, position), lost: false });
    } else parser.startValue();
  }

  #isSetting(offset: number): boolean {
    setting.lastIndex = offset;
    includeKeyword.lastIndex = offset;
    return setting.test(this.#text) || includeKeyword.test(this.#text);
  }

  #isSettingAfterComma(offset: number): boolean {
    const comma = /[ \t]*,[ \t]*/y;
    comma.lastIndex = offset;
    return comma.test(this.#text) && this.#isSetting(comma.lastIndex);
  }

  #replaceLast(last: ValueNode, node: ValueNode | StringNode) {
    const parser = this.#parser;
    const { frame } = parser;
    parser.last = node;
    if (frame.kind === 'array') {
      if (frame.items[frame.items.length - 1] === last) frame.items[frame.items.length - 1] = node;
      return;
    }
    const pair = lastPair(frame);
    if (pair?.value === last) pair.take(node);
  }

  #mayRewind(): boolean {
    return this.#rewinds++ < mostRewinds;
  }
}

function lastPair(frame: Frame): Pair | undefined {
  const entry = frame.entries[frame.entries.length - 1];
  return entry instanceof Pair ? entry : undefined;
}

function skipBlankFrom(text: string, offset: number): number {
  let position = offset;
  while (isBlank(text.charCodeAt(position))) position++;
  return position;
}
