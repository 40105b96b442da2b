// JSON objects as tokens hold them: the values, and the names that are written twice, of which `JSON.parse` keeps only the last.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export type JsonProblem = 'not-json' | 'not-an-object';

export interface ParsedObject {
  readonly object?: JsonObject;
  /** Names that occur more than once in one object, at any depth, each once. */
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

/** Never throws. */
export function parseObject(text: string): ParsedObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { duplicates: [], problem: 'not-json' };
  }
  if (!isObject(value)) return { duplicates: [], problem: 'not-an-object' };
  return { object: value, duplicates: findDuplicates(text) };
}

/** Walks over valid JSON once. A string is a member's name when a colon follows it. */
function findDuplicates(text: string): readonly string[] {
  const open: Set<string>[] = [];
  let twice: Set<string> | undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7b) open.push(new Set());
    else if (code === 0x7d) open.pop();
    else if (code === 0x22) {
      const start = i++;
      let escaped = false;
      for (; text.charCodeAt(i) !== 0x22; i++) {
        if (text.charCodeAt(i) === 0x5c) {
          escaped = true;
          i++;
        }
      }
      if (!colonFollows(text, i + 1)) continue;
      const name = escaped ? (JSON.parse(text.slice(start, i + 1)) as string) : text.slice(start + 1, i);
      const names = open[open.length - 1] as Set<string>;
      if (names.has(name)) {
        twice ??= new Set();
        twice.add(name);
      } else names.add(name);
    }
  }
  return twice ? [...twice] : [];
}

function colonFollows(text: string, from: number): boolean {
  let i = from;
  while (text.charCodeAt(i) <= 0x20) i++;
  return text.charCodeAt(i) === 0x3a;
}
