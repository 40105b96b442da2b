// One definition of a service in one file, its variables substituted: what `merge.ts` puts together and rules look at.
import { type Interpolation, interpolate } from '../environment/interpolate.ts';
import { type Definitions, isGuess, type PlacedUse } from '../environment/variables.ts';
import type { FileId } from '../text/file-id.ts';
import { spanAround, spanInside } from '../text/moving-span.ts';
import { noEntries, none, unlessEmpty } from '../text/nothing.ts';
import type { Place } from '../text/place.ts';
import type { Span } from '../text/span.ts';
import type { ScalarType } from './go-scalar.ts';
import { spanWithin } from './model.ts';
import { type Need, readNeeds } from './needs.ts';
import { type Field, fieldOf, fieldsOf, type Item, type Node, type Scalar } from './yaml-tree.ts';

/** A value after substitution. */
export interface Text {
  readonly text: string;
  /** As it stands in the file, before substitution. */
  readonly written: string;
  readonly type: ScalarType;
  readonly file: FileId;
  /** The value as written, quotes included. */
  readonly span: Span;
  readonly uses: readonly PlacedUse[];
  /** Aliases and merge keys it came through. */
  readonly through: readonly Place[];
}

/** How a variable came into a service. */
export type EnvironmentForm = 'map' | 'list' | 'env-file';

/** One variable of a service. */
export interface EnvironmentEntry {
  readonly name: string;
  /** Undefined when Compose passes its own variable of that name on, and nobody here sets it. */
  readonly value: string | undefined;
  /** Type of the value as YAML reads it; `string` in lists and files. */
  readonly type: ScalarType;
  readonly form: EnvironmentForm;
  readonly file: FileId;
  /** Name and value together. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** The value as written, with its quotes in a map and without in a list; empty, behind the name, where there is none. */
  readonly valueSpan: Span;
  /** The value before substitution; undefined when there is none. */
  readonly template: string | undefined;
  /** Whether quotes stand around the value (map) or the whole entry (list). */
  readonly quoted: boolean;
  /** Whether it stands in brackets, where braces and commas need quotes. */
  readonly flow: boolean;
  readonly uses: readonly PlacedUse[];
  /** Whether the value depends on a variable that nobody here sets. */
  readonly guess: boolean;
  /** Ways it came here, outermost first: merge keys, aliases, `extends`, `env_file` entries. */
  readonly through: readonly Via[];
  /** What this hides in the same service. */
  readonly hides: EnvironmentEntry | undefined;
}

export interface Via extends Place {
  readonly how: 'alias' | 'extends' | 'env_file' | 'include';
}

export interface EnvFileReference {
  /** What Compose compares to see whether two references are the same. */
  readonly key: string;
  readonly path: Text;
  readonly required: boolean;
  readonly format: 'env' | 'raw';
  /** Folder that the path is relative to. */
  readonly directory: FileId;
}

export interface ListItem {
  /** The scalar, substituted; undefined for a map. */
  readonly text: Text | undefined;
  /** Scalars of a map, substituted. */
  readonly fields: ReadonlyMap<string, Text>;
  readonly file: FileId;
  readonly span: Span;
}

export interface Environment {
  readonly form: 'map' | 'list';
  readonly entries: ReadonlyMap<string, EnvironmentEntry>;
}

export interface ServiceDefinition {
  readonly name: string;
  readonly file: FileId;
  readonly nameSpan: Span;
  readonly environment: Environment | undefined;
  /** The key `environment`, to point at; undefined where there is none. */
  readonly environmentKey: Place | undefined;
  readonly envFiles: readonly EnvFileReference[] | undefined;
  readonly extends: { readonly service: Text; readonly file: Text | undefined } | undefined;
  readonly build: Place | undefined;
  /** `build: args:`, which end up in the image. */
  readonly buildArgs: Environment | undefined;
  /** `image`, `container_name`, `hostname`, `network_mode`, `restart` … */
  readonly texts: ReadonlyMap<string, Text>;
  /** `ports`, `profiles`, `volumes`, `secrets`, `configs` … */
  readonly lists: ReadonlyMap<string, readonly ListItem[]>;
  /** `command` and `entrypoint`, word by word in the list form, one text otherwise. */
  readonly commands: ReadonlyMap<string, readonly Text[]>;
  /** What it refers to by name; the keys tell apart what merging puts in the place of one another. */
  readonly needs: ReadonlyMap<string, Need>;
  /** Every key of the definition. */
  readonly keys: ReadonlySet<string>;
  /** Paths below the service that `!reset` or `!override` empties in what lies below. */
  readonly resets: readonly (readonly string[])[];
}

const textKeys = ['image', 'container_name', 'hostname', 'network_mode', 'user'];
const listKeys = ['ports', 'profiles', 'volumes', 'secrets', 'configs', 'expose'];
const commandKeys = ['command', 'entrypoint'];

/** What reading needs to know beyond the tree. */
export interface ReadContext {
  readonly file: FileId;
  readonly definitions: Definitions;
  /** Folder that relative paths of this file are relative to. */
  readonly directory: FileId;
  /** Told of a `${…}` that Compose cannot read. */
  malformed(place: Place): void;
}

/** Substitutes the variables of a scalar. */
export function readText(scalar: Scalar, through: readonly Span[], context: ReadContext): Text {
  const { text, uses } = substitute(scalar, context);
  const places = through.length > 0 ? through.map(span => ({ file: context.file, span })) : none;
  return { text, written: scalar.written, type: scalar.type, file: context.file, span: scalar.span, uses, through: places };
}

function substitute(scalar: Scalar, context: ReadContext): { text: string; uses: readonly PlacedUse[] } {
  if (scalar.type !== 'string' || !scalar.text.includes('$')) return { text: scalar.text, uses: none };
  const { file, definitions } = context;
  const result: Interpolation = interpolate(scalar.text, name => definitions.get(name)?.value);
  const place = (span: Span): Span => spanWithin(scalar, span);
  if (result.malformed) context.malformed({ file, span: place(result.malformed) });
  // Written out: an object that is spread and changed has a shape of its own, which costs V8 more than the reading.
  const uses = result.uses.map(use => ({
    name: use.name,
    span: place(use.span),
    nameSpan: place(use.nameSpan),
    operator: use.operator,
    operand: use.operand && place(use.operand),
    state: use.state,
    gave: use.gave,
    file,
    definition: definitions.get(use.name),
  }));
  return { text: result.text, uses };
}

/** Tells of a `${…}` in a scalar that Compose cannot read. */
export function checkVariables(scalar: Scalar, { file, definitions, malformed }: ReadContext): void {
  if (scalar.type !== 'string' || !scalar.text.includes('${')) return;
  const found = interpolate(scalar.text, name => definitions.get(name)?.value).malformed;
  if (found) malformed({ file, span: spanWithin(scalar, found) });
}

/** Reads the definition of a service; a service that is null is an empty one. */
export function readService(field: Field, context: ReadContext): ServiceDefinition {
  const fields: ReadonlyMap<string, Field> = field.value.kind === 'mapping' ? fieldsOf(field.value) : noEntries;
  const resets: string[][] = field.value.tag === '!reset' || field.value.tag === '!override' ? [[]] : [];
  const live = new Map<string, Field>();
  if (field.value.tag !== '!reset') {
    for (const [key, value] of fields) {
      collectResets(value, [key], resets);
      const counting = skipReset(value);
      if (counting) live.set(key, counting);
    }
  }
  const environment = live.get('environment');
  const envFile = live.get('env_file');
  const build = live.get('build');
  return {
    name: field.key,
    file: context.file,
    nameSpan: field.keySpan,
    environment: environment && readEnvironment(environment, context),
    environmentKey: environment && { file: context.file, span: environment.keySpan },
    envFiles: envFile && readEnvFiles(envFile, context),
    extends: readExtends(live.get('extends'), context),
    build: build && { file: context.file, span: build.keySpan },
    buildArgs: readBuildArgs(build, context),
    texts: readTexts(live, textKeys, context),
    lists: readLists(live, context),
    commands: readCommands(live, context),
    needs: readNeeds(live, context),
    keys: new Set(live.keys()),
    resets: resets.length > 0 ? resets : none,
  };
}

/** Paths below a service that tags empty. Compose counts those in merged maps too, even where the merged map itself is hidden. */
function collectResets(field: Field, path: readonly string[], resets: string[][]): void {
  const { tag } = field.value;
  const tagged = tag === '!reset' || tag === '!override';
  if (tagged && !field.listed) resets.push([...path]);
  else if (!tagged && field.value.kind === 'mapping' && path[0] === 'environment' && path.length === 1) {
    for (const variable of fieldsOf(field.value).values()) collectResets(variable, [...path, variable.key], resets);
  }
  if (field.hides) collectResets(field.hides, path, resets);
}

/** Compose takes a `!reset` entry out before merge keys are applied, so that what it would have hidden counts. */
function skipReset(field: Field): Field | undefined {
  return field.value.tag === '!reset' ? field.hides && skipReset(field.hides) : field;
}

function readBuildArgs(build: Field | undefined, context: ReadContext): Environment | undefined {
  const args = fieldOf(build?.value, 'args');
  return args && readEnvironment(args, context);
}

function readTexts(fields: ReadonlyMap<string, Field>, keys: Iterable<string>, context: ReadContext): ReadonlyMap<string, Text> {
  const texts = new Map<string, Text>();
  for (const key of keys) {
    const field = fields.get(key);
    if (field?.value.kind === 'scalar' && field.value.type !== 'null') texts.set(key, readText(field.value, field.through, context));
  }
  return unlessEmpty(texts);
}

function readLists(fields: ReadonlyMap<string, Field>, context: ReadContext): ReadonlyMap<string, readonly ListItem[]> {
  const lists = new Map<string, readonly ListItem[]>();
  for (const key of listKeys) {
    const field = fields.get(key);
    if (field?.value.kind === 'sequence')
      lists.set(
        key,
        field.value.items.map(item => readListItem(item, context)),
      );
  }
  return unlessEmpty(lists);
}

function readListItem(item: Item, context: ReadContext): ListItem {
  const { value } = item;
  const through = item.alias ? [item.alias] : none;
  const map = value.kind === 'mapping' ? fieldsOf(value) : noEntries;
  return {
    text: value.kind === 'scalar' ? readText(value, through, context) : undefined,
    fields: readTexts(map, map.keys(), context),
    file: context.file,
    span: value.span,
  };
}

function readCommands(fields: ReadonlyMap<string, Field>, context: ReadContext): ReadonlyMap<string, readonly Text[]> {
  const commands = new Map<string, readonly Text[]>();
  for (const key of commandKeys) {
    const field = fields.get(key);
    if (!field) continue;
    const items: readonly Item[] =
      field.value.kind === 'sequence' ? field.value.items : [{ value: field.value, alias: undefined, flow: false }];
    const words = items.flatMap(({ value, alias }) =>
      value.kind === 'scalar' && value.type !== 'null' ? [readText(value, alias ? [alias] : field.through, context)] : [],
    );
    commands.set(key, words);
  }
  return unlessEmpty(commands);
}

function readExtends(field: Field | undefined, context: ReadContext): ServiceDefinition['extends'] {
  if (!field) return undefined;
  const scalar = (node: Node | undefined): Text | undefined =>
    node?.kind === 'scalar' && node.type !== 'null' ? readText(node, field.through, context) : undefined;
  if (field.value.kind === 'scalar') {
    const service = scalar(field.value);
    return service && { service, file: undefined };
  }
  const service = scalar(fieldOf(field.value, 'service')?.value);
  return service && { service, file: scalar(fieldOf(field.value, 'file')?.value) };
}

function readEnvFiles(field: Field, context: ReadContext): readonly EnvFileReference[] {
  const items: readonly Item[] =
    field.value.kind === 'sequence' ? field.value.items : [{ value: field.value, alias: field.alias, flow: false }];
  const seen = new Map<string, EnvFileReference>();
  for (const { value, alias } of items) {
    const path = value.kind === 'mapping' ? fieldOf(value, 'path')?.value : value;
    if (path?.kind !== 'scalar' || path.type === 'null' || value.tag === '!reset') continue;
    const option = (key: string) => {
      const node = fieldOf(value, key)?.value;
      return node?.kind === 'scalar' ? readText(node, [], context).text : undefined;
    };
    const format = option('format') === 'raw' ? ('raw' as const) : ('env' as const);
    const text = readText(path, alias ? [alias] : field.through, context);
    // A path that is named twice is read once, in its first place and with its last options.
    seen.set(text.text, { key: text.text, path: text, required: option('required') !== 'false', format, directory: context.directory });
  }
  return [...seen.values()];
}

function readEnvironment(field: Field, context: ReadContext): Environment | undefined {
  const { value } = field;
  const entries = new Map<string, EnvironmentEntry>();
  const add = (entry: EnvironmentEntry) => {
    entries.set(entry.name, { ...entry, hides: entries.get(entry.name) ?? entry.hides });
  };
  // Compose looks for no further tags in what is written below `!override`.
  if (value.kind === 'mapping') {
    for (const variable of fieldsOf(value).values()) {
      const counting = value.tag === '!override' && variable.through.length === 0 ? variable : skipReset(variable);
      if (counting) add(readMapEntry(counting, field.through, context));
    }
    return { form: 'map', entries };
  }
  const items: readonly Item[] = value.kind === 'sequence' ? value.items : [{ value, alias: undefined, flow: false }];
  for (const item of items) {
    const reset = item.value.tag === '!reset' && value.tag !== '!override';
    if (item.value.kind === 'scalar' && item.value.type !== 'null' && !reset) {
      add(readListEntry(item.value, item.flow, [...field.through, ...(item.alias ? [item.alias] : [])], context));
    }
  }
  return value.kind === 'sequence' || entries.size > 0 ? { form: 'list', entries } : undefined;
}

function readMapEntry(field: Field, outer: readonly Span[], context: ReadContext): EnvironmentEntry {
  const scalar = field.value.kind === 'scalar' ? field.value : undefined;
  const isNull = scalar === undefined || scalar.type === 'null';
  const { text, uses } = scalar ? substitute(scalar, context) : { text: '', uses: none };
  const { keySpan } = field;
  const keyLength = keySpan.end - keySpan.start;
  const valueSpan = isNull ? spanInside(keySpan, keyLength, keyLength) : field.value.span;
  return {
    name: field.key,
    value: isNull ? undefined : text,
    type: scalar?.type ?? 'null',
    form: 'map',
    file: context.file,
    span: spanAround(keySpan, valueSpan),
    nameSpan: keySpan,
    valueSpan,
    template: isNull ? undefined : scalar.text,
    quoted: scalar?.quoted ?? false,
    flow: field.flow,
    uses,
    guess: isGuess(uses),
    through: viaAlias([...outer, ...field.through], context.file),
    hides: field.hides && readMapEntry(field.hides, outer, context),
  };
}

/** `- NAME=value`: the whole text is substituted, then cut at the first `=`. */
function readListEntry(scalar: Scalar, flow: boolean, through: readonly Span[], context: ReadContext): EnvironmentEntry {
  const { text, uses } = substitute(scalar, context);
  const cut = text.indexOf('=');
  const writtenCut = scalar.text.indexOf('=');
  const place = scalar.textSpan;
  const length = scalar.text.length;
  // Where the characters do not stand as they are read, the whole value stands for each part of it.
  const part = (from: number, to: number) => (place ? spanInside(place, from, to) : scalar.span);
  const behind = place ? spanInside(place, length, length) : spanInside(scalar.span, endOf(scalar), endOf(scalar));
  const nameSpan = part(0, writtenCut < 0 ? length : writtenCut);
  return {
    name: cut < 0 ? text : text.slice(0, cut),
    value: cut < 0 ? undefined : text.slice(cut + 1),
    type: 'string',
    form: 'list',
    file: context.file,
    span: scalar.span,
    nameSpan,
    valueSpan: place && writtenCut >= 0 ? part(writtenCut + 1, length) : cut < 0 ? behind : scalar.span,
    template: writtenCut < 0 ? undefined : scalar.text.slice(writtenCut + 1),
    quoted: scalar.quoted,
    flow,
    uses,
    guess: isGuess(uses),
    through: viaAlias(through, context.file),
    hides: undefined,
  };
}

function endOf({ span }: Scalar): number {
  return span.end - span.start;
}

function viaAlias(spans: readonly Span[], file: FileId): readonly Via[] {
  return spans.length > 0 ? spans.map(span => ({ file, span, how: 'alias' as const })) : none;
}
