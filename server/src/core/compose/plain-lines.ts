// Reads what nearly every line of a Compose file is: `key: value`, `- value`, a key with more lines below it. Such lines mean one thing
// alone, and reading them takes a tenth of what the `yaml` package takes, which is asked about every text with anything else in it.
import type { Span } from '../text/span.ts';
import { resolvePlain } from './go-scalar.ts';
import { endOf, type NodeMaker } from './node-maker.ts';
import { type Field, type Item, type Mapping, type Merge, type Node, ownField } from './yaml-tree.ts';

const SPACE = 32;
const LF = 10;
const HASH = 35;
const DASH = 45;

const keyText = /(?:[A-Za-z_][\w./-]{0,500}|<<)(?=:(?: |\n|$))/y;
// Behind blanks, a `#` begins a comment; before one, a colon ends a key.
const plainText = /(?:[A-Za-z0-9_./$~+(=^;\\]|-(?=[^\s:#]))(?:[^\s:#]+|:(?=[^\s:#])|#| +(?=[^\s:#]))*/y;
const plainInBrackets = /(?:[A-Za-z0-9_./$~+=]|-(?=[\w-]))[\w./$~+=@%*-]*(?: +[\w./$~+=@%*-]+)*/y;
const doubleQuoted = /"[^"\\\n]*"/y;
const singleQuoted = /'[^'\n]*'(?!')/y;
const anchorName = /&[\w-]+(?= |\n|$)/y;
const aliasName = /\*[\w-]+(?= |\n|$)/y;

/** The map that a text is, whole lines whose keys have `indent` blanks before them; undefined where that is not beyond doubt. */
export function readPlainLines(text: string, indent: number, maker: NodeMaker): Mapping | undefined {
  if (text.includes('\t') || text.includes('\r') || text.charCodeAt(0) === 0xfeff) return undefined;
  return new PlainLines(text, maker).read(indent);
}

class PlainLines {
  readonly #text: string;
  readonly #maker: NodeMaker;
  /** Where the text of the next line with any begins; at the end of the text when there is none. */
  #at = 0;
  /** Blanks before it; -1 at the end. */
  #indent = -1;
  /** Where the last line with a value ends, its line feed included. */
  #lineEnd = 0;

  constructor(text: string, maker: NodeMaker) {
    this.#text = text;
    this.#maker = maker;
  }

  read(indent: number): Mapping | undefined {
    this.#goTo(0);
    const map = this.#indent === indent ? this.#mapping(indent) : undefined;
    return this.#indent < 0 ? map : undefined;
  }

  /** Goes to the next line with text, from the beginning of one. */
  #goTo(start: number): void {
    const text = this.#text;
    let line = start;
    for (;;) {
      let first = line;
      while (text.charCodeAt(first) === SPACE) first++;
      const code = text.charCodeAt(first);
      if (code !== LF && code !== HASH) {
        this.#at = first;
        this.#indent = first < text.length ? first - line : -1;
        return;
      }
      const lineFeed = text.indexOf('\n', first);
      line = lineFeed < 0 ? text.length : lineFeed + 1;
    }
  }

  /** Goes on behind a value that ends at `end`; false where its line does not end there. */
  #endLine(end: number): boolean {
    const text = this.#text;
    let at = end;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (code === HASH && at > end) {
      at = text.indexOf('\n', at);
      if (at < 0) return false;
    } else if (code !== LF && at < text.length) return false;
    this.#lineEnd = Math.min(at + 1, text.length);
    this.#goTo(this.#lineEnd);
    return true;
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }

  #isDash(): boolean {
    if (this.#text.charCodeAt(this.#at) !== DASH) return false;
    const next = this.#text.charCodeAt(this.#at + 1);
    return next === SPACE || next === LF;
  }

  /** The map whose keys have `column` characters before them. */
  #mapping(column: number): Mapping | undefined {
    const start = this.#at;
    const entries: Field[] = [];
    const merges: Merge[] = [];
    const seen = new Set<string>();
    do {
      const from = this.#at;
      const key = this.#match(keyText, from);
      const isMerge = key === '<<';
      if (key === undefined || seen.has(key) || (!isMerge && resolvePlain(key).type !== 'string')) return undefined;
      seen.add(key);
      const keySpan = this.#maker.span(from, from + key.length);
      const item = this.#valueBehind(from + key.length + 1, column, true);
      if (!item) return undefined;
      if (isMerge) merges.push(this.#maker.merge(keySpan, item));
      else entries.push(ownField(key, keySpan, item));
    } while (this.#indent === column && !this.#isDash());
    const last = entries.at(-1);
    // A map of merges alone ends where the next line begins, comments between them aside.
    if (!last && this.#at - Math.max(this.#indent, 0) !== this.#lineEnd) return undefined;
    const span = last ? this.#spanTo(start, endOf(last)) : this.#maker.span(start, this.#lineEnd);
    return this.#maker.mapping(entries, merges, span, undefined);
  }

  #sequence(column: number): Node | undefined {
    const start = this.#at;
    const items: Item[] = [];
    do {
      const item = this.#listed(column);
      if (!item) return undefined;
      items.push(item);
    } while (this.#indent === column && this.#isDash());
    return this.#maker.sequence(items, this.#spanTo(start, endOf(items.at(-1) as Item)), undefined);
  }

  #listed(column: number): Item | undefined {
    let first = this.#at + 1;
    while (this.#text.charCodeAt(first) === SPACE) first++;
    if (this.#match(keyText, first) === undefined) return this.#valueBehind(first, column, false);
    this.#indent += first - this.#at;
    this.#at = first;
    const value = this.#mapping(this.#indent);
    return value && this.#indent <= column ? { value, alias: undefined, flow: false } : undefined;
  }

  /** A span up to an offset in the whole text. */
  #spanTo(start: number, end: number): Span {
    const span = this.#maker.span(start, start);
    return this.#maker.span(start, start + end - span.start);
  }

  /** The value behind a colon or a dash at `from`, which belongs to a map or list at `column`. */
  #valueBehind(from: number, column: number, inMap: boolean): Item | undefined {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const anchor = this.#match(anchorName, at)?.slice(1);
    if (anchor !== undefined) {
      at += anchor.length + 1;
      while (text.charCodeAt(at) === SPACE) at++;
    }
    const code = text.charCodeAt(at);
    const item =
      code === LF || code === HASH || at >= text.length ? inMap && this.#below(from, at, column, anchor) : this.#inline(at, anchor);
    // What stands further in would be more of the value.
    return item && this.#indent <= column ? item : undefined;
  }

  #below(from: number, at: number, column: number, anchor: string | undefined): Item | undefined {
    if (!this.#endLine(at)) return undefined;
    const indent = this.#indent;
    if (indent < column || (indent === column && !this.#isDash())) {
      // Behind blanks, `yaml` puts the value that is not there at one of two places.
      return anchor === undefined && at === from ? valued(this.#made('', from, false)) : undefined;
    }
    return valued(this.#maker.named(anchor, () => (this.#isDash() ? this.#sequence(indent) : this.#mapping(indent))));
  }

  #inline(at: number, anchor: string | undefined): Item | undefined {
    const alias = anchor === undefined ? this.#match(aliasName, at) : undefined;
    if (alias !== undefined) {
      const span = this.#maker.span(at, at + alias.length);
      return this.#endLine(at + alias.length) ? { value: this.#maker.aliased(alias.slice(1), span), alias: span, flow: false } : undefined;
    }
    return valued(this.#maker.named(anchor, () => this.#bracketed(at) ?? this.#scalar(at)));
  }

  #scalar(at: number): Node | undefined {
    const quoted = this.#match(doubleQuoted, at) ?? this.#match(singleQuoted, at);
    const written = quoted ?? this.#match(plainText, at);
    if (written === undefined || !this.#endLine(at + written.length)) return undefined;
    return this.#made(written, at, quoted !== undefined);
  }

  #made(written: string, at: number, isQuoted: boolean): Node {
    const span = this.#maker.span(at, at + written.length);
    return isQuoted
      ? this.#maker.quoted(written.slice(1, -1), written, span, undefined)
      : this.#maker.plain(written, written, span, undefined);
  }

  /** `[…]` with simple values, or `{}`. */
  #bracketed(start: number): Node | undefined {
    const text = this.#text;
    if (text.startsWith('{}', start)) {
      return this.#endLine(start + 2) ? this.#maker.mapping([], [], this.#maker.span(start, start + 2), undefined) : undefined;
    }
    if (text[start] !== '[') return undefined;
    const items: Item[] = [];
    let at = start + 1;
    for (let isOpen = text[at] !== ']'; isOpen; isOpen = text[at++] === ',') {
      while (text.charCodeAt(at) === SPACE) at++;
      const quoted = this.#match(doubleQuoted, at) ?? this.#match(singleQuoted, at);
      const written = quoted ?? this.#match(plainInBrackets, at);
      if (written === undefined) return undefined;
      items.push({ value: this.#made(written, at, quoted !== undefined), alias: undefined, flow: true });
      at += written.length;
      while (text.charCodeAt(at) === SPACE) at++;
    }
    const end = items.length > 0 ? at : at + 1;
    if (text[end - 1] !== ']' || !this.#endLine(end)) return undefined;
    return this.#maker.sequence(items, this.#maker.span(start, end), undefined);
  }
}

function valued(value: Node | undefined): Item | undefined {
  return value && { value, alias: undefined, flow: false };
}
