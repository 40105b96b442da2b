// Words, strings and signs of program texts: just enough of six languages to see which calls they make with which strings.
import type { SourceSyntax } from '../facts/nats-clients.ts';
import type { Span } from '../text/span.ts';

/** A part of a string: text, or a place that the program fills; then `hole` is the expression that stands there, where it is a part of the string. */
export type StringPart = string | { readonly hole: string };

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
    else if (this.#string(char)) return;
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

  #string(char: string): boolean {
    const form = this.#formAt(char);
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

  #formAt(char: string): StringForm | undefined {
    const text = this.#text;
    for (const { pattern, form } of stringForms[this.#syntax]) {
      if (!form.first.includes(char)) continue;
      pattern.lastIndex = this.#at;
      const opening = pattern.exec(text)?.[0];
      if (opening !== undefined) return { ...form, opening, closing: form.closingOf(opening) };
    }
    return undefined;
  }
}

function isNamePart(char: string): boolean {
  if ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || char === '$') return true;
  return (char >= '0' && char <= '9') || (char > '\x7f' && letter.test(char));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

interface FormKind {
  /** Characters with which it can begin. */
  readonly first: string;
  readonly escapes: boolean;
  readonly multiline: boolean;
  /** How places that the program fills begin; undefined where there are none in the string itself. */
  readonly holes: 'dollar-brace' | 'brace' | undefined;
  closingOf(opening: string): string;
}

interface StringForm extends FormKind {
  readonly opening: string;
  readonly closing: string;
}

const same = (opening: string) => opening;
const lastChar = (opening: string) => opening.slice(-1);
const plain = (first: string): FormKind => ({ first, escapes: true, multiline: false, holes: undefined, closingOf: lastChar });
const raw = (first: string, closingOf = lastChar): FormKind => ({ first, escapes: false, multiline: true, holes: undefined, closingOf });
const form = (pattern: RegExp, kind: FormKind) => ({ pattern, form: kind });
const character = form(/'(?=(?:[^'\\\n]|\\.[^'\n]{0,8})')/y, plain("'"));
const pythonQuotes = (opening: string) => /(?:'{3}|"{3}|['"])$/.exec(opening)?.[0] ?? '';

const stringForms: Readonly<Record<SourceSyntax, readonly { readonly pattern: RegExp; readonly form: FormKind }[]>> = {
  go: [form(/"/y, plain('"')), form(/`/y, raw('`')), character],
  typescript: [form(/["']/y, plain('"\'')), form(/`/y, { ...plain('`'), multiline: true, holes: 'dollar-brace' })],
  python: [
    form(/(?:[fF][rR]?|[rR][fF])(?:'{3}|"{3})/y, { ...plain('fFrR'), multiline: true, holes: 'brace', closingOf: pythonQuotes }),
    form(/(?:[fF][rR]?|[rR][fF])['"]/y, { ...plain('fFrR'), holes: 'brace', closingOf: pythonQuotes }),
    form(/[rRbBuU]{0,2}(?:'{3}|"{3})/y, { ...plain('rRbBuU\'"'), multiline: true, closingOf: pythonQuotes }),
    form(/[rRbBuU]{0,2}['"]/y, { ...plain('rRbBuU\'"'), closingOf: pythonQuotes }),
  ],
  java: [form(/"""/y, { ...plain('"'), multiline: true, closingOf: same }), form(/"/y, plain('"')), character],
  rust: [
    form(
      /b?r(#*)"/y,
      raw('br', opening => `"${'#'.repeat(opening.split('#').length - 1)}`),
    ),
    form(/b?"/y, { ...plain('b"'), multiline: true }),
    character,
  ],
  csharp: [
    form(/\$"""/y, { ...raw('$', () => '"""'), holes: 'brace' }),
    form(/"""/y, raw('"', same)),
    form(/(?:\$@|@\$)"/y, { ...raw('$@'), holes: 'brace' }),
    form(/@"/y, raw('@')),
    form(/\$"/y, { ...plain('$'), holes: 'brace' }),
    form(/"/y, plain('"')),
    character,
  ],
};

/** Content of a string from behind its opening quote. A string that must end with its line and does not, ends there. */
function readString(text: string, from: number, { escapes, multiline, holes, closing }: StringForm) {
  const parts: StringPart[] = [];
  let run = '';
  let at = from;
  const flush = () => {
    if (run !== '') parts.push(run);
    run = '';
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (text.startsWith(closing, at)) {
      flush();
      return { parts, end: at, closed: true };
    }
    if (char === '\n' && !multiline) break;
    if (char === '\\' && escapes) {
      // What an escape stands for is rarely a part of a subject: a space makes sure that it is taken for none.
      run += /[\\'"$`{}]/.test(text[at + 1] ?? '') ? text[at + 1] : ' ';
      at += 2;
    } else if (holes === 'brace' && (char === '{' || char === '}') && text[at + 1] === char) {
      run += char;
      at += 2;
    } else if ((holes === 'brace' && char === '{') || (holes === 'dollar-brace' && char === '$' && text[at + 1] === '{')) {
      flush();
      const start = at + (char === '$' ? 2 : 1);
      const end = holeEnd(text, start, multiline ? text.length : lineEnd(text, start));
      parts.push({ hole: text.slice(start, end) });
      at = end + 1;
    } else {
      run += char;
      at++;
    }
  }
  flush();
  return { parts, end: Math.min(at, text.length), closed: false };
}

/** Place of the brace that closes an expression within a string. */
function holeEnd(text: string, from: number, limit: number): number {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return limit;
}
