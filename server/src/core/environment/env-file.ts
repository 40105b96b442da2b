// Dotenv files as Compose reads them (`.env`, `env_file`): compose-go's own dialect of quotes, comments, `export` and `${…}`.
// Reading and evaluating are two steps: what stands in the file is fixed, what a variable becomes depends on who asks.
import type { Span } from '../text/span.ts';
import { interpolate, type Lookup, type VariableUse } from './interpolate.ts';
import { isInlineSpace, isSpace, trimEnd } from './unicode-space.ts';

/** `NAME=value`, or `NAME` alone, which takes the value of the environment. */
export interface EnvStatement {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the name (or `export`) to the end of the value, quotes included. */
  readonly span: Span;
  /** The value as it stands in the file, quotes included; empty at the separator's end when there is no value. */
  readonly valueSpan: Span;
  /** The value before substitution, without quotes and escapes; undefined for a name alone. */
  readonly raw: string | undefined;
  readonly quote: '"' | "'" | undefined;
  /** Where `raw` starts in the file, if each of its characters stands there unchanged; undefined when escapes intervene. */
  readonly rawStart: number | undefined;
  readonly exported: boolean;
  /** Comment behind an unquoted value, which Compose cuts off: from the blank before `#` to the end of the line. */
  readonly comment: Span | undefined;
}

export interface EnvFileProblem {
  readonly span: Span;
  /** What is wrong, in words, without a full stop. */
  readonly message: string;
  readonly advice: string;
}

const problems = {
  'name-character': {
    message: 'A variable name can hold letters, digits, `_`, `.` and `-`',
    advice: 'Write `NAME=value`; a value over several lines stands in quotes.',
  },
  'name-space': { message: 'A variable name cannot hold a blank', advice: 'Write `NAME=value`.' },
  'no-name': { message: 'No name stands before the `=`', advice: 'Write `NAME=value`.' },
  'unterminated-quote': { message: 'The quote that opens here is never closed', advice: 'Close it, or take it away.' },
} as const;

/** What is wrong with a `${…}` that cannot be read. */
export const malformedInEnvFile = {
  message: 'This is no `${VARIABLE}` that Compose can read',
  advice: 'Write `${NAME}` or `${NAME:-default}`, or put the value into single quotes if the dollar sign is meant as one.',
};

export interface EnvFile {
  readonly statements: readonly EnvStatement[];
  /** Where Compose gives up; nothing behind it is read. */
  readonly problem: EnvFileProblem | undefined;
}

/** Whether a file's name says that it is a dotenv file. */
export function isEnvFileName(name: string): boolean {
  return /^(?:\.env(?:\..+)?|.*\.env)$/i.test(name);
}

/** Whether it is there to be copied: `.env.example`, `example.env`, `.env.sample`. */
export function isExampleName(name: string): boolean {
  return /(?:^|[._-])(?:example|sample|template|dist|tmpl|tpl|default|defaults)(?:[._-]|$)/i.test(name);
}

/** Reads a dotenv file. `raw` is the format of that name: no quotes, no comments behind values, no substitution. */
export function parseEnvFile(text: string, format: 'env' | 'raw' = 'env'): EnvFile {
  return format === 'raw' ? parseRaw(text) : new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #statements: EnvStatement[] = [];
  #problem: EnvFileProblem | undefined;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  parse(): EnvFile {
    while (this.#skipToStatement() && this.#readStatement()) {
      // Each statement moves the position on.
    }
    return { statements: this.#statements, problem: this.#problem };
  }

  /** Whether there is another statement. */
  #skipToStatement(): boolean {
    const text = this.#text;
    for (;;) {
      while (this.#at < text.length && isSpace(text[this.#at])) this.#at++;
      if (this.#at >= text.length) return false;
      if (text[this.#at] !== '#') return true;
      const lineFeed = text.indexOf('\n', this.#at);
      if (lineFeed < 0) return false;
      this.#at = lineFeed;
    }
  }

  #readStatement(): boolean {
    const text = this.#text;
    const start = this.#at;
    const exported =
      text.startsWith('export', start) && isSpace(text[start + 6]) && text[start + 6] !== '\u0085' && text[start + 6] !== '\u00A0';
    if (exported) {
      this.#at += 6;
      while (isInlineSpace(text[this.#at])) this.#at++;
    }
    const nameStart = this.#at;
    const separator = this.#findSeparator(nameStart);
    if (separator === undefined) return false;
    // A name alone on a last line without a line feed is read by compose-go as the value of a nameless variable.
    const alone = separator >= text.length;
    const name = alone ? '' : trimEnd(text.slice(nameStart, separator));
    if (!alone && name.includes(' ')) return this.#fail('name-space', nameStart, nameStart + name.length);
    const nameSpan = { start: nameStart, end: nameStart + name.length };
    this.#at = alone ? nameStart : separator + 1;
    while (isInlineSpace(text[this.#at])) this.#at++;
    if (!alone && text[separator] === '\n') {
      this.#statements.push({
        ...{ name, nameSpan, exported, raw: undefined, quote: undefined, rawStart: undefined, comment: undefined },
        span: { start, end: nameSpan.end },
        valueSpan: { start: nameSpan.end, end: nameSpan.end },
      });
      return true;
    }
    return this.#readValue({ start, name, nameSpan, exported });
  }

  /** Offset of the `=`, `:` or line feed that ends a name; the text's length if there is none. Undefined after a problem. */
  #findSeparator(nameStart: number): number | undefined {
    const text = this.#text;
    for (let i = nameStart; i < text.length; ) {
      const char = String.fromCodePoint(text.codePointAt(i) as number);
      if (char === '=' || char === ':' || char === '\n') return i;
      if (!isInlineSpace(char) && !/[\p{L}\p{N}_.\-[\]]/u.test(char)) {
        this.#fail('name-character', i, i + char.length);
        return undefined;
      }
      i += char.length;
    }
    return text.length;
  }

  #readValue(head: Pick<EnvStatement, 'name' | 'nameSpan' | 'exported'> & { start: number }): boolean {
    const { start, ...named } = head;
    const text = this.#text;
    const valueStart = this.#at;
    const quote = text[valueStart];
    if (quote === '"' || quote === "'") {
      const end = closingQuote(text, valueStart, quote);
      if (end === undefined) {
        const lineEnd = text.indexOf('\n', valueStart);
        return this.#fail('unterminated-quote', valueStart, lineEnd < 0 ? text.length : lineEnd);
      }
      const inner = text.slice(valueStart + 1, end);
      const raw = quote === '"' ? expandEscapes(unescapeQuote(inner, quote)) : unescapeQuote(inner, quote);
      this.#at = end + 1;
      this.#statements.push({
        ...named,
        span: { start, end: end + 1 },
        valueSpan: { start: valueStart, end: end + 1 },
        raw,
        quote,
        rawStart: raw === inner ? valueStart + 1 : undefined,
        comment: undefined,
      });
      return true;
    }
    const lineFeed = text.indexOf('\n', valueStart);
    const lineEnd = lineFeed < 0 ? text.length : lineFeed;
    const line = text.slice(valueStart, lineEnd);
    const hash = line.indexOf(' #');
    const raw = trimEnd(hash < 0 ? line : line.slice(0, hash));
    this.#at = Math.min(lineEnd + 1, text.length);
    this.#statements.push({
      ...named,
      span: { start, end: valueStart + raw.length },
      valueSpan: { start: valueStart, end: valueStart + raw.length },
      raw,
      quote: undefined,
      rawStart: valueStart,
      comment: hash < 0 ? undefined : { start: valueStart + hash, end: valueStart + trimEnd(line).length },
    });
    return true;
  }

  #fail(kind: keyof typeof problems, start: number, end: number): false {
    this.#problem = { span: { start, end }, ...problems[kind] };
    return false;
  }
}

/** Offset of the quote that ends a value; one behind a backslash does not. */
function closingQuote(text: string, start: number, quote: string): number | undefined {
  let escaped = false;
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === quote && !escaped) return i;
    escaped = char === '\\' && !escaped;
  }
  return undefined;
}

/** Takes the backslash off an escaped quote and leaves every other backslash. */
function unescapeQuote(inner: string, quote: string): string {
  if (!inner.includes('\\')) return inner;
  let text = '';
  let escaped = false;
  for (const char of inner) {
    if (!escaped && char === '\\') {
      escaped = true;
      continue;
    }
    text += escaped && char !== quote ? `\\${char}` : char;
    escaped = false;
  }
  return text;
}

const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '"': '"', '\\': '\\', $: '$$' };

/** Escapes inside of double quotes. `\$` becomes `$$`, which substitution turns into one `$`. */
function expandEscapes(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, letter: string | undefined, digits: string | undefined) => {
    if (letter !== undefined) return escapes[letter] ?? match;
    // `\0123` is octal 123. What is no byte in three octal digits stays, without the zero, as compose-go leaves it.
    return /^[0-3][0-7]{2}$/.test(digits ?? '') ? String.fromCharCode(Number.parseInt(digits as string, 8)) : `\\${digits ?? ''}`;
  });
}

/** `format: raw`, which `docker run --env-file` uses too. */
function parseRaw(text: string): EnvFile {
  const statements: EnvStatement[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const line = match[0].replace(/\r$/, '');
    let lead = match.index === 0 && line.startsWith('\uFEFF') ? 1 : 0;
    while (isSpace(line[lead])) lead++;
    if (line.length === lead || line[lead] === '#') continue;
    const start = match.index + lead;
    const equals = line.indexOf('=', lead);
    const nameEnd = match.index + (equals < 0 ? line.length : equals);
    const name = text.slice(start, nameEnd);
    if (name === '') return { statements, problem: { span: { start, end: match.index + line.length }, ...problems['no-name'] } };
    if (/[ \t]/.test(name)) return { statements, problem: { span: { start, end: nameEnd }, ...problems['name-space'] } };
    const valueStart = equals < 0 ? nameEnd : nameEnd + 1;
    const end = match.index + line.length;
    statements.push({
      name,
      nameSpan: { start, end: nameEnd },
      span: { start, end },
      valueSpan: { start: valueStart, end },
      raw: equals < 0 ? undefined : line.slice(equals + 1),
      quote: undefined,
      rawStart: valueStart,
      exported: false,
      comment: undefined,
    });
  }
  return { statements, problem: undefined };
}

/** What a statement became. */
export interface EnvValue {
  readonly statement: EnvStatement;
  readonly value: string;
  /** Variables in the value, their spans in the file; the value's own span where escapes moved the characters. */
  readonly uses: readonly VariableUse[];
}

export interface EnvEvaluation {
  readonly values: ReadonlyMap<string, EnvValue>;
  /** A malformed `${…}`: Compose refuses the file. */
  readonly malformed: Span | undefined;
}

/**
 * Evaluates a file on top of `before`, which it may refer to and override. `lookup` answers first, as the process environment does.
 * A name alone takes its value from `lookup`.
 */
export function evaluateEnvFile(
  file: EnvFile,
  lookup: Lookup,
  before: ReadonlyMap<string, string>,
  format: 'env' | 'raw' = 'env',
): EnvEvaluation {
  const values = new Map<string, EnvValue>();
  for (const statement of file.statements) {
    if (statement.raw === undefined) {
      const inherited = lookup(statement.name);
      if (inherited !== undefined) values.set(statement.name, { statement, value: inherited, uses: [] });
      continue;
    }
    if (statement.quote === "'" || format === 'raw') {
      values.set(statement.name, { statement, value: statement.raw, uses: [] });
      continue;
    }
    const { text, uses, malformed } = interpolate(statement.raw, name => lookup(name) ?? values.get(name)?.value ?? before.get(name));
    if (malformed) return { values, malformed: inFile(statement, malformed) };
    values.set(statement.name, { statement, value: text, uses: uses.map(use => moveUse(statement, use)) });
  }
  return { values, malformed: undefined };
}

function inFile(statement: EnvStatement, span: Span): Span {
  if (statement.rawStart === undefined) return statement.valueSpan;
  return { start: statement.rawStart + span.start, end: statement.rawStart + span.end };
}

function moveUse(statement: EnvStatement, use: VariableUse): VariableUse {
  const operand = use.operand ? inFile(statement, use.operand) : undefined;
  return { ...use, span: inFile(statement, use.span), nameSpan: inFile(statement, use.nameSpan), operand };
}
