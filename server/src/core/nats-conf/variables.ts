// Why does a `$VARIABLE` not resolve? The server only knows keys that stand earlier in a map that is still open; people forget this rule.
import type { SourceFile } from '../language.ts';
import type { KeyValue, MapNode, ValueNode } from './tree.ts';
import type { Place } from './values.ts';

/** Where the evaluation of one file stands. */
export interface Scopes {
  readonly file: SourceFile;
  readonly maps: readonly { readonly node: MapNode }[];
  /** The pairs around the place, outermost first. */
  readonly enclosing: readonly KeyValue[];
  readonly definitions: Definitions;
}

export interface Definition {
  readonly why: 'later' | 'elsewhere' | 'includer';
  readonly definition: Place;
}

/** Names that a shell, a service file, Compose or Kubernetes can set. */
export function isEnvironmentName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name);
}

/** `2b$11$…`: what an unquoted bcrypt hash becomes when its kind is not `2a`. `nats/unquoted-bcrypt-hash` speaks of it. */
export function isBcryptName(name: string): boolean {
  return /^2[bxy]\$\d\d\$/.test(name);
}

/**
 * A key of that name which the server does not see from here. A key whose own value is the reference (`user: $user`) is no definition,
 * and neither is another that waits for the same variable.
 */
export function whereDefined(name: string, scope: Scopes, open: readonly Scopes[]): Definition | undefined {
  let elsewhere: KeyValue | undefined;
  for (const { pair, parent } of scope.definitions.of(name)) {
    if (scope.enclosing.includes(pair)) continue;
    if (scope.maps.some(map => map.node === parent)) return { why: 'later', definition: { file: scope.file.id, span: pair.keySpan } };
    elsewhere ??= pair;
  }
  if (elsewhere) return { why: 'elsewhere', definition: { file: scope.file.id, span: elsewhere.keySpan } };
  for (let i = open.length - 1; i >= 0; i--) {
    const includer = open[i] as Scopes;
    const found = includer === scope ? undefined : includer.definitions.of(name)[0];
    if (found) return { why: 'includer', definition: { file: includer.file.id, span: found.pair.keySpan } };
  }
  return undefined;
}

interface PairInMap {
  readonly pair: KeyValue;
  readonly parent: MapNode;
}

/** All keys of one file by name; collected when a variable does not resolve for the first time. */
export class Definitions {
  readonly #tree: MapNode;
  #byName: Map<string, PairInMap[]> | undefined;

  constructor(tree: MapNode) {
    this.#tree = tree;
  }

  /** Keys that could define a variable of this name, in the order of the text. */
  of(name: string): readonly PairInMap[] {
    if (!this.#byName) {
      this.#byName = new Map();
      this.#collect(this.#tree);
    }
    return this.#byName.get(name) ?? [];
  }

  #collect(value: ValueNode): void {
    if (value.kind === 'array') for (const item of value.items) this.#collect(item);
    if (value.kind !== 'map') return;
    for (const entry of value.statements) {
      if (entry.kind !== 'pair') continue;
      if (defines(entry)) {
        const known = this.#byName?.get(entry.key);
        if (known) known.push({ pair: entry, parent: value });
        else this.#byName?.set(entry.key, [{ pair: entry, parent: value }]);
      }
      this.#collect(entry.value);
    }
  }
}

function defines({ key, value, garbled }: KeyValue): boolean {
  return !garbled && value.kind !== 'missing' && !(value.kind === 'variable' && value.name === key);
}
