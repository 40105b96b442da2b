// What Compose refuses about the shape of a file: its own schema says most of it (`misfits.ts`). `environment`, where mistakes are common,
// is looked at by hand to say more.
import { fileShape, type Shape, serviceShape } from '../facts/compose-schema.ts';
import { smallThingsAtOnce } from '../lint/steps.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { isBaseName } from './file-names.ts';
import { misfits, partOf, placeOf, unknownKey } from './misfits.ts';
import type { ComposeProblem } from './model.ts';
import { misfitsOfShortForms } from './short-forms.ts';
import { type Field, fieldOf, fieldsOf, type Item, type Node, nameOfType } from './yaml-tree.ts';

/**
 * Problems of one document of the file `id`. The first one of a file that Compose takes by itself has nothing below it; others may leave
 * out or null what is said there. Some services at a step.
 */
export function* checkShapes(root: Node, id: FileId, isFirst: boolean): Generator<void, ComposeProblem[]> {
  const problems: ComposeProblem[] = [];
  if (root.kind !== 'mapping') {
    problems.push({ span: root.span, message: `A Compose file is a map with \`services\` in it, and this is ${nameOfType(root)}` });
    return problems;
  }
  const top = fieldsOf(root);
  const whole = isFirst && isBaseName(nameOf(id)) && !top.has('include');
  for (const field of top.values()) {
    const services = field.key === 'services' && field.value.kind === 'mapping' ? fieldsOf(field.value).values() : undefined;
    if (!services) problems.push(...checkSection(field, whole));
    let looked = 0;
    for (const service of services ?? []) {
      problems.push(...problemsOf(service, whole));
      if (++looked % smallThingsAtOnce === 0) yield;
    }
  }
  return unique(problems);
}

function* checkSection(field: Field, whole: boolean): Iterable<ComposeProblem> {
  const { key, value } = field;
  const shape = ownShape(fileShape, key);
  if (!shape) {
    if (!key.startsWith('x-')) yield unknownKey(field, 'A Compose file', fileShape);
  } else if (key === 'version' && value.kind === 'scalar' && (value.type === 'int' || value.type === 'float')) {
    const advice = 'Compose ignores it anyway: remove the line, or quote the number.';
    yield { span: value.span, message: '`version` must be text', advice };
  } else if (key !== 'services') {
    yield* misfits(partOf(field), shape, whole);
    if (key === 'volumes') yield* madeElsewhere(field);
  } else if (value.tag !== '!reset') yield { span: placeOf(field), message: '`services` takes a map from names to services' };
}

function ownShape({ properties }: Shape, key: string): Shape | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

const known = new WeakMap<Field, { readonly whole: boolean; readonly problems: readonly ComposeProblem[] }>();

/** Problems of one service, looked for once. */
function problemsOf(service: Field, whole: boolean): readonly ComposeProblem[] {
  const before = known.get(service);
  if (before?.whole === whole) return before.problems;
  const problems: ComposeProblem[] = [];
  checkService(service, whole, problems);
  known.set(service, { whole, problems });
  return problems;
}

function checkService(service: Field, whole: boolean, problems: ComposeProblem[]): void {
  if (!/^[a-zA-Z0-9._-]+$/.test(service.key)) {
    const message = 'A service name can hold letters, digits, dots, dashes and underscores';
    problems.push({ span: service.keySpan, message });
  }
  const { value } = service;
  if (value.kind !== 'mapping') {
    if (isNull(value) && !whole) return;
    if (value.tag === '!reset') return;
    problems.push({
      span: placeOf(service),
      message: `The service \`${service.key}\` must be a map${isNull(value) ? ', and is empty' : ''}`,
    });
    return;
  }
  const fields = fieldsOf(value);
  // What a service extends is below it.
  const alone = whole && !fields.has('extends');
  for (const field of fields.values()) {
    const shape = ownShape(serviceShape, field.key);
    if (field.key === 'environment') checkEnvironment(field, alone, problems);
    else if (shape) problems.push(...misfits(partOf(field), shape, alone || field.key === 'extends'));
    else if (!field.key.startsWith('x-')) problems.push(unknownKey(field, 'A service', serviceShape));
    if (field.key === 'env_file') problems.push(...unknownFormats(field));
    if (field.key === 'healthcheck') problems.push(...unknownTest(field));
  }
  problems.push(...misfitsOfShortForms(service));
  // Compose looks at a service of a profile only when the profile is chosen.
  if (alone && !fields.has('profiles')) problems.push(...exclusive(fields));
}

/** A volume that is external is there already, so nothing else may be said of it than its name. */
function* madeElsewhere({ value }: Field): Iterable<ComposeProblem> {
  if (value.kind !== 'mapping') return;
  for (const [name, volume] of fieldsOf(value)) {
    const external = fieldOf(volume.value, 'external')?.value;
    if (volume.value.kind !== 'mapping' || !external || (external.kind === 'scalar' && !/^(?:true|y|yes|on)$/i.test(external.text)))
      continue;
    for (const { key, keySpan } of fieldsOf(volume.value).values()) {
      if (key === 'name' || key === 'external' || key.startsWith('x-')) continue;
      const message = `The volume \`${name}\` is external, made elsewhere, and takes no \`${key}\` here`;
      yield { span: keySpan, message, advice: `Take \`${key}\` or \`external\` away.` };
    }
  }
}

/** Fields of a service that exclude one another. */
function* exclusive(fields: ReadonlyMap<string, Field>): Iterable<ComposeProblem> {
  const name = fields.get('container_name');
  const scale = fields.get('scale') ?? fieldOf(fields.get('deploy')?.value, 'replicas');
  if (name && scale?.value.kind === 'scalar' && /^\d+$/.test(scale.value.text) && Number(scale.value.text) > 1) {
    const message = `\`${scale.key}\` asks for ${scale.value.text} containers, and \`container_name\` names just one`;
    yield { span: placeOf(name), message, advice: `Take \`container_name\` or \`${scale.key}\` away.` };
  }
  const inline = fieldOf(fields.get('build')?.value, 'dockerfile_inline');
  if (inline && fieldOf(fields.get('build')?.value, 'dockerfile')) {
    const message = '`build` has a `dockerfile` too, and can have one of the two';
    yield { span: inline.keySpan, message, advice: 'Keep one of them.' };
  }
}

function checkEnvironment(environment: Field, whole: boolean, problems: ComposeProblem[]): void {
  const { value } = environment;
  if (value.tag === '!reset') return;
  if (value.kind === 'sequence') {
    for (const item of value.items) checkListedVariable(item, problems);
  } else if (value.kind === 'mapping') {
    for (const field of fieldsOf(value).values()) {
      if (field.value.kind === 'scalar') continue;
      const message = `A variable holds text, a number, a boolean or nothing, and \`${field.key}\` holds ${field.value.kind === 'mapping' ? 'a map' : 'a list'}`;
      problems.push({ span: field.keySpan, message, advice: 'Quote the value to pass it as text.' });
    }
  } else if (!isNull(value) || whole) {
    const advice = value.type === 'string' && /^\S+:\S/.test(value.text) ? 'YAML needs a space behind the colon.' : undefined;
    const message = '`environment` takes a map (`NAME: value`) or a list (`- NAME=value`)';
    problems.push({ span: isNull(value) ? environment.keySpan : placeOf(environment), message, ...(advice ? { advice } : {}) });
  }
}

function checkListedVariable(item: Item, problems: ComposeProblem[]): void {
  const { value } = item;
  const span = item.alias ?? value.span;
  if (value.tag === '!reset') return;
  if (value.kind === 'mapping') {
    const only = value.entries.length === 1 ? value.entries[0] : undefined;
    const scalar = only?.value.kind === 'scalar' ? only.value : undefined;
    problems.push({
      span,
      message: 'In a list, a variable is written `NAME=value`, and this is a map',
      ...(only && scalar && item.alias === undefined && !/[:#'"\n]|^\s|\s$/.test(scalar.text)
        ? { instead: `${only.key}=${scalar.text}` }
        : {}),
      advice: 'Write `NAME=value`, or take the dashes away.',
    });
  } else if (value.kind === 'sequence' || value.type !== 'string') {
    problems.push({ span, message: 'In a list, a variable is written `NAME=value` or `NAME`' });
  } else {
    const name = /^([^=]*\s)(?:=|$)/.exec(value.text)?.[1];
    if (name !== undefined)
      problems.push({ span, message: 'The name of this variable ends with a space', advice: 'Remove the space before `=`.' });
  }
}

/** The only other format than that of Compose itself is not in its schema. */
function* unknownFormats({ value }: Field): Iterable<ComposeProblem> {
  if (value.kind !== 'sequence') return;
  for (const item of value.items) {
    const format = fieldOf(item.value, 'format')?.value;
    // A file that may be absent is not read then.
    if (fieldOf(item.value, 'required')) continue;
    if (format?.kind === 'scalar' && !['', 'raw'].includes(format.text) && !format.text.includes('$')) {
      yield {
        span: format.span,
        message: 'The only other format of an environment file is `raw`',
        advice: 'Write `raw`, or remove `format`.',
        instead: 'raw',
      };
    }
  }
}

/** How a test in a list is run stands first in it; its schema does not say so. */
function* unknownTest({ value }: Field): Iterable<ComposeProblem> {
  const test = fieldOf(value, 'test')?.value;
  const first = test?.kind === 'sequence' ? test.items[0] : undefined;
  if (first?.value.kind !== 'scalar' || /^(?:CMD|CMD-SHELL|NONE)$|\$/.test(first.value.text)) return;
  const message = 'A `test` that is a list begins with `CMD`, `CMD-SHELL` or `NONE`';
  yield { span: first.alias ?? first.value.span, message, advice: 'Put `CMD` before the command.' };
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

/** What stands in an anchor is met once for each alias. */
function unique(problems: readonly ComposeProblem[]): ComposeProblem[] {
  const seen = new Set<string>();
  return problems.filter(problem => {
    const key = `${problem.span.start} ${problem.span.end} ${problem.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
