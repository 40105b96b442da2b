// Words, strings and signs of program texts: just enough of six languages to see which calls they make with which strings.
import type { SourceSyntax } from '../facts/nats-clients.ts';
import type { Span } from '../text/span.ts';
import { lineEnd, readString, type StringPart, stringFormAt } from './strings.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  readonly span: Span;
  /** Of a name, number or sign; empty for a string. */
  readonly text: string;
  /** Of a string, escapes resolved as far as subjects need it. */
  readonly parts: readonly StringPart[];
  /** Of a string: its content without quotes. */
  readonly content: Span;
}

/** A text as tokens, and for each bracket the index of its counterpart (its own index where there is none). */
export interface Tokens {
  readonly list: readonly Token[];
  readonly match: Int32Array;
}

const letter = /[\p{L}\p{N}]/u;
const noParts: readonly StringPart[] = [];
/** Signs of two characters that count as one, by their first. */
const longSigns = new Map(['::=', '?.?', '=>=', '->', '!=', '<=', '>=', '&&', '||'].map(([first, ...next]) => [first, next.join('')]));

/** Splits a program into tokens, without comments. Never throws; what cannot be read is skipped. In Python, blocks get brackets `{` `}`. */
export function tokenize(text: string, syntax: SourceSyntax): Tokens {
  const scanner = new Scanner(text, syntax);
  const list = scanner.all();
  return { list, match: matchBrackets(list) };
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function matchBrackets(list: readonly Token[]): Int32Array {
  const match = new Int32Array(list.length);
  const open: number[] = [];
  for (const [i, { kind, text }] of list.entries()) {
    match[i] = i;
    if (kind !== 'sign') continue;
    if (closers[text]) open.push(i);
    else if (text === ')' || text === ']' || text === '}') {
      let at = open.length - 1;
      while (at >= 0 && closers[list[open[at] as number]?.text ?? ''] !== text) at--;
      if (at < 0) continue;
      const start = open[at] as number;
      open.length = at;
      match[i] = start;
      match[start] = i;
    }
  }
  return match;
}

class Scanner {
  readonly #text: string;
  readonly #syntax: SourceSyntax;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** Python: columns of the open blocks, and how many brackets are open. */
  readonly #blocks: number[] = [];
  #depth = 0;

  constructor(text: string, syntax: SourceSyntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  all(): Token[] {
    while (this.#at < this.#text.length) this.#next();
    for (const _ of this.#blocks) this.#sign(this.#at, this.#at, '}');
    return this.#tokens;
  }

  #next(): void {
    const char = this.#text[this.#at] as string;
    if (char === '\n' && this.#syntax === 'python') this.#newLine();
    else if (char === ' ' || char === '\n' || char === '\t' || char === '\r') this.#at++;
    else if (this.#comment(char)) return;
    else if (this.#string()) return;
    else if (char >= '0' && char <= '9') this.#run('number');
    else if (isNamePart(char)) this.#run('name');
    else this.#signAt(char);
  }

  #run(kind: 'name' | 'number'): void {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && (isNamePart(this.#text[end] as string) || (kind === 'number' && this.#text[end] === '.'))) end++;
    this.#push(kind, start, end, this.#text.slice(start, end));
    this.#at = end;
  }

  #push(kind: Token['kind'], start: number, end: number, text: string): void {
    const span = { start, end };
    this.#tokens.push({ kind, span, text, parts: noParts, content: span });
  }

  #signAt(char: string): void {
    const text = longSigns.get(char)?.includes(this.#text[this.#at + 1] ?? '') ? char + this.#text[this.#at + 1] : char;
    if (closers[text]) this.#depth++;
    else if (text === ')' || text === ']' || text === '}') this.#depth = Math.max(0, this.#depth - 1);
    this.#sign(this.#at, this.#at + text.length, text);
    this.#at += text.length;
  }

  #sign(start: number, end: number, text: string): void {
    this.#push('sign', start, end, text);
  }

  /** Python: a line that is indented more than the one before, which ends with a colon, opens a block. */
  #newLine(): void {
    this.#at++;
    if (this.#depth > 0) return;
    const indent = /[ \t]*/y;
    indent.lastIndex = this.#at;
    const width = indent.exec(this.#text)?.[0].length ?? 0;
    const next = this.#text[this.#at + width];
    if (next === undefined || next === '\n' || next === '\r' || next === '#') return;
    while (this.#blocks.length > 0 && width < (this.#blocks[this.#blocks.length - 1] as number)) {
      this.#blocks.pop();
      this.#sign(this.#at, this.#at, '}');
    }
    const last = this.#tokens[this.#tokens.length - 1];
    if (last?.text === ':' && last.kind === 'sign' && width > (this.#blocks[this.#blocks.length - 1] ?? 0)) {
      this.#blocks.push(width);
      this.#sign(this.#at, this.#at, '{');
    } else this.#sign(this.#at, this.#at, ';');
  }

  #comment(char: string): boolean {
    const text = this.#text;
    if (this.#syntax === 'python' || char !== '/') {
      if (char !== '#' || this.#syntax !== 'python') return false;
      this.#at = lineEnd(text, this.#at);
      return true;
    }
    const next = text[this.#at + 1];
    if (next === '/') this.#at = lineEnd(text, this.#at);
    else if (next === '*') this.#at = this.#blockCommentEnd();
    else return this.#syntax === 'typescript' && this.#regularExpression();
    return true;
  }

  #blockCommentEnd(): number {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = this.#at + 2;
    let depth = 1;
    for (let found = mark.exec(this.#text); found; found = mark.exec(this.#text)) {
      if (found[0] === '*/') depth--;
      else if (this.#syntax === 'rust') depth++;
      if (depth === 0) return mark.lastIndex;
    }
    return this.#text.length;
  }

  /** A slash where a value must stand begins a regular expression. */
  #regularExpression(): boolean {
    const last = this.#tokens[this.#tokens.length - 1];
    const isOperator = last && last.kind !== 'name' && (last.kind !== 'sign' || last.text === ')' || last.text === ']');
    if (isOperator || (last?.kind === 'name' && !/^(?:return|typeof|case|of|in)$/.test(last.text))) return false;
    const pattern = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #string(): boolean {
    const form = stringFormAt(this.#text, this.#at, this.#syntax);
    if (!form) return false;
    const start = this.#at;
    const from = start + form.opening.length;
    const { parts, end, closed } = readString(this.#text, from, form);
    const content = { start: from, end };
    const span = { start, end: closed ? end + form.closing.length : end };
    this.#tokens.push({ kind: 'string', span, text: '', parts, content });
    this.#at = Math.max(span.end, start + 1);
    return true;
  }
}

function isNamePart(char: string): boolean {
  if ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || char === '$') return true;
  return (char >= '0' && char <= '9') || (char > '\x7f' && letter.test(char));
}
