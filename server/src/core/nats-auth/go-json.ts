// JSON as Go reads it into a structure: what has the wrong type makes the whole text unreadable, names are compared without case,
// `null` changes nothing, unknown names are skipped. nats-server takes its JWTs apart this way.
import { isObject, type JsonValue } from '../text/json.ts';

/** Reads a value that is not `null`; undefined where Go would refuse it. */
export type Reader<Value> = (value: JsonValue) => Value | undefined;

type Fields = Readonly<Record<string, Reader<unknown>>>;
export type StructOf<F extends Fields> = { readonly [Name in keyof F]?: Exclude<ReturnType<F[Name]>, undefined> };
/** What a reader gives. */
export type Read<R extends Reader<unknown>> = Exclude<ReturnType<R>, undefined>;

export const text: Reader<string> = value => (typeof value === 'string' ? value : undefined);
export const flag: Reader<boolean> = value => (typeof value === 'boolean' ? value : undefined);
export const anything: Reader<JsonValue> = value => value;

/** A whole number within bounds; without them those of int64. */
export function integer(least = -(2 ** 63), most = 2 ** 63): Reader<number> {
  return value => (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined);
}

/** `empty` stands for an item that is `null`. */
export function list<Item>(item: Reader<Item>, empty: Item): Reader<readonly Item[]> {
  return value => {
    if (!Array.isArray(value)) return undefined;
    const items: Item[] = [];
    for (const each of value as readonly JsonValue[]) {
      const read = each === null ? empty : item(each);
      if (read === undefined) return undefined;
      items.push(read);
    }
    return items;
  };
}

export const texts: Reader<readonly string[]> = list(text, '');

export function mapOf<Item>(item: Reader<Item>, empty: Item): Reader<ReadonlyMap<string, Item>> {
  return value => {
    if (!isObject(value)) return undefined;
    const map = new Map<string, Item>();
    for (const [name, each] of Object.entries(value)) {
      const read = each === null ? empty : item(each);
      if (read === undefined) return undefined;
      map.set(name, read);
    }
    return map;
  };
}

export function struct<F extends Fields>(fields: F): Reader<StructOf<F>> {
  const names = new Map(Object.keys(fields).map(name => [name.toLowerCase(), name]));
  return value => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const [written, each] of Object.entries(value)) {
      const name = names.get(written.toLowerCase());
      if (name === undefined || each === null) continue;
      const field = (fields[name] as Reader<unknown>)(each);
      if (field === undefined) return undefined;
      read[name] = field;
    }
    return read as StructOf<F>;
  };
}
