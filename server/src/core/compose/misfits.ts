// Holds a part of a Compose file against the shape that Compose demands of it, and says in words what does not fit.
import { type Holding, keysOf, type Shape, type ShapeType, shapeOf } from '../facts/compose-schema.ts';
import { nearest } from '../lint/nearest.ts';
import { spanInside } from '../text/moving-span.ts';
import { enumerated } from '../text/prose.ts';
import type { Span } from '../text/span.ts';
import { misreadingOf } from './held-values.ts';
import type { ComposeProblem } from './model.ts';
import { type Field, fieldsOf, type Item, type Mapping, type Node, nameOfType, type Scalar } from './yaml-tree.ts';

/** A part of a file, and how it is spoken of. */
export interface Part {
  readonly node: Node;
  /** Where something can be changed about it. */
  readonly place: Span;
  /** Beginning of a sentence: `` `ports` `` or `` An entry of `ports` ``. */
  readonly subject: string;
  /** Its key, or that of the list that it stands in. */
  readonly key: string;
}

/** The value of a field. */
export function partOf(field: Field): Part {
  return { node: field.value, place: placeOf(field), subject: `\`${field.key}\``, key: field.key };
}

/** Where a field's value can be changed: the alias that stands for it, else the value, else the key of an empty one or of a block. */
export function placeOf(field: Field): Span {
  if (field.alias) return field.alias;
  return field.value.span.end > field.value.span.start && field.value.kind === 'scalar' ? field.value.span : field.keySpan;
}

/**
 * What Compose refuses about a part. `whole`: nothing is merged into it, so that nothing else fills in what is null or left out.
 */
export function* misfits(part: Part, shape: Shape, whole: boolean): Iterable<ComposeProblem> {
  const { node } = part;
  // What other tags make of a value is not looked into.
  if (node.tag !== undefined && node.tag !== '!override') return;
  if (!whole && isNull(node)) return;
  const alternatives = alternativesOf(shape);
  const fitting = alternatives.find(alternative => hasType(node, alternative));
  if (!fitting) yield wrongType(part, alternatives);
  else if (node.kind === 'mapping') yield* misfitsInMap(part, node, fitting, whole);
  else if (node.kind === 'sequence') yield* misfitsInList(part, node.items, fitting);
  else yield* wrongValue(part, node, fitting);
}

function alternativesOf(shape: Shape): readonly Shape[] {
  const own = shapeOf(shape);
  return own.oneOf ? own.oneOf.flatMap(alternativesOf) : [own];
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

function hasType(node: Node, { type }: Shape): boolean {
  if (type === undefined) return true;
  const accepted: readonly ShapeType[] = typeof type === 'string' ? [type] : type;
  const has = (...types: ShapeType[]) => types.some(one => accepted.includes(one));
  if (node.kind === 'mapping') return has('object');
  if (node.kind === 'sequence') return has('array');
  if (node.type === 'null') return has('null');
  if (node.type === 'bool') return has('boolean');
  if (node.type === 'int') return has('integer', 'number');
  if (node.type === 'float') return has('number') || (has('integer') && Number.isInteger(Number(node.text)));
  if (has('string')) return true;
  // Compose reads a boolean out of text where it wants one. Variables are put in after YAML is read, so they never make a list or a map.
  return has('boolean') && /^(?:true|false|y|yes|n|no|on|off)$|\$/i.test(node.text);
}

const words: Record<ShapeType, string> = {
  ...{ string: 'text', number: 'a number', integer: 'a whole number', boolean: '`true` or `false`' },
  ...{ array: 'a list', object: 'a map', null: 'nothing' },
};

function wrongType({ node, place, subject }: Part, alternatives: readonly Shape[]): ComposeProblem {
  const types = new Set(alternatives.flatMap(({ type }) => type ?? []));
  const takes = enumerated(
    [...types].filter(type => type !== 'null').map(type => words[type]),
    'or',
  );
  const message = `${subject} takes ${takes}, and this is ${isNull(node) ? 'empty' : nameOfType(node)}`;
  if (node.kind === 'mapping' && types.has('array')) return { span: place, message, advice: 'Put a dash before a map in a list.' };
  if (isNull(node)) return { span: place, message, advice: 'Fill it in, or remove it.' };
  if (node.kind !== 'scalar') return { span: place, message };
  if (node.type === 'string' && node.text.includes('$')) {
    return { span: place, message: `${subject} takes ${takes}, and a variable gives text`, advice: 'Write it out here.' };
  }
  if (types.has('string') && !types.has('number') && !types.has('integer')) {
    const quotes = place === node.span ? { instead: `"${node.written}"` } : {};
    return { span: place, message, advice: 'Quote it to pass it as text.', ...quotes };
  }
  const advice = types.has('array') ? 'Put it into brackets, or on lines that start with a dash.' : undefined;
  return { span: place, message, ...(advice ? { advice } : {}) };
}

function* misfitsInMap({ place, subject }: Part, node: Mapping, shape: Shape, whole: boolean): Iterable<ComposeProblem> {
  const fields = fieldsOf(node);
  for (const field of fields.values()) {
    const own = shapeOfKey(shape, field.key);
    if (own) yield* misfits(partOf(field), own, whole);
    else if (shape.additionalProperties === false) yield unknownKey(field, subject, shape);
  }
  if (!whole) return;
  for (const key of shape.required ?? []) if (!fields.has(key)) yield { span: place, message: `${subject} needs \`${key}\`` };
}

function shapeOfKey({ properties, patternProperties }: Shape, key: string): Shape | undefined {
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  for (const [pattern, shape] of Object.entries(patternProperties ?? {})) if (expression(pattern).test(key)) return shape;
  return undefined;
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern);
  expressions.set(pattern, known);
  return known;
}

/** A key that a map may not have: a slip of the finger, or a name with characters that names cannot hold. */
export function unknownKey(field: Field, subject: string, shape: Shape): ComposeProblem {
  const known = keysOf(shape);
  const span = field.keySpan;
  if (known.size === 0) return { span, message: 'A name here can hold letters, digits, dots, dashes and underscores' };
  const near = nearest(field.key, known);
  const message = `${subject} has no key \`${field.key}\``;
  return { span, message, ...(near ? { advice: `Did you mean \`${near}\`?`, instead: near } : {}) };
}

function* misfitsInList({ key }: Part, items: readonly Item[], shape: Shape): Iterable<ComposeProblem> {
  const seen = new Set<string>();
  for (const { value, alias } of items) {
    const part = { node: value, place: alias ?? value.span, subject: `An entry of \`${key}\``, key };
    // Whatever is merged with a list is put behind its entries, never into them.
    if (shape.items) yield* misfits(part, shape.items, true);
    // In a map, Compose turns a date into text.
    if (value.kind === 'scalar' && value.type === 'timestamp' && key !== 'env_file') yield dateAsText(part, value);
    if (!shape.uniqueItems || value.kind !== 'scalar' || value.text.includes('$')) continue;
    if (seen.has(value.text))
      yield { span: part.place, message: `\`${value.text}\` stands twice in \`${key}\``, advice: 'Remove one of the two.' };
    seen.add(value.text);
  }
}

function* wrongValue(part: Part, scalar: Scalar, shape: Shape): Iterable<ComposeProblem> {
  const { place, subject } = part;
  const { type, text } = scalar;
  if (text.includes('$')) {
    yield* wrongDefault(part, scalar, shape);
    return;
  }
  if (shape.holds) yield* misread(part, scalar, shape.holds);
  if (type === 'string') {
    if (shape.enum && !shape.enum.includes(text)) {
      const near = nearest(text, shape.enum);
      const message = `${subject} takes ${enumerated(
        shape.enum.map(word => `\`${word}\``),
        'or',
      )}`;
      yield { span: place, message, ...(near ? { instead: near } : {}) };
    } else if (shape.pattern !== undefined && !expression(shape.pattern).test(text)) {
      yield { span: place, message: `${subject} cannot hold this` };
    }
  } else if (type === 'int' || type === 'float') {
    const { minimum, maximum } = shape;
    if (minimum !== undefined && Number(text) < minimum) yield { span: place, message: `${subject} must be ${minimum} or more` };
    if (maximum !== undefined && Number(text) > maximum) yield { span: place, message: `${subject} must be ${maximum} or less` };
  }
}

/** `${NAME:-10q}`: without the variable, Compose reads the default. */
function* wrongDefault(part: Part, scalar: Scalar, shape: Shape): Iterable<ComposeProblem> {
  const [, before = '', name = '', text = ''] = /^(\$\{(\w+):?-)([^${}]+)\}$/.exec(scalar.text) ?? [];
  if (text === '' || !scalar.textSpan || part.place !== scalar.span) return;
  const place = spanInside(scalar.textSpan, before.length, before.length + text.length);
  const own = { ...part, place, node: { ...scalar, text, written: text, span: place, textSpan: place } };
  const problems = hasType(own.node, shape) ? wrongValue(own, own.node, shape) : [wrongType(own, [shape])];
  for (const problem of problems) yield { ...problem, unless: name };
}

function dateAsText({ place, subject }: Pick<Part, 'place' | 'subject'>, { span, written }: Scalar): ComposeProblem {
  const quotes = place === span ? { instead: `"${written}"` } : {};
  return { span: place, message: `${subject} takes text, and this is a date`, advice: 'Quote it to pass it as text.', ...quotes };
}

function* misread(part: Part, scalar: Scalar, holding: Holding): Iterable<ComposeProblem> {
  const { place, subject } = part;
  const { type, text } = scalar;
  if (type === 'timestamp' && holding === 'text') yield dateAsText(part, scalar);
  else if (type === 'string' || (holding === 'natural' && type === 'int')) {
    const misreading = misreadingOf(text, holding);
    if (!misreading) return;
    const { takes, advice, instead } = misreading;
    yield {
      span: place,
      message: `${subject} takes ${takes}, and this cannot be read as one`,
      advice,
      ...(instead ? { instead } : {}),
    };
  }
}
