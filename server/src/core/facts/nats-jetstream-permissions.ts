// What a client needs to be allowed for its work with JetStream, key-value buckets, object stores and services, as data.
import table from './nats-jetstream-permissions.json';

/** Names in braces stand for one token (the last one for the rest): `{stream}`, `{consumer}`, `{bucket}`. */
export interface PermissionNeed {
  readonly publish?: readonly string[];
  readonly subscribe?: readonly string[];
  /** Needs `allow_responses`. */
  readonly responses?: boolean;
  /** `allow_responses` does as well, as for acknowledgements. */
  readonly orResponses?: boolean;
  /** Why it is needed, in words. */
  readonly what: string;
  /** Which clients need it; all of them where it is absent. */
  readonly of?: string;
}

export interface PermissionSet {
  readonly name: string;
  /** What the client may do with it, in words that follow "to". */
  readonly title: string;
  /** The permission that shows that this work is meant. */
  readonly sign: { readonly publish?: string; readonly subscribe?: string };
  /** A permission that shows that other work is meant. */
  readonly unless?: { readonly publish?: string };
  /** Of several subjects of one need, one is enough; the first is the one to propose. */
  readonly needs: readonly PermissionNeed[];
}

const sets = table.sets as Readonly<Record<string, Omit<PermissionSet, 'name'>>>;

export type PermissionSetName = keyof typeof table.sets;

export const permissionSets: readonly PermissionSet[] = Object.entries(sets).map(([name, set]) => ({ name, ...set }));

/** What the names in braces stand for. */
export type Bindings = Readonly<Record<string, string>>;

/** A subject of a set with the names filled in; undefined where one is not known. */
export function fillIn(template: string, bindings: Bindings): string | undefined {
  let known = true;
  const text = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (bindings[name] === undefined) known = false;
    return bindings[name] ?? '';
  });
  return known ? text : undefined;
}

/** What every pattern begins with that a template can be read in: its first token, where that is no name. */
export function headOf(template: string): string {
  const head = template.slice(0, template.indexOf('.') + 1);
  return head.includes('{') ? '' : head;
}

/**
 * What the names of a template stand for in a pattern that somebody wrote: `$KV.{bucket}.>` in `$KV.users.*`. A name takes one token; a
 * pattern that ends earlier with `>` leaves the rest to it. Undefined where the pattern says something else.
 */
export function bind(template: string, pattern: string): Bindings | undefined {
  // Nearly every pattern differs in its first token already.
  if (!pattern.startsWith(headOf(template))) return undefined;
  const bindings: Record<string, string> = {};
  const wanted = template.split('.');
  const tokens = pattern.split('.');
  for (const [at, part] of wanted.entries()) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (part === '>') return bindings;
    const named = /^(.*)\{(\w+)\}$/.exec(part);
    if (!named) {
      if (part !== token) return undefined;
    } else if (token === '>') {
      if (named[1] !== '' || at < wanted.length - 1) return undefined;
      bindings[named[2] as string] = '*';
    } else {
      if (!token.startsWith(named[1] as string) || token.length === (named[1] as string).length) return undefined;
      bindings[named[2] as string] = token.slice((named[1] as string).length);
    }
  }
  return tokens.length === wanted.length ? bindings : undefined;
}
