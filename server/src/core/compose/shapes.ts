// What Compose refuses about the shape of the parts that we read: the file, its services, `environment`, `env_file`, `extends`,
// `profiles`, `ports`, and simpler parts (`part-shapes.ts`). An override may leave out or null what the file below it has, so such files are held to less.
import { envFileKeys, extendsKeys, serviceKeys, topLevelKeys } from '../facts/compose-schema.ts';
import { nearest } from '../lint/nearest.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { isBaseName } from './file-names.ts';
import type { ComposeProblem } from './model.ts';
import { misshapenInService, misshapenSections } from './part-shapes.ts';
import { type Field, fieldsOf, type Item, type Node } from './yaml-tree.ts';

/** Problems of one document; `id` names the file. */
export function checkShapes(root: Node, id: FileId): ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  if (root.kind !== 'mapping') {
    if (root.kind !== 'scalar' || root.type !== 'null')
      problems.push({ span: root.span, message: 'A Compose file is a map with `services` in it' });
    return problems;
  }
  const top = fieldsOf(root);
  checkKeys(top, topLevelKeys, problems, 'A Compose file');
  const version = top.get('version');
  if (version?.value.kind === 'scalar' && (version.value.type === 'int' || version.value.type === 'float')) {
    const quoted = { advice: 'Compose ignores it anyway: remove the line, or quote the number.' };
    problems.push({ span: version.value.span, message: '`version` must be text', ...quoted });
  }
  const base = isBaseName(nameOf(id));
  problems.push(...misshapenSections(top, base));
  const services = top.get('services');
  if (!services) return problems;
  if (services.value.kind !== 'mapping') {
    if (services.value.tag !== '!reset')
      problems.push({ span: placeOf(services), message: '`services` takes a map from names to services' });
    return problems;
  }
  for (const service of fieldsOf(services.value).values()) for (const problem of problemsOf(service, base)) problems.push(problem);
  return unique(problems);
}

const known = new WeakMap<Field, { readonly base: boolean; readonly problems: readonly ComposeProblem[] }>();

/** Problems of one service, looked for once. */
function problemsOf(service: Field, base: boolean): readonly ComposeProblem[] {
  const before = known.get(service);
  if (before?.base === base) return before.problems;
  const problems: ComposeProblem[] = [];
  checkService(service, base, problems);
  known.set(service, { base, problems });
  return problems;
}

function checkService(service: Field, base: boolean, problems: ComposeProblem[]): void {
  if (!/^[a-zA-Z0-9._-]+$/.test(service.key)) {
    const message = 'A service name can hold letters, digits, dots, dashes and underscores';
    problems.push({ span: service.keySpan, message });
  }
  if (service.value.kind !== 'mapping') {
    const isNull = service.value.kind === 'scalar' && service.value.type === 'null';
    if (!isNull) problems.push({ span: placeOf(service), message: `The service \`${service.key}\` must be a map` });
    return;
  }
  const fields = fieldsOf(service.value);
  checkKeys(fields, serviceKeys, problems, 'A service');
  const environment = fields.get('environment');
  if (environment) checkEnvironment(environment, base, problems);
  const envFile = fields.get('env_file');
  if (envFile) checkEnvFile(envFile, base, problems);
  const extended = fields.get('extends');
  if (extended) checkExtends(extended, problems);
  problems.push(...misshapenInService(fields, base));
  for (const name of ['profiles', 'ports']) {
    const list = fields.get(name);
    if (!list || list.value.kind === 'sequence' || list.value.tag !== undefined) continue;
    if (isNull(list.value) && !base) continue;
    problems.push({
      span: placeOf(list),
      message: `\`${name}\` takes a list`,
      advice: 'Put it into brackets, or on lines that start with a dash.',
    });
  }
}

function checkEnvironment(environment: Field, base: boolean, problems: ComposeProblem[]): void {
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
  } else if (!isNull(value) || base) {
    const advice = value.type === 'string' && /^\S+:\S/.test(value.text) ? 'YAML needs a blank behind the colon.' : undefined;
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
  } else if (value.kind === 'sequence' || (value.type !== 'string' && value.type !== 'timestamp')) {
    problems.push({ span, message: 'In a list, a variable is written `NAME=value` or `NAME`' });
  } else {
    const name = /^([^=]*\s)(?:=|$)/.exec(value.text)?.[1];
    if (name !== undefined)
      problems.push({ span, message: 'The name of this variable ends with a blank', advice: 'Take the blank before `=` away.' });
  }
}

function checkEnvFile(envFile: Field, base: boolean, problems: ComposeProblem[]): void {
  const { value } = envFile;
  if (value.tag === '!reset' || (isNull(value) && !base)) return;
  const items = value.kind === 'sequence' ? value.items : [{ value, alias: undefined }];
  for (const item of items) {
    const place = item.alias ?? (value.kind === 'sequence' ? item.value.span : placeOf(envFile));
    if (item.value.kind === 'scalar' && item.value.type === 'string') continue;
    if (item.value.kind === 'mapping' && value.kind === 'sequence') {
      const fields = fieldsOf(item.value);
      checkKeys(fields, envFileKeys, problems, 'An entry of `env_file`', false);
      const format = fields.get('format')?.value;
      if (format?.kind === 'scalar' && !['', 'raw'].includes(format.text) && !format.text.includes('$')) {
        problems.push({ span: format.span, message: 'The only other format of an environment file is `raw`', instead: 'raw' });
      }
      if (!fields.has('path')) problems.push({ span: place, message: 'An entry of `env_file` needs `path`' });
      continue;
    }
    problems.push({
      span: place,
      message: '`env_file` takes a path or a list of paths',
      advice: 'The form with `path` and `required` stands in a list.',
    });
  }
}

function checkExtends(extended: Field, problems: ComposeProblem[]): void {
  const { value } = extended;
  if (value.kind === 'scalar') {
    if (value.type !== 'string') problems.push({ span: placeOf(extended), message: '`extends` names a service' });
    return;
  }
  if (value.kind === 'sequence') {
    problems.push({ span: extended.keySpan, message: '`extends` takes one service, not a list' });
    return;
  }
  const fields = fieldsOf(value);
  checkKeys(fields, extendsKeys, problems, '`extends`', false);
  if (!fields.has('service'))
    problems.push({ span: extended.keySpan, message: '`extends` needs `service`, the name of the service that is extended' });
}

function checkKeys(
  fields: ReadonlyMap<string, Field>,
  known: ReadonlySet<string>,
  problems: ComposeProblem[],
  what: string,
  open = true,
): void {
  for (const field of fields.values()) {
    if (known.has(field.key) || (open && field.key.startsWith('x-'))) continue;
    const near = nearest(field.key, known);
    problems.push({
      span: field.keySpan,
      message: `${what} has no key \`${field.key}\``,
      ...(near ? { advice: `Did you mean \`${near}\`?`, instead: near } : {}),
    });
  }
}

/** Where a field's value can be changed: the alias that stands for it, else the value, else the key of an empty one. */
function placeOf(field: Field) {
  if (field.alias) return field.alias;
  return field.value.span.end > field.value.span.start && field.value.kind === 'scalar' ? field.value.span : field.keySpan;
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
