// From trees to values: reads the included files and resolves variables in the way and order of nats-server, which does both while it parses.
import type { BuildContext, SourceFile } from '../language.ts';
import type { ServerVersion } from '../lint/settings.ts';
import { directoryOf, type FileId, joinPath } from '../text/file-id.ts';
import { parseNatsConf } from './parser.ts';
import type { PartsOfText } from './part.ts';
import type { Include, KeyValue, MapNode, ParsedConf, ValueNode, VariableNode } from './tree.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedUnknown, EvaluatedValue, Place } from './values.ts';
import { Definitions, isEnvironmentName, type Scopes, whereDefined } from './variables.ts';

/** One file of the configuration, parsed. */
export interface ConfFile {
  readonly file: SourceFile;
  readonly parsed: ParsedConf;
}

export type IncludeOutcome =
  /** Loaded and evaluated. */
  | 'included'
  /** Does not exist: the server refuses. */
  | 'absent'
  /** Not loaded yet: nothing can be said. */
  | 'unknown'
  /** Already being read: the server would read it until it is killed. */
  | 'cycle'
  /** Nested deeper than we follow: nothing can be said. */
  | 'too-deep'
  /** The path is missing, which is a mistake of syntax. */
  | 'no-path';

export interface IncludeUse {
  readonly node: Include;
  /** The file that holds the `include`. */
  readonly file: FileId;
  /** The file that is meant: always below the directory of `file`, even for an absolute path. */
  readonly target: FileId;
  readonly outcome: IncludeOutcome;
}

export type VariableOutcome =
  | { readonly kind: 'resolved'; readonly entry: EvaluatedEntry }
  /** Nothing defines it here: taken to come from the environment of the server. */
  | { readonly kind: 'environment' }
  /** Defined where the server does not look. */
  | {
      readonly kind: 'out-of-scope';
      /** `later`: further down in the same map or in one around it; `elsewhere`: in another block; `includer`: in a file that includes this one. */
      readonly why: 'later' | 'elsewhere' | 'includer';
      /** The defining key. */
      readonly definition: Place;
    }
  /** No environment can hold such a name. */
  | { readonly kind: 'impossible' };

export interface VariableUse {
  readonly node: VariableNode;
  readonly file: FileId;
  readonly outcome: VariableOutcome;
  /** Names that would resolve at this place, innermost scope first; empty for one that is resolved, and when there are very many. */
  readonly visible: readonly string[];
}

/** A whole configuration: the main file with everything that it includes. */
export interface Evaluation {
  readonly root: EvaluatedMap;
  /** The main file first, then every included file once, in the order of inclusion. */
  readonly files: readonly ConfFile[];
  /** Every `include`, once for each place in the text. */
  readonly includes: readonly IncludeUse[];
  /** Every `$VARIABLE`, once for each place in the text; those that a file not loaded yet may define are left out. */
  readonly variables: readonly VariableUse[];
}

/** Evaluates `file` with its includes. Never throws, always ends. `before` is an earlier version of the file, evaluated for the same server. */
export function evaluate(file: SourceFile, version: ServerVersion, read: BuildContext['read'], before?: PartsOfText): Evaluation {
  const evaluator = new Evaluator(version, read);
  const root = evaluator.file(file, before);
  return { root, files: evaluator.files, includes: evaluator.includes, variables: evaluator.variables };
}

/** The server has no limit; ours only keeps a hostile chain of files from exhausting the stack. */
const mostIncludeDepth = 60;

const none: readonly EvaluatedEntry[] = [];

/** An entry while its file is read. */
class DraftEntry implements EvaluatedEntry {
  usedAsVariable = false;
  /** All entries of the key in its map, shared by them, and the place of this one among them: a list for each would cost the square of their number. */
  siblings: DraftEntry[] | undefined = undefined;
  index = 0;

  constructor(
    readonly key: string,
    readonly keyAt: Place,
    readonly value: EvaluatedValue,
    readonly node: KeyValue,
    readonly displaced: boolean,
  ) {}

  get replaces(): readonly EvaluatedEntry[] {
    return this.siblings ? this.siblings.slice(0, this.index) : none;
  }
}

interface DraftMap {
  readonly entries: Map<string, DraftEntry>;
  readonly node: MapNode;
  incomplete: boolean;
}

/** What is known while one file is read. Every file is read with nothing of the others in sight. */
interface FileScope extends Scopes {
  /** Open maps, the file's own first. */
  readonly maps: DraftMap[];
  readonly enclosing: KeyValue[];
  /** Keys that wait for a value. One that never gets one gives its name to the map around it. */
  readonly keys: KeyValue[];
}

class Evaluator {
  readonly files: ConfFile[] = [];
  readonly includes: IncludeUse[] = [];
  readonly variables: VariableUse[] = [];

  readonly #version: ServerVersion;
  readonly #read: BuildContext['read'];
  /** Files that are being read, the main file first. */
  readonly #open: FileScope[] = [];
  /** A file evaluates to the same each time, as it sees nothing of its includer. */
  readonly #done = new Map<FileId, EvaluatedMap>();
  /** How often something was met that does not stand for itself, or that a rule looks for: what holds none of it is the same wherever it stands. */
  #remarks = 0;
  /** How many visible names may still be listed: thousands of unresolved variables must not cost the square of that. */
  #namesLeft = 20_000;

  constructor(version: ServerVersion, read: BuildContext['read']) {
    this.#version = version;
    this.#read = read;
  }

  file(file: SourceFile, before?: PartsOfText): EvaluatedMap {
    const parsed = parseNatsConf(file.text, { version: this.#version, before });
    this.files.push({ file, parsed });
    const scope: FileScope = { file, maps: [], keys: [], enclosing: [], definitions: new Definitions(parsed.tree) };
    this.#open.push(scope);
    const at = { file: file.id, span: parsed.tree.span };
    const root = this.#map(parsed.tree, scope, at);
    this.#open.pop();
    this.#done.set(file.id, root);
    return root;
  }

  #map(node: MapNode, scope: FileScope, at: Place): EvaluatedMap {
    const { part } = node;
    if (part?.value) return part.value;
    const remarks = this.#remarks;
    const map: DraftMap = { entries: new Map(), node, incomplete: false };
    scope.maps.push(map);
    for (const entry of node.entries) {
      if (entry.kind === 'include') this.#include(entry, scope, map);
      else if (entry.garbled) this.#remarks++;
      else this.#pair(entry, scope, map);
    }
    scope.maps.pop();
    const value: EvaluatedMap = { kind: 'map', entries: map.entries, incomplete: map.incomplete, node, at, origin: at, via: undefined };
    if (part && (part.cleanIn.strict || part.cleanIn.tolerant) && this.#remarks === remarks) part.value = value;
    return value;
  }

  #pair(pair: KeyValue, scope: FileScope, map: DraftMap): void {
    scope.keys.push(pair);
    scope.enclosing.push(pair);
    const value = this.#value(pair.value, scope);
    scope.enclosing.pop();
    if (value === undefined) {
      this.#remarks++;
      return;
    }
    const named = scope.keys.pop() as KeyValue;
    this.#set(map, new DraftEntry(named.key, { file: scope.file.id, span: named.keySpan }, value, named, named !== pair));
  }

  /** The last of equal keys is in force. */
  #set(map: DraftMap, entry: DraftEntry): void {
    const before = map.entries.get(entry.key);
    if (before) {
      this.#remarks++;
      before.siblings ??= [before];
      entry.siblings = before.siblings;
      entry.index = entry.siblings.push(entry) - 1;
    }
    map.entries.set(entry.key, entry);
  }

  /** Undefined where the server stores nothing. */
  #value(node: ValueNode, scope: FileScope): EvaluatedValue | undefined {
    const at: Place = { file: scope.file.id, span: node.span };
    // Written out field by field: this is done for every value of every file.
    switch (node.kind) {
      case 'string':
        return { kind: 'string', value: node.value, node, at, origin: at, via: undefined };
      case 'integer':
        return node.lost ? undefined : { kind: 'integer', value: node.value, node, at, origin: at, via: undefined };
      case 'float':
        return { kind: 'float', value: node.value, node, at, origin: at, via: undefined };
      case 'boolean':
        return { kind: 'boolean', value: node.value, node, at, origin: at, via: undefined };
      case 'datetime':
        return { kind: 'datetime', node, at, origin: at, via: undefined };
      case 'variable':
        return this.#variable(node, scope, at);
      case 'array': {
        const items: EvaluatedValue[] = [];
        for (const item of node.items) {
          const value = this.#value(item, scope);
          if (value === undefined) this.#remarks++;
          else items.push(value);
        }
        return { kind: 'array', items, node, at, origin: at, via: undefined };
      }
      case 'map':
        return this.#map(node, scope, at);
      case 'missing':
        return node.lost ? undefined : { kind: 'unknown', why: 'unreadable', at, origin: at, via: undefined };
    }
  }

  #variable(node: VariableNode, scope: FileScope, at: Place): EvaluatedValue {
    this.#remarks++;
    for (let i = scope.maps.length - 1; i >= 0; i--) {
      const entry = scope.maps[i]?.entries.get(node.name);
      if (!entry) continue;
      entry.usedAsVariable = true;
      this.#used(node, scope, { kind: 'resolved', entry });
      return { ...entry.value, at, via: node };
    }
    // An included file that was not loaded yet may define it: then nothing is said.
    const mayFollow = scope.maps.some(map => map.incomplete);
    const outcome = mayFollow ? undefined : this.#unresolved(node, scope);
    if (outcome) this.#used(node, scope, outcome);
    const why: EvaluatedUnknown['why'] = outcome && outcome.kind !== 'environment' ? 'unresolved' : 'environment';
    return { kind: 'unknown', why, at, origin: at, via: node };
  }

  #unresolved(node: VariableNode, scope: FileScope): VariableOutcome {
    const definition = whereDefined(node.name, scope, this.#open);
    if (definition) return { kind: 'out-of-scope', ...definition };
    return { kind: isEnvironmentName(node.name) ? 'environment' : 'impossible' };
  }

  #used(node: VariableNode, scope: FileScope, outcome: VariableOutcome): void {
    const visible: string[] = [];
    if (outcome.kind !== 'resolved') {
      for (let i = scope.maps.length - 1; i >= 0; i--) {
        const { entries } = scope.maps[i] as DraftMap;
        if (this.#namesLeft < entries.size) break;
        this.#namesLeft -= entries.size;
        visible.push(...entries.keys());
      }
    }
    this.variables.push({ node, file: scope.file.id, outcome, visible });
  }

  #include(node: Include, scope: FileScope, map: DraftMap): void {
    this.#remarks++;
    const target = joinPath(directoryOf(scope.file.id), node.path);
    const { outcome, root } = this.#target(node, target);
    this.includes.push({ node, file: scope.file.id, target, outcome });
    if (!root) {
      map.incomplete = true;
      return;
    }
    if (root.incomplete) map.incomplete = true;
    for (const { key, keyAt, value, node: pair, displaced, usedAsVariable } of root.entries.values()) {
      const copy = new DraftEntry(key, keyAt, value, pair, displaced);
      copy.usedAsVariable = usedAsVariable;
      this.#set(map, copy);
    }
  }

  #target(node: Include, target: FileId): { outcome: IncludeOutcome; root?: EvaluatedMap } {
    if (node.path === '') return { outcome: 'no-path' };
    if (this.#open.some(scope => scope.file.id === target)) return { outcome: 'cycle' };
    const done = this.#done.get(target);
    if (done) return { outcome: 'included', root: done };
    const file = this.#read(target);
    if (file === 'absent' || file === 'unknown') return { outcome: file };
    if (this.#open.length > mostIncludeDepth) return { outcome: 'too-deep' };
    return { outcome: 'included', root: this.file(file) };
  }
}
