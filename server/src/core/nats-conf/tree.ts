// The tree of one NATS configuration file, as written: nothing is resolved here. Every node keeps its place in the text.
// Nodes nest properly: a node's span lies inside of its parent's, siblings are in the order of the text and do not overlap.
import type { Span } from '../text/span.ts';
import type { Part } from './part.ts';

/** How a key or string is written. `block` is `(` … a line that holds only `)`. */
export type Quote = 'double' | 'single' | 'block' | 'none';

/** `{ … }`, or the file itself. */
export interface MapNode {
  readonly kind: 'map';
  /** In the order of the text; a key may occur several times. */
  readonly statements: readonly Entry[];
  /** From `{` to `}`. For the file itself: the whole text. For an unclosed map: up to where it was given up. */
  readonly span: Span;
  /** The `{`; undefined for the file itself. */
  readonly open: Span | undefined;
  /** The `}`; undefined for the file itself and where it is missing. */
  readonly close: Span | undefined;
  /** Whether it means the same wherever it stands: neither in it nor deeper are variables, includes, repeated keys or values that are missing. */
  readonly isPlain: boolean;
  /** Undefined for most: see `part.ts`. */
  readonly part: Part | undefined;
}

export type Entry = KeyValue | Include;

/** `:`, `=`, or nothing but space between a key and its value. */
export type Separator = 'colon' | 'equal' | 'space';

export interface KeyValue {
  readonly kind: 'pair';
  /** Without quotes. Keys have no escapes. */
  readonly key: string;
  /** The key without its quotes. */
  readonly keySpan: Span;
  readonly keyQuote: 'double' | 'single' | 'none';
  readonly separator: Separator;
  /** The `:` or `=`; undefined for `space`. */
  readonly separatorSpan: Span | undefined;
  readonly value: ValueNode;
  /** From the key, its opening quote included, to the end of the value. */
  readonly span: Span;
  /** What stands here as a key is no key at all (a stray `}`, say) and a problem says so: evaluation leaves the pair out. */
  readonly garbled: boolean;
}

/** `include PATH`. */
export interface Include {
  readonly kind: 'include';
  readonly path: string;
  /** The path without its quotes. */
  readonly pathSpan: Span;
  readonly quote: 'double' | 'single' | 'none';
  readonly keywordSpan: Span;
  readonly span: Span;
}

export type ValueNode =
  | StringNode
  | IntegerNode
  | FloatNode
  | BooleanNode
  | DatetimeNode
  | VariableNode
  | ArrayNode
  | MapNode
  | MissingNode;

export interface StringNode {
  readonly kind: 'string';
  /** Escapes resolved. */
  readonly value: string;
  readonly quote: Quote;
  /** Quotes included. */
  readonly span: Span;
  /** Between the quotes; the same as `span` for an unquoted word. */
  readonly contentSpan: Span;
  /** Whether the content holds a backslash escape, so that offsets in `value` are not offsets in the text. */
  readonly escaped: boolean;
}

/** Suffix of an integer as written (`MB`) and what it multiplies by. */
export interface IntegerSuffix {
  readonly text: string;
  /** Undefined for a suffix that the server reads but does not know (`kbb`): the value is then lost, see `IntegerNode.lost`. */
  readonly factor: number | undefined;
  readonly span: Span;
}

export interface IntegerNode {
  readonly kind: 'integer';
  /** Suffix applied, as a signed 64-bit integer (the server wraps around); rounded where a double cannot hold it. */
  readonly value: number;
  /** The value exactly. */
  readonly exact: bigint;
  readonly suffix: IntegerSuffix | undefined;
  /**
   * The server lexes `64kbb` as an integer and then drops it without a word: the key has no value. In a nested map the key that
   * is left over takes the place of the map's own key, so that the map is stored under the wrong name. `evaluate.ts` does the same.
   */
  readonly lost: boolean;
  /** As written, sign and suffix included. */
  readonly source: string;
  readonly span: Span;
}

export interface FloatNode {
  readonly kind: 'float';
  readonly value: number;
  readonly source: string;
  readonly span: Span;
}

export interface BooleanNode {
  readonly kind: 'boolean';
  readonly value: boolean;
  /** As written, for instance `Yes`. */
  readonly source: string;
  readonly span: Span;
}

/** `2026-01-31T12:00:00Z`. No option takes one. */
export interface DatetimeNode {
  readonly kind: 'datetime';
  readonly source: string;
  readonly span: Span;
}

/** `$NAME`, unquoted. A bare `$2a$…` is no variable: the server takes it literally, so it is a string here. */
export interface VariableNode {
  readonly kind: 'variable';
  /** Everything after the `$` up to the end of the word. */
  readonly name: string;
  /** The `$` included. */
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly items: readonly ValueNode[];
  /** See `MapNode.isPlain`. */
  readonly isPlain: boolean;
  /** From `[` to `]`. */
  readonly span: Span;
  readonly open: Span;
  /** Undefined where the `]` is missing. */
  readonly close: Span | undefined;
}

/** A key without a value, or a value that could not be read; a problem says why. */
export interface MissingNode {
  readonly kind: 'missing';
  /** Where the value should be, or the text that could not be read as one. */
  readonly span: Span;
  /** The server accepts it and keeps waiting for a value, with the same effect as `IntegerNode.lost`. */
  readonly lost: boolean;
}

/** `{ … }` around statements of the top level, as in JSON. Its entries are entries of the file's map. */
export interface TopGroup {
  readonly open: Span;
  readonly close: Span | undefined;
}

/** Replaces `span` of the parsed text. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export interface SyntaxFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
}

/** What a mistake is called; one word for each kind of mistake, so that tests and pages can name it. */
export type SyntaxProblemKind =
  | 'unclosed-map'
  | 'unclosed-array'
  | 'unclosed-quote'
  | 'unclosed-block'
  | 'unopened-map'
  | 'unopened-array'
  | 'missing-separator'
  | 'missing-value'
  | 'missing-key'
  | 'wrong-bracket'
  | 'doubled-separator'
  | 'stray-text'
  | 'setting-in-array'
  | 'braced-variable'
  | 'block-comment'
  | 'byte-order-mark'
  | 'nul-byte'
  | 'invalid-escape'
  | 'invalid-number'
  | 'invalid-datetime'
  | 'invalid-include'
  | 'too-deep';

/** One mistake, at the place where it is made (an unclosed brace at its opening). */
export interface SyntaxProblem {
  readonly kind: SyntaxProblemKind;
  readonly span: Span;
  /** Plain words: what is wrong and why it matters; a second sentence says what to do. Holds no value of the text. */
  readonly message: string;
  /** Whether a nats-server of the given version refuses the file for it. Where it does not, it reads something else than was meant. */
  readonly refused: boolean;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fix: SyntaxFix | undefined;
}

export interface ParsedConf {
  /** The file as a map. Its span is the whole text. */
  readonly tree: MapNode;
  /** In the order of the text. */
  readonly errors: readonly SyntaxProblem[];
  /** Each from its `#` or `//` up to the line's end. */
  readonly comments: readonly Span[];
  /** Braces around the whole file, as in JSON; there may be several groups. */
  readonly groups: readonly TopGroup[];
  /** In the order of the text. */
  readonly parts: readonly Part[];
}

/** A pair with the map that it stands in. */
export interface PlacedPair {
  readonly pair: KeyValue;
  readonly parent: MapNode;
}

/** Every pair below a value, outer before inner, in the order of the text. */
export function pairsIn(value: ValueNode): readonly PlacedPair[] {
  const found: PlacedPair[] = [];
  addPairs(value, found);
  return found;
}

function addPairs(value: ValueNode, found: PlacedPair[]): void {
  if (value.kind === 'array') for (const item of value.items) addPairs(item, found);
  if (value.kind !== 'map') return;
  for (const pair of value.statements) {
    if (pair.kind !== 'pair') continue;
    found.push({ pair, parent: value });
    addPairs(pair.value, found);
  }
}
