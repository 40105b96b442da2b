// What the server holds after it has read a configuration: includes and variables resolved, the last of equal keys in force.
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import type { ArrayNode, BooleanNode, DatetimeNode, FloatNode, IntegerNode, KeyValue, MapNode, StringNode, VariableNode } from './tree.ts';

/** A span in one of the files that a configuration is made of. */
export interface Place {
  readonly file: FileId;
  readonly span: Span;
}

interface EvaluatedBase {
  /** Where the value is used: for a `$VARIABLE` the reference, else the value itself. */
  readonly at: Place;
  /** Where the value is written: behind all variables. */
  readonly origin: Place;
  /** The reference through which the value came here, if any. */
  readonly via: VariableNode | undefined;
}

export interface EvaluatedString extends EvaluatedBase {
  readonly kind: 'string';
  readonly value: string;
  /** The node at `origin`. */
  readonly node: StringNode;
}
export interface EvaluatedInteger extends EvaluatedBase {
  readonly kind: 'integer';
  /** See `IntegerNode.value`; the suffix is in `node`. */
  readonly value: number;
  readonly node: IntegerNode;
}
export interface EvaluatedFloat extends EvaluatedBase {
  readonly kind: 'float';
  readonly value: number;
  readonly node: FloatNode;
}
export interface EvaluatedBoolean extends EvaluatedBase {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly node: BooleanNode;
}
export interface EvaluatedDatetime extends EvaluatedBase {
  readonly kind: 'datetime';
  readonly node: DatetimeNode;
}
export interface EvaluatedArray extends EvaluatedBase {
  readonly kind: 'array';
  readonly items: readonly EvaluatedValue[];
  readonly node: ArrayNode;
}
export interface EvaluatedMap extends EvaluatedBase {
  readonly kind: 'map';
  /** By key (keys are case-sensitive), in the order in which each key occurs first. */
  readonly entries: ReadonlyMap<string, EvaluatedEntry>;
  /** The same without keys, for whoever only goes over them. */
  readonly list: readonly EvaluatedEntry[];
  /** Whether a file that was not loaded yet, is absent or is part of a cycle should have added keys: absence of a key then proves nothing. */
  readonly incomplete: boolean;
  readonly node: MapNode;
}
/** A value that cannot be known here: from the environment, from a reference that fails, or a value that could not be read. Judge nothing about it. */
export interface EvaluatedUnknown extends EvaluatedBase {
  readonly kind: 'unknown';
  readonly why: 'environment' | 'unresolved' | 'unreadable';
}

export type EvaluatedValue =
  | EvaluatedString
  | EvaluatedInteger
  | EvaluatedFloat
  | EvaluatedBoolean
  | EvaluatedDatetime
  | EvaluatedArray
  | EvaluatedMap
  | EvaluatedUnknown;

export interface EvaluatedEntry {
  readonly key: string;
  /** The key without its quotes, in the file that holds it. */
  readonly keyAt: Place;
  readonly value: EvaluatedValue;
  /** The pair as written. */
  readonly node: KeyValue;
  /** Referenced by a `$VARIABLE` after its definition: the server then forgives an unknown key. */
  readonly usedAsVariable: boolean;
  /** Earlier entries of the same key in the same map that this one replaces silently, in order. */
  readonly replaces: readonly EvaluatedEntry[];
  /**
   * The map that is stored here was written under another key: a key without a value inside of it took over its name
   * (see `IntegerNode.lost`). `nats/syntax` has told it already, so other rules keep quiet about the entry's name.
   */
  readonly displaced: boolean;
}
