// JSON objects as tokens hold them. `JSON.parse` would keep the last of two members with one name without a word, and throws, which
// is slow where most candidates are no JSON; so this reads them itself.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export type JsonProblem = 'not-json' | 'not-an-object';

export interface ParsedObject {
  readonly object?: JsonObject;
  /** Names that occur more than once in one object, at any depth, each once. The last value is the one kept. */
  readonly duplicates: readonly string[];
  readonly problem?: JsonProblem;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own member of an object; names such as `constructor` are no members. */
export function member(object: JsonObject | undefined, name: string): JsonValue | undefined {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Reads RFC 8259 text whose value should be an object. Never throws. */
export function parseObject(text: string): ParsedObject {
  const reader = new Reader(text);
  const value = reader.readWhole();
  if (value === undefined) return { duplicates: [], problem: 'not-json' };
  if (!isObject(value)) return { duplicates: [], problem: 'not-an-object' };
  return { object: value, duplicates: [...reader.duplicates] };
}

/** Levels above which nesting is taken for nonsense; the deepest claims known have six. */
const deepest = 64;

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Each `read…` returns undefined where the text is not what it should be; then everything stops. */
class Reader {
  readonly #text: string;
  #at = 0;
  readonly duplicates = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  readWhole(): JsonValue | undefined {
    const value = this.#value(0);
    this.#skipSpace();
    return this.#at === this.#text.length ? value : undefined;
  }

  #skipSpace(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  /** Skips white space, then takes `code` if it stands there. */
  #take(code: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  #value(depth: number): JsonValue | undefined {
    this.#skipSpace();
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x22) return this.#string();
    if (code === 0x7b) return depth < deepest ? this.#object(depth) : undefined;
    if (code === 0x5b) return depth < deepest ? this.#array(depth) : undefined;
    if (code === 0x74) return this.#word('true', true);
    if (code === 0x66) return this.#word('false', false);
    if (code === 0x6e) return this.#word('null', null);
    numberPattern.lastIndex = this.#at;
    const number = numberPattern.exec(this.#text);
    if (!number) return undefined;
    this.#at = numberPattern.lastIndex;
    return Number(number[0]);
  }

  #word<Value extends boolean | null>(word: string, value: Value): Value | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return value;
  }

  #object(depth: number): JsonObject | undefined {
    const object: Record<string, JsonValue> = {};
    this.#at++;
    if (this.#take(0x7d)) return object;
    do {
      this.#skipSpace();
      const name = this.#text.charCodeAt(this.#at) === 0x22 ? this.#string() : undefined;
      if (name === undefined || !this.#take(0x3a)) return undefined;
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      if (Object.hasOwn(object, name)) this.duplicates.add(name);
      // Written as a plain assignment, this one name would change what the object is.
      if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
      else object[name] = value;
    } while (this.#take(0x2c));
    return this.#take(0x7d) ? object : undefined;
  }

  #array(depth: number): readonly JsonValue[] | undefined {
    const items: JsonValue[] = [];
    this.#at++;
    if (this.#take(0x5d)) return items;
    do {
      const item = this.#value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#take(0x2c));
    return this.#take(0x5d) ? items : undefined;
  }

  #string(): string | undefined {
    let from = ++this.#at;
    let read = '';
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) return read + this.#text.slice(from, this.#at++);
      if (!(code >= 0x20)) return undefined;
      if (code !== 0x5c) continue;
      read += this.#text.slice(from, this.#at);
      const letter = this.#text.charAt(++this.#at);
      const hex = letter === 'u' ? this.#text.slice(this.#at + 1, this.#at + 5) : '';
      if (/^[0-9a-fA-F]{4}$/.test(hex)) {
        read += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else if (Object.hasOwn(escapes, letter)) read += escapes[letter];
      else return undefined;
      from = this.#at + 1;
    }
  }
}
