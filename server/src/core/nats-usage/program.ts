// A program as brackets, chains of names and calls: the little syntax that all six languages share.
import type { ClientFacts } from '../facts/nats-clients.ts';
import { type Token, type Tokens, tokenize } from './tokens.ts';

/** Tokens from `from` up to, not including, `to`. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

const noToken: Token = { kind: 'sign', span: { start: 0, end: 0 }, text: '', parts: [], content: { start: 0, end: 0 } };

/** Longest type argument list that is looked over between a method's name and its arguments. */
const longestTypeArguments = 60;

export class Program {
  readonly facts: ClientFacts;
  readonly #tokens: Tokens;

  constructor(text: string, facts: ClientFacts) {
    this.facts = facts;
    this.#tokens = tokenize(text, facts.syntax);
  }

  get size(): number {
    return this.#tokens.list.length;
  }

  /** The token at an index; one without text where there is none. */
  token(index: number): Token {
    return this.#tokens.list[index] ?? noToken;
  }

  is(index: number, ...signs: readonly string[]): boolean {
    const { kind, text } = this.token(index);
    return kind === 'sign' && signs.includes(text);
  }

  /** Index of a bracket's counterpart; the index itself for a bracket without one and for everything else. */
  match(index: number): number {
    return this.#tokens.match[index] ?? index;
  }

  /** Index of the bracket that opens the arguments of a call whose name stands at `index`; undefined where no call follows. */
  callAt(index: number): number | undefined {
    let next = index + 1;
    if (this.is(next, '::') && this.is(next + 1, '<')) next++;
    if (this.is(next, '<')) {
      const end = this.#typeArgumentsEnd(next);
      if (end === undefined) return undefined;
      next = end + 1;
    }
    return this.is(next, '(') && this.match(next) > next ? next : undefined;
  }

  #typeArgumentsEnd(open: number): number | undefined {
    let depth = 0;
    for (let i = open; i < Math.min(this.size, open + longestTypeArguments); i++) {
      const { kind, text } = this.token(i);
      if (text === '<') depth++;
      else if (text === '>' && --depth === 0) return i;
      else if (kind === 'sign' && !/^(?:[.,?&|[\]>{}:]|::|=>)$/.test(text)) return undefined;
    }
    return undefined;
  }

  /** What stands between commas within the bracket at `open`. */
  parts(open: number): readonly TokenRange[] {
    const end = this.match(open);
    const parts: TokenRange[] = [];
    let from = open + 1;
    for (let i = from; i <= end; i++) {
      if (i === end || this.is(i, ',')) {
        if (i > from) parts.push({ from, to: i });
        from = i + 1;
      } else if (this.match(i) > i) i = this.match(i);
    }
    return parts;
  }

  /** The expression from an index on: up to the comma, semicolon, bracket or statement behind it. */
  valueAt(from: number): TokenRange {
    for (let i = from; i < this.size; i++) {
      if (i > from && this.#beginsStatement(i)) return { from, to: i };
      if (this.match(i) > i) i = this.match(i);
      else if (this.match(i) < i || this.is(i, ';', ',')) return { from, to: i };
    }
    return { from, to: this.size };
  }

  /** Without a semicolon, an expression ends where two values stand behind one another. */
  #beginsStatement(index: number): boolean {
    const [before, here] = [this.token(index - 1), this.token(index)];
    const isEmptyList = before.text === ']' && this.match(index - 1) === index - 2; // `[]string{…}`
    const isValue = before.kind !== 'sign' || before.text === ')' || (before.text === ']' && !isEmptyList) || before.text === '}';
    if (!isValue || here.kind === 'sign' || (before.kind === 'string' && here.kind === 'string')) return false;
    return !/^(?:as|await|mut|new|return|in|of|satisfies|async)$/.test(before.text) && !/^(?:as|satisfies)$/.test(here.text);
  }

  /** Whether a dot of any language stands at an index. */
  isDot(index: number): boolean {
    return this.is(index, '.', '?.', '::') || (this.is(index, '!') && this.is(index + 1, '.'));
  }

  /** Index of the last token of what a method's name at `index` is called on; undefined where nothing stands in front. */
  receiver(index: number): number | undefined {
    if (!this.is(index - 1, '.', '?.', '::')) return undefined;
    const before = this.is(index - 2, '!', '?') ? index - 3 : index - 2;
    return before >= 0 ? before : undefined;
  }

  /** Names with dots between that end with the name at `index`, for instance `jetstream.New`. */
  path(index: number): string {
    let path = this.token(index).text;
    for (let at = index; ; ) {
      const before = this.receiver(at);
      if (before === undefined || this.token(before).kind !== 'name') return path;
      at = before;
      path = `${this.token(at).text}.${path}`;
    }
  }

  /** Index of the first token of the chain of names and calls that the name at `index` is a part of. */
  chainStart(index: number): number {
    let at = index;
    for (;;) {
      const before = this.receiver(at);
      if (before === undefined) return at;
      at = before;
      while (this.is(at, ')', ']') && this.match(at) < at) {
        const open = this.match(at);
        const name = this.token(open - 1).kind === 'name' || this.is(open - 1, ')', ']');
        at = name ? open - 1 : open;
      }
    }
  }

  /** Index of the innermost open bracket around a token; undefined at the top. */
  enclosing(index: number): number | undefined {
    for (let i = index - 1; i >= 0; i--) {
      const other = this.match(i);
      if (other < i) i = other;
      else if (other > index) return i;
    }
    return undefined;
  }

  /** What a bracket belongs to: the path of the call, type or variable in front of it, through brackets that open directly inside of one another. */
  owner(open: number): string {
    const before = open - 1;
    const { kind, text } = this.token(before);
    if (kind === 'name') return this.path(before);
    if (text === ')') return this.owner(this.match(before));
    if (text === '(' || text === ',') {
      const outer = this.enclosing(open);
      return outer === undefined ? '' : this.owner(outer);
    }
    if (text === '=' || text === ':=') return this.#declared(before);
    if (text === '>') return /\w+(?:\.\w+)*/.exec(this.#declared(open))?.[0] ?? '';
    return '';
  }

  /** Text of a declaration that ends in front of `index`, from its colon on. */
  #declared(index: number): string {
    let from = index;
    while (from > index - 12 && from > 0 && !this.is(from - 1, ':', ';', '{', '}', '(', ')', ',', '=')) from--;
    let text = '';
    for (let i = from; i < index; i++) text += this.token(i).text;
    return text;
  }
}
