// YAML as Compose reads it: nodes with spans, aliases resolved through one map of anchors, merge keys (`<<`) applied on demand.
// The `yaml` package does the parsing; its own alias and merge machinery walks the document once for each alias, so it is not used.
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, parseAllDocuments, Scalar as YamlScalar } from 'yaml';
import { type Anchor, spanBehind, spanInside } from '../text/moving-span.ts';
import { none } from '../text/nothing.ts';
import type { Span } from '../text/span.ts';
import { describeYamlError } from '../text/yaml-error.ts';
import type { ScalarType } from './go-scalar.ts';
import { endOf, NodeMaker } from './node-maker.ts';
import { parseUnindented } from './unindented.ts';

export interface Scalar {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  /** As Compose prints the value, before `${…}` is substituted; empty for null. */
  readonly text: string;
  readonly span: Span;
  readonly tag: string | undefined;
  /** Where `text` stands in the file, if each of its characters stands there unchanged; undefined where quoting or folding moved them. */
  readonly textSpan: Span | undefined;
  /** As it stands in the file, quotes and variables included. */
  readonly written: string;
  readonly quoted: boolean;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly tag: string | undefined;
  /** As written, without what merge keys bring. */
  readonly entries: readonly Field[];
  readonly merges: readonly Merge[];
  /** Cache of `fieldsOf`. */
  fields?: ReadonlyMap<string, Field>;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly tag: string | undefined;
  readonly items: readonly Item[];
}

export type Node = Scalar | Mapping | Sequence;

export interface Item {
  readonly value: Node;
  /** The `*alias` that stands here in place of the value. */
  readonly alias: Span | undefined;
  /** Whether it stands in brackets, where braces and commas need quotes. */
  readonly flow: boolean;
}

/** One `<<`. Sources that stand first win. */
export interface Merge {
  readonly keySpan: Span;
  readonly sources: readonly { readonly mapping: Mapping; readonly span: Span }[];
  /** Whether the sources stand in a list. */
  readonly listed: boolean;
}

/** An entry that counts, with the way it came here. */
export interface Field extends Item {
  readonly key: string;
  readonly keySpan: Span;
  /** Aliases and merge keys that it came through, the outermost first. */
  readonly through: readonly Span[];
  /** What the same mapping would hold under this key if this entry were absent: an entry of a merged mapping. */
  readonly hides: Field | undefined;
  /** It came through a list of merged maps: Compose then loses track of what its `!reset` and `!override` are about. */
  readonly listed: boolean;
}

export interface TreeProblem {
  readonly span: Span;
  /** Compose's reason in our words, without a full stop. */
  readonly message: string;
  /** What to do: a sentence. */
  readonly advice?: string;
  readonly related?: { readonly span: Span; readonly message: string };
  /** Said only where the text is YAML: a parser that has lost its way misses much. */
  readonly unlessBroken?: true;
}

export interface Tree {
  /** One for each YAML document; undefined where a document is empty. */
  readonly roots: readonly (Node | undefined)[];
  readonly problems: readonly TreeProblem[];
  /** Whether the text is no YAML, so that the tree may lack parts. */
  readonly broken: boolean;
}

const emptySpan: Span = { start: 0, end: 0 };

/** Parses a YAML (or JSON) text as a whole. Never throws; a broken text gives the tree of what could be read. */
export function parseWhole(text: string): Tree {
  const problems: TreeProblem[] = [];
  const roots: (Node | undefined)[] = [];
  let broken = false;
  for (const { contents, errors } of parseYaml(text)) {
    for (const error of errors) problems.push(describeError(error, text, undefined));
    if (errors.length > 0) broken = true;
    const maker = new NodeMaker(new Map(), undefined);
    roots.push(contents === null ? undefined : new Builder(text, maker).build(contents));
    problems.push(...maker.problems);
  }
  return { roots, problems: problems.filter(problem => !(broken && problem.unlessBroken)), broken };
}

export interface YamlError {
  readonly code: string;
  readonly pos: [number, number];
  readonly message: string;
}

const yamlOptions = {
  schema: 'failsafe',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  resolveKnownTags: false,
} as const;

/** What the `yaml` package makes of a text, taking what Compose takes: one result for each document. */
export function parseYaml(text: string): readonly { readonly contents: ParsedNode | null; readonly errors: readonly YamlError[] }[] {
  const documents = parseAllDocuments(text, yamlOptions);
  if (!Array.isArray(documents)) return [];
  // A quote that is not closed yet would reach far down, so a text is read this way only where nothing is wrong with it then.
  const isWrong = documents.some(({ errors }) => errors.length > 0);
  return (isWrong ? parseUnindented(text, yamlOptions) : undefined) ?? documents;
}

/** Makes our nodes from those of the `yaml` package. */
export class Builder {
  readonly #text: string;
  readonly #maker: NodeMaker;

  constructor(text: string, maker: NodeMaker) {
    this.#text = text;
    this.#maker = maker;
  }

  build(node: unknown): Node {
    return this.#maker.named((node as { anchor?: string }).anchor, () =>
      isMap(node) ? this.#mapping(node) : isSeq(node) ? this.#sequence(node) : this.#scalar(node),
    );
  }

  #spanOf(node: unknown): Span {
    const range = (node as { range?: [number, number, number] | null }).range;
    return range ? this.#maker.span(range[0], Math.max(range[0], range[1])) : emptySpan;
  }

  #item(node: unknown, outer?: { readonly flow?: boolean }): Item {
    const flow = outer?.flow === true;
    if (!isAlias(node)) return { value: this.build(node), alias: undefined, flow };
    const span = this.#spanOf(node);
    return { value: this.#maker.aliased(node.source, span), alias: span, flow };
  }

  #scalar(node: unknown): Scalar {
    const span = this.#spanOf(node);
    const tag = tagOf(node);
    if (!isScalar(node)) return this.#maker.nothing(span, tag);
    const written = (node.range ? this.#text.slice(node.range[0], node.range[1]) : '') as string;
    if (node.type === YamlScalar.PLAIN) return this.#maker.plain(String(node.source ?? node.value ?? ''), written, span, tag);
    return this.#maker.quoted(String(node.value ?? ''), written, span, tag);
  }

  #sequence(node: { items: unknown[]; flow?: boolean }): Sequence {
    const items = node.items.map(item => this.#item(item, node));
    return this.#maker.sequence(items, this.#collectionSpan(node, items), tagOf(node));
  }

  #collectionSpan(node: unknown, items: readonly (Item & { readonly keySpan?: Span })[]): Span {
    const span = this.#spanOf(node);
    const last = items.at(-1);
    const range = (node as { range?: [number, number, number] | null }).range;
    if (!last || /[\]}]/.test(this.#text[(range?.[1] ?? 0) - 1] ?? '')) return span;
    return spanInside(span, 0, endOf(last) - span.start);
  }

  #mapping(node: { items: unknown[]; flow?: boolean }): Mapping {
    const entries: Field[] = [];
    const merges: Merge[] = [];
    const seen = new Map<string, Span>();
    for (const pair of node.items as Pair[]) {
      const key = this.#key(pair.key);
      if (key === undefined) {
        if (pair.value !== null) this.#item(pair.value);
        continue;
      }
      const earlier = seen.get(key.text);
      if (earlier) {
        this.#maker.problems.push(describeRepetition(key.text, key.span, earlier));
      } else seen.set(key.text, key.span);
      const item = this.#item(pair.value ?? emptyValue(pair.key), node);
      if (key.text === '<<' && !key.quoted) merges.push(this.#maker.merge(key.span, item));
      else entries.push(ownField(key.text, key.span, item));
    }
    return this.#maker.mapping(entries, merges, this.#collectionSpan(node, entries), tagOf(node));
  }

  #key(node: unknown): { text: string; span: Span; quoted: boolean } | undefined {
    const { value, alias } = node === null || node === undefined ? { value: undefined, alias: undefined } : this.#item(node);
    if (value?.kind === 'scalar' && (value.type === 'string' || value.text === '<<')) {
      return { text: value.text, span: alias ?? value.span, quoted: value.quoted };
    }
    const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
    const written = value?.kind === 'scalar' && range ? `\`${this.#text.slice(range[0], range[1])}\` ` : '';
    const message = `A key must be text, and ${written}is read as ${value ? nameOfType(value) : 'nothing'}`;
    this.#maker.problems.push({ span: value?.span ?? emptySpan, message, unlessBroken: true });
    return undefined;
  }
}

/** What stands behind a key without a value. */
function emptyValue(key: unknown): unknown {
  const end = (key as { range?: [number, number, number] | null } | null)?.range?.[1] ?? 0;
  return { range: [end, end, end] };
}

export function describeRepetition(key: string, span: Span, earlier: Span): TreeProblem {
  const related = { span: earlier, message: 'It stands here first.' };
  return { span, message: `\`${key}\` stands twice in the same map`, advice: 'Remove one of the two.', related };
}

/** What a value is read as, in words. */
export function nameOfType(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'a map' : 'a list';
  const names = { int: 'a number', float: 'a number', bool: 'a boolean', null: 'null', timestamp: 'a date', string: 'text' };
  return names[node.type];
}

function tagOf(node: unknown): string | undefined {
  return (node as { tag?: string }).tag;
}

/**
 * Entries of a mapping by key, merge keys applied: what stands in the mapping wins, then the merged maps in their order.
 * Computed once; nested merges are followed.
 */
export function fieldsOf(mapping: Mapping): ReadonlyMap<string, Field> {
  if (mapping.fields) return mapping.fields;
  const fields = new Map<string, Field>();
  // A map that merges itself is a problem of its own; meanwhile it must not recurse for ever.
  mapping.fields = fields;
  for (const entry of mapping.entries) fields.set(entry.key, entry);
  for (const merge of mapping.merges) {
    for (const { mapping: source, span } of merge.sources) {
      for (const [key, field] of fieldsOf(source)) {
        const known = fields.get(key);
        const merged: Field = { ...field, through: [span, ...field.through], listed: field.listed || merge.listed };
        fields.set(key, known ? hideBehind(known, merged) : merged);
      }
    }
  }
  return fields;
}

/** An entry of the mapping that it is written in. */
export function ownField(key: string, keySpan: Span, { value, alias, flow }: Item): Field {
  // Written out: V8 gives each object that is spread and added to a shape of its own, which for thousands of them is megabytes.
  return { key, keySpan, value, alias, flow, through: alias ? [alias] : none, hides: undefined, listed: false };
}

/** Hidden entries that are remembered; maps that merge maps that merge maps could otherwise multiply them without end. */
const mostHidden = 8;

/** `field` with `hidden` at the end of what it hides, unless the very same value is there already. */
function hideBehind(field: Field, hidden: Field): Field {
  const chain: Field[] = [];
  for (let next: Field | undefined = field; next; next = next.hides) chain.push(next);
  for (let next: Field | undefined = hidden; next && chain.length < mostHidden; next = next.hides) {
    const { value } = next;
    if (!chain.some(known => known.value === value)) chain.push(next);
  }
  return chain.reduceRight<Field | undefined>((hides, own) => ({ ...own, hides }), undefined) as Field;
}

/** The field of that key in a mapping; undefined for other nodes. */
export function fieldOf(node: Node | undefined, key: string): Field | undefined {
  return node?.kind === 'mapping' ? fieldsOf(node).get(key) : undefined;
}

const parts = new WeakMap<Node, readonly Node[]>();

/** Nodes that hold everything written in a document: its services one by one, so that what is known of each can be kept. */
export function partsOf(root: Node): readonly Node[] {
  if (root.kind !== 'mapping' || root.tag !== undefined || root.merges.length > 0) return [root];
  const known = parts.get(root);
  if (known) return known;
  const found: Node[] = [];
  for (const { key, value, alias } of root.entries) {
    if (alias !== undefined) continue;
    const isPlain = value.kind === 'mapping' && value.tag === undefined && value.merges.length === 0;
    if (key === 'services' && isPlain) for (const service of value.entries) pushIfWritten(found, service);
    else found.push(value);
  }
  parts.set(root, found);
  return found;
}

function pushIfWritten(nodes: Node[], { value, alias }: Item): void {
  if (alias === undefined) nodes.push(value);
}

/** Every scalar that is written in a tree, each once, however often it is repeated by an alias. Keys are left out. */
export function* scalarsOf(node: Node): Iterable<Scalar> {
  const stack: Node[] = [node];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.tag === '!reset') continue;
    if (next.kind === 'scalar') yield next;
    else if (next.kind === 'sequence') pushWritten(stack, next.items);
    else {
      pushWritten(stack, next.entries);
      for (const merge of next.merges) {
        for (const source of merge.sources) if (source.mapping.span === source.span) stack.push(source.mapping);
      }
    }
  }
}

function pushWritten(stack: Node[], items: readonly Item[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    pushIfWritten(stack, items[i] as Item);
  }
}

/** What the YAML parser says, in words for people; the place it gives is kept, widened where it is empty. */
export function describeError(error: YamlError, text: string, anchor: Anchor | undefined): TreeProblem {
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  return { span: spanBehind(anchor, start, end), message: describeYamlError(error) };
}
