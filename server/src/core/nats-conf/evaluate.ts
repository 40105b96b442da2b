// From trees to values: reads the included files and resolves variables in the way and order of nats-server, which does both while it parses.
import type { BuildContext, SourceFile } from '../language.ts';
import type { ServerVersion } from '../lint/settings.ts';
import { directoryOf, type FileId, joinPath } from '../text/file-id.ts';
import { usedAt, WrittenArray, WrittenEntry, WrittenMap } from './evaluated.ts';
import { ownValue } from './nodes.ts';
import { parseNatsConf } from './parser.ts';
import type { PartsOfText } from './part.ts';
import type { Entry, Include, KeyValue, MapNode, ParsedConf, ValueNode, VariableNode } from './tree.ts';
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

/** What is known while one file is read. Every file is read with nothing of the others in sight. */
interface FileScope extends Scopes {
  /** Open maps, the file's own first. */
  readonly maps: WrittenMap[];
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
  readonly #done = new Map<FileId, WrittenMap>();
  /** How often something was met that does not stand for itself, or that a rule looks for: what holds none of it is the same wherever it stands. */
  #remarks = 0;
  /** How many visible names may still be listed: thousands of unresolved variables must not cost the square of that. */
  #namesLeft = 20_000;

  constructor(version: ServerVersion, read: BuildContext['read']) {
    this.#version = version;
    this.#read = read;
  }

  file(file: SourceFile, before?: PartsOfText): WrittenMap {
    const parsed = parseNatsConf(file.text, { version: this.#version, before, file: file.id });
    this.files.push({ file, parsed });
    const scope: FileScope = { file, maps: [], keys: [], enclosing: [], definitions: new Definitions(parsed.tree) };
    this.#open.push(scope);
    const root = this.#written(parsed.tree, scope);
    this.#open.pop();
    this.#done.set(file.id, root);
    return root;
  }

  #map(node: MapNode, scope: FileScope): EvaluatedMap {
    const { part } = node;
    if (part?.value) return part.value;
    const remarks = this.#remarks;
    const map = this.#written(node, scope);
    if (part && (part.cleanIn.strict || part.cleanIn.tolerant) && this.#remarks === remarks) part.value = map;
    return map;
  }

  #written(node: MapNode, scope: FileScope): WrittenMap {
    const map = new WrittenMap(node, scope.file.id);
    scope.maps.push(map);
    // By number, as everything that goes over all of a large file: an iterator makes an object for each element until the engine has compiled it.
    for (let i = 0; i < node.statements.length; i++) {
      const entry = node.statements[i] as Entry;
      if (entry.kind === 'include') this.#include(entry, scope, map);
      else if (entry.garbled) this.#remarks++;
      else this.#pair(entry, scope, map);
    }
    scope.maps.pop();
    map.trim();
    return map;
  }

  #pair(pair: KeyValue, scope: FileScope, map: WrittenMap): void {
    scope.keys.push(pair);
    scope.enclosing.push(pair);
    const value = this.#value(pair.value, scope);
    scope.enclosing.pop();
    if (value === undefined) {
      this.#remarks++;
      return;
    }
    const named = scope.keys.pop() as KeyValue;
    this.#set(map, new WrittenEntry(named, scope.file.id, value, named !== pair));
  }

  #set(map: WrittenMap, entry: WrittenEntry): void {
    if (map.set(entry)) this.#remarks++;
  }

  /** Undefined where the server stores nothing. */
  #value(node: ValueNode, scope: FileScope): EvaluatedValue | undefined {
    const own = ownValue(node);
    if (own) return own;
    const file = scope.file.id;
    switch (node.kind) {
      case 'variable':
        return this.#variable(node, scope, { file, span: node.span });
      case 'array': {
        const items: EvaluatedValue[] = [];
        for (let i = 0; i < node.items.length; i++) {
          const value = this.#value(node.items[i] as ValueNode, scope);
          if (value === undefined) this.#remarks++;
          else items.push(value);
        }
        // As long as it has to be: a list that grew by itself has room for 17.
        return new WrittenArray(node, file, items.slice());
      }
      case 'map':
        return this.#map(node, scope);
      case 'missing': {
        if (node.lost) return undefined;
        const at = { file, span: node.span };
        return { kind: 'unknown', why: 'unreadable', at, origin: at, via: undefined };
      }
      // The others are lost, or their own value.
      default:
        return undefined;
    }
  }

  #variable(node: VariableNode, scope: FileScope, at: Place): EvaluatedValue {
    this.#remarks++;
    for (let i = scope.maps.length - 1; i >= 0; i--) {
      const entry = scope.maps[i]?.find(node.name);
      if (!entry) continue;
      entry.usedAsVariable = true;
      this.#used(node, scope, { kind: 'resolved', entry });
      return usedAt(entry.value, at, node);
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
        const { list } = scope.maps[i] as WrittenMap;
        if (this.#namesLeft < list.length) break;
        this.#namesLeft -= list.length;
        for (const { key } of list) visible.push(key);
      }
    }
    this.variables.push({ node, file: scope.file.id, outcome, visible });
  }

  #include(node: Include, scope: FileScope, map: WrittenMap): void {
    this.#remarks++;
    const target = joinPath(directoryOf(scope.file.id), node.path);
    const { outcome, root } = this.#target(node, target);
    this.includes.push({ node, file: scope.file.id, target, outcome });
    if (!root) {
      map.incomplete = true;
      return;
    }
    if (root.incomplete) map.incomplete = true;
    for (const { node: pair, file, value, displaced, usedAsVariable } of root.list) {
      const copy = new WrittenEntry(pair, file, value, displaced);
      copy.usedAsVariable = usedAsVariable;
      this.#set(map, copy);
    }
  }

  #target(node: Include, target: FileId): { outcome: IncludeOutcome; root?: WrittenMap } {
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
