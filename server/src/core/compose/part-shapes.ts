// What Compose refuses about the shape of simpler parts: names and images, commands, secrets and configs, `include`.
import type { Span } from '../text/span.ts';
import type { Field, Item, Node } from './yaml-tree.ts';

/** A part with another shape than it may have. */
export interface Misshapen {
  readonly span: Span;
  readonly message: string;
  readonly advice?: string;
}

const texts = ['image', 'container_name', 'hostname', 'network_mode', 'user'];
const commands = ['command', 'entrypoint'];
const references = ['secrets', 'configs'];

/** Parts of a service. `base`: the file stands for itself, so that nothing below it fills in what is null. */
export function* misshapenInService(fields: ReadonlyMap<string, Field>, base: boolean): Iterable<Misshapen> {
  for (const name of texts) yield* misshapen(fields.get(name), base, isText, 'takes text', 'Quote a number.');
  for (const name of commands) {
    // A command may be null: then it is the image's own.
    yield* misshapen(fields.get(name), false, isCommand, 'takes text, or a list of texts', 'Quote numbers.');
  }
  for (const name of references) yield* misshapen(fields.get(name), base, isListOf(isTextOrMap), `takes a list of ${name}`);
}

/** Sections beside `services`. */
export function* misshapenSections(top: ReadonlyMap<string, Field>, base: boolean): Iterable<Misshapen> {
  for (const name of references) {
    const section = top.get(name);
    const own = [...misshapen(section, base, ({ kind }) => kind === 'mapping', `takes a map from names to ${name}`)];
    yield* own;
    if (own.length > 0 || section?.value.kind !== 'mapping') continue;
    for (const entry of section.value.entries) {
      if (entry.value.kind === 'mapping' || isOpen(entry.value, false)) continue;
      yield { span: entry.keySpan, message: `\`${entry.key}\` takes a map that says where it comes from` };
    }
  }
  yield* misshapen(top.get('include'), false, isListOf(isTextOrMap), 'takes a list of files');
}

function* misshapen(
  field: Field | undefined,
  base: boolean,
  fits: (node: Node) => boolean,
  takes: string,
  advice?: string,
): Iterable<Misshapen> {
  if (!field || isOpen(field.value, base) || fits(field.value)) return;
  yield { span: field.keySpan, message: `\`${field.key}\` ${takes}`, ...(advice ? { advice } : {}) };
}

/** Taken away by a tag, of a type that a tag says, or left to a file below. */
function isOpen(node: Node, base: boolean): boolean {
  return node.tag !== undefined || (!base && node.kind === 'scalar' && node.type === 'null');
}

/** What looks like a date is text to Compose. */
function isText(node: Node): boolean {
  return node.kind === 'scalar' && (node.type === 'string' || node.type === 'timestamp');
}

function isTextOrMap(node: Node): boolean {
  return isText(node) || node.kind === 'mapping';
}

function isCommand(node: Node): boolean {
  return isText(node) || isListOf(isText)(node);
}

function isListOf(fits: (node: Node) => boolean): (node: Node) => boolean {
  return node => node.kind === 'sequence' && node.items.every(({ value }: Item) => value.tag !== undefined || fits(value));
}
