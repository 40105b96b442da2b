// The tree of a Compose file, made of parts where the text can be cut into some: after an edit only what was edited is parsed again, and
// everything else keeps its nodes, whose spans move with the text. The tree is the same as that of the whole text read at once.
import { isMap, isScalar } from 'yaml';
import { finish } from '../lint/steps.ts';
import { type CommonEnds, commonEnds } from '../text/equal-ends.ts';
import { type Anchor, spanBehind } from '../text/moving-span.ts';
import { noEntries, unlessEmpty } from '../text/nothing.ts';
import { ownText } from '../text/own-text.ts';
import { cutText, isOneService, type Piece } from './cut-text.ts';
import { type Anchored, NodeMaker } from './node-maker.ts';
import {
  Builder,
  describeError,
  describeRepetition,
  type Field,
  fieldOf,
  fieldsOf,
  type Mapping,
  ownField,
  parseWhole,
  parseYaml,
  type Tree,
  type TreeProblem,
} from './yaml-tree.ts';

/** A piece of the text, parsed. */
interface Part {
  readonly kind: Piece['kind'];
  readonly anchor: Anchor;
  readonly length: number;
  readonly indent: number;
  /** Undefined where the key is no text, and for the header. */
  readonly field: Field | undefined;
  readonly problems: readonly TreeProblem[];
  readonly broken: boolean;
  /** Whether it is known that it ends where the next part begins: the last one was not asked. */
  readonly isLast: boolean;
  /** Anchors that are set in it, as they are at its end. */
  readonly defined: ReadonlyMap<string, Anchored>;
  /** Anchors from before, and what they stood for. */
  readonly borrowed: ReadonlyMap<string, Anchored | undefined>;
}

/** A tree with the parts that it is made of; none where the text was read as a whole. */
export interface PartedTree extends Tree {
  readonly text: string;
  readonly parts: readonly Part[];
}

/**
 * Parses a YAML (or JSON) text; never throws. Parts of `previous`, the tree of an earlier version of the text, are taken over with their
 * nodes: their spans are then those of this text, so the earlier tree must not be used any more.
 */
export function parseTree(text: string, previous?: PartedTree): PartedTree {
  return finish(parseTreeInSteps(text, previous));
}

/** The same, one part at a step. The earlier tree stays as it is up to the last step. */
export function* parseTreeInSteps(text: string, previous?: PartedTree): Generator<void, PartedTree> {
  const before = previous && previous.parts.length > 0 ? { tree: previous, ...commonEnds(previous.text, text) } : undefined;
  const within = before && parseWithin(text, before);
  if (within) return within;
  const parts = yield* parseParts(text, before);
  const tree = parts && assemble(parts);
  return tree ? { ...tree, text, parts } : parseInOnePart(text);
}

/** The same tree, for a text that no later version follows: the `yaml` package is called once instead of once for each part. */
export function parseInOnePart(text: string): PartedTree {
  return { ...parseWhole(text), text, parts: [] };
}

/** An earlier version of the text, and what is still the same. */
interface Before extends CommonEnds {
  readonly tree: PartedTree;
}

/** The tree after an edit within one service that leaves it one: nothing else is even looked at. Undefined for any other edit. */
function parseWithin(text: string, { tree, prefix, suffix }: Before): PartedTree | undefined {
  const { parts } = tree;
  const shift = text.length - tree.text.length;
  const index = lastStarting(parts, prefix);
  const old = parts[index];
  if (old?.kind !== 'service' || old.isLast || old.defined.size > 0) return undefined;
  const start = old.anchor.offset;
  const end = start + old.length;
  // The line feed at its end has to stay: what follows then begins a line as before.
  if (tree.text.length - suffix >= end) return undefined;
  const own = ownText(text.slice(start, end + shift));
  if (!isOneService(own, old.indent)) return undefined;
  const anchors = new Map<string, Anchored>();
  for (let i = 0; i < index; i++) for (const [name, node] of parts[i]?.defined ?? []) anchors.set(name, node);
  const part = parsePart({ kind: 'service', start, end: end + shift, indent: old.indent }, own, false, anchors);
  if (!part || part.defined.size > 0) return undefined;
  const replaced = parts.slice();
  replaced[index] = part;
  for (let i = index + 1; i < parts.length; i++) (parts[i] as Part).anchor.offset += shift;
  const patched = patch(tree, old, part) ?? assemble(replaced);
  // The parts have moved, so nothing can be taken over any more.
  return patched ? { ...patched, text, parts: replaced } : parseTree(text);
}

/** Index of the last part that starts at an offset or before. */
function lastStarting(parts: readonly Part[], offset: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle] as Part).anchor.offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The tree with one service in the place of another of that name; undefined where more would change. */
function patch({ roots, problems, broken }: Tree, old: Part, part: Part): Tree | undefined {
  const root = roots[0];
  const services = root && fieldOf(root, 'services');
  const { field } = part;
  if (root?.kind !== 'mapping' || services?.value.kind !== 'mapping' || !field || field.key !== old.field?.key) return undefined;
  if (broken || part.broken || part.problems.length + old.problems.length > 0) return undefined;
  const inServices = replaceField(services.value, old.field, field);
  const inRoot = inServices && replaceField(root, services, { ...services, value: inServices });
  return inRoot && { roots: [inRoot], problems, broken };
}

/** A mapping with one field in the place of another; undefined where a key stands twice. */
function replaceField(mapping: Mapping, old: Field, field: Field): Mapping | undefined {
  const fields = new Map(fieldsOf(mapping));
  const at = mapping.entries.indexOf(old);
  if (at < 0 || fields.size !== mapping.entries.length) return undefined;
  const entries = mapping.entries.slice();
  entries[at] = field;
  fields.set(field.key, field);
  return mappingOf(entries, fields);
}

function* parseParts(text: string, before: Before | undefined): Generator<void, readonly Part[] | undefined> {
  const pieces = cutText(text);
  if (!pieces) return undefined;
  const known = before && reusable(before, text);
  const anchors = new Map<string, Anchored>();
  const parts: Part[] = [];
  const moved: { readonly part: Part; readonly start: number }[] = [];
  for (const piece of pieces) {
    const isLast = piece.end === text.length;
    const same = isLast ? undefined : known?.(piece);
    if (same && stillMean(same.borrowed, anchors)) {
      moved.push({ part: same, start: piece.start });
      for (const [name, node] of same.defined) anchors.set(name, node);
      parts.push(same);
      continue;
    }
    const part = parsePart(piece, ownText(text.slice(piece.start, piece.end)), isLast, anchors);
    if (!part) return undefined;
    parts.push(part);
    yield;
  }
  for (const { part, start } of moved) part.anchor.offset = start;
  return parts;
}

/** Finds the part of an earlier version that a piece of this one is, letter for letter. */
function reusable({ tree, prefix, suffix }: Before, text: string): (piece: Piece) => Part | undefined {
  const shift = text.length - tree.text.length;
  // Pieces come in order, and so do the parts.
  const { parts } = tree;
  let ahead = 0;
  return ({ kind, start, end, indent }) => {
    const before = end <= prefix ? start : start >= text.length - suffix ? start - shift : undefined;
    if (before === undefined) return undefined;
    let part = parts[ahead];
    while (part && part.anchor.offset < before) part = parts[++ahead];
    if (part?.anchor.offset !== before) return undefined;
    ahead++;
    return part.kind === kind && !part.isLast && part.length === end - start && part.indent === indent ? part : undefined;
  };
}

function stillMean(borrowed: ReadonlyMap<string, Anchored | undefined>, anchors: ReadonlyMap<string, Anchored>): boolean {
  for (const [name, node] of borrowed) if (anchors.get(name) !== node) return false;
  return true;
}

/** A key that no file has; read behind a part, it shows whether the parser has come back to where the part began. */
const probe = 'authlint-end-of-part';

function parsePart(piece: Piece, text: string, isLast: boolean, anchors: Map<string, Anchored>): Part | undefined {
  const { kind, start, indent } = piece;
  const anchor = { offset: start };
  const base = { kind, anchor, length: text.length, indent, isLast };
  if (kind === 'header') return { ...base, ...headerPart(text, anchor) };
  const [document, ...more] = parseYaml(isLast ? text : `${text}${' '.repeat(indent)}${probe}:\n`);
  const map = document?.contents;
  if (!document || more.length > 0 || !isMap(map) || map.flow || map.tag || map.anchor) return undefined;
  if (!isLast) {
    const last = map.items.pop();
    if (!isScalar(last?.key) || last.key.source !== probe || last.key.range?.[0] !== text.length + indent) return undefined;
  }
  if (map.items.length !== 1 || document.errors.some(error => error.pos[1] > text.length)) return undefined;
  const errors = document.errors.map(error => describeError(error, text, anchor));
  const maker = new NodeMaker(anchors, anchor);
  return partOf(base, new Builder(text, maker).build(map) as Mapping, errors, maker, anchors);
}

/** The part that holds a map with one entry, whose anchors are known from then on. */
function partOf(
  base: Pick<Part, 'kind' | 'anchor' | 'length' | 'indent' | 'isLast'>,
  { entries: [field], merges }: Mapping,
  errors: readonly TreeProblem[],
  { problems, defined, borrowed }: NodeMaker,
  anchors: Map<string, Anchored>,
): Part | undefined {
  for (const [name, node] of defined) anchors.set(name, node);
  if (merges.length > 0) return undefined;
  return {
    ...base,
    field,
    problems: [...errors, ...problems],
    broken: errors.length > 0,
    defined: unlessEmpty(defined),
    borrowed: unlessEmpty(borrowed),
  };
}

/** The line `services:`; its value is put together from the parts below it. */
function headerPart(text: string, anchor: Anchor) {
  const key = 'services';
  const at = /^services:/m.exec(text)?.index ?? 0;
  const value: Mapping = { kind: 'mapping', span: spanBehind(anchor, at, at), tag: undefined, entries: [], merges: [] };
  const field = ownField(key, spanBehind(anchor, at, at + key.length), { value, alias: undefined, flow: false });
  return { field, problems: [], broken: false, defined: noEntries, borrowed: noEntries };
}

function assemble(parts: readonly Part[]): Tree | undefined {
  const problems: TreeProblem[] = [];
  const top = new Level(problems);
  let services: { readonly header: Field; readonly level: Level } | undefined;
  const closeServices = () => {
    const mapping = services?.level.mapping();
    if (services && mapping) top.add({ ...services.header, value: mapping });
    services = undefined;
    return mapping;
  };
  for (const { kind, field, problems: own } of parts) {
    if (kind !== 'service' && services && !closeServices()) return undefined;
    if (kind === 'header' && field) services = { header: field, level: new Level(problems) };
    else if (field) (kind === 'service' && services ? services.level : top).add(field);
    for (const problem of own) problems.push(problem);
  }
  if (services && !closeServices()) return undefined;
  const root = top.mapping();
  if (!root) return undefined;
  const broken = parts.some(part => part.broken);
  return { roots: [root], problems: problems.filter(problem => !(broken && problem.unlessBroken)), broken };
}

/** A map whose entries are parts. */
class Level {
  readonly #problems: TreeProblem[];
  readonly #entries: Field[] = [];
  readonly #fields = new Map<string, Field>();

  constructor(problems: TreeProblem[]) {
    this.#problems = problems;
  }

  add(field: Field): void {
    const { key, keySpan } = field;
    const earlier = this.#entries.length === this.#fields.size ? this.#fields.get(key) : this.#entries.find(entry => entry.key === key);
    if (earlier) this.#problems.push(describeRepetition(key, keySpan, earlier.keySpan));
    this.#entries.push(field);
    this.#fields.set(key, field);
  }

  /** Undefined where there is nothing to tell where it begins and ends. */
  mapping(): Mapping | undefined {
    return mappingOf(this.#entries, this.#fields);
  }
}

function mappingOf(entries: readonly Field[], fields: ReadonlyMap<string, Field>): Mapping | undefined {
  const first = entries[0];
  const last = entries.at(-1);
  if (!first || !last) return undefined;
  const end = Math.max(last.keySpan.end, (last.alias ?? last.value.span).end);
  return { kind: 'mapping', span: { start: first.keySpan.start, end }, tag: undefined, entries, merges: [], fields };
}
