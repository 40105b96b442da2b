// A project as Compose computes it from one or more files: `include`, `extends`, overrides, `.env` and `env_file`, with the origin of
// every value kept. Order and precedence follow compose-go's loader; agreement is tested against Compose's own `config`.
import { type EnvFile, evaluateEnvFile, malformedInEnvFile, parseEnvFile } from '../environment/env-file.ts';
import { type Definition, type Definitions, isGuess } from '../environment/variables.ts';
import type { KeyFile } from '../jwt/key-text.ts';
import type { SourceFile } from '../language.ts';
import { finish, smallThingsAtOnce } from '../lint/steps.ts';
import { directoryOf, type FileId, joinPath, nameOf } from '../text/file-id.ts';
import { type Place, samePlace } from '../text/place.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';
import { isBaseName, overrideNames } from './file-names.ts';
import { withKeyFiles } from './key-files.ts';
import { localFile } from './local-file.ts';
import { hide, mergeServices, movedTo, throughPlace } from './merge.ts';
import {
  type ComposeDocument,
  type ComposeFile,
  malformedVariable,
  parseComposeFile,
  parseComposeFileInSteps,
  sectionOf,
} from './model.ts';
import { readNatsService } from './nats-service.ts';
import { type Merged, memoryOf, ProjectMemory } from './project-memory.ts';
import { type EnvironmentEntry, type ReadContext, readText, type ServiceDefinition, type Text } from './service.ts';
import { type Field, fieldOf, fieldsOf, type Node, partsOf } from './yaml-tree.ts';

/** What is known of a file. */
export type ReadFile = (id: FileId) => SourceFile | 'absent' | 'unknown';

export interface Service {
  readonly name: string;
  /** Everything but the environment, merged. */
  readonly definition: ServiceDefinition;
  /** Places that define it, base first: the name of the service in each file. */
  readonly places: readonly Place[];
  /** Variables of the container, `env_file` included. */
  readonly environment: ReadonlyMap<string, EnvironmentEntry>;
  /** Whether an `env_file` of it is not here, so that it may hold more than we know. */
  readonly hasUnreadFile: boolean;
  /** Files with the keys that it checks tokens with, by the variable that names each. */
  readonly keyFiles: ReadonlyMap<string, KeyFile>;
}

/** Whether a service may hold variables that are not known here: from a file below it, an `env_file`, or what is mounted into it. */
export function mayHoldMore({ definition, hasUnreadFile }: Service): boolean {
  const partial = !definition.texts.has('image') && !definition.build;
  return partial || hasUnreadFile || definition.lists.has('secrets') || definition.lists.has('configs');
}

/** A `secrets:` or `configs:` entry of the project. */
export interface NamedFile {
  readonly name: string;
  readonly place: Place;
  /** The file it is read from, where that is stated. */
  readonly file: FileId | undefined;
}

export interface ProjectProblem {
  readonly place: Place;
  readonly message: string;
  readonly advice?: string;
}

export interface Project {
  /** Files in the order in which Compose merges them. */
  readonly files: readonly FileId[];
  /** Compose files that they include, also through others. */
  readonly included: ReadonlySet<FileId>;
  /** Every file that was asked for, includes, extended and environment files too. */
  readonly reads: ReadonlyMap<FileId, SourceFile | 'absent' | 'unknown'>;
  readonly directory: FileId;
  readonly services: ReadonlyMap<string, Service>;
  readonly secrets: ReadonlyMap<string, NamedFile>;
  readonly configs: ReadonlyMap<string, NamedFile>;
  /** What `${…}` can be, beside the shell. */
  readonly definitions: Definitions;
  /** The `.env` beside the first file, whether it exists or not. */
  readonly dotenv: { readonly id: FileId; readonly state: 'here' | 'absent' | 'unknown' };
  /** Variables that an example beside the `.env` (`.env.example` and the like) tells people to set. Looked for when some are unset. */
  readonly documented: ReadonlyMap<string, Place>;
  /** Why Compose refuses the project, beyond what each file says about itself. */
  readonly problems: readonly ProjectProblem[];
  /** False while a file that it needs has not been loaded. */
  readonly complete: boolean;
  /** The same object for all versions of a project while its files are edited; undefined where they never are. */
  readonly lineage: object | undefined;
}

/** Text of a file of the project; empty for one that is not here. */
export function textIn(project: Project, file: FileId): string {
  const source = project.reads.get(file);
  return source === undefined || typeof source === 'string' ? '' : source.text;
}

/** Files that the services read as `env_file`, with their formats. */
export function envFileFormats({ services }: Project): ReadonlyMap<FileId, 'env' | 'raw'> {
  const formats = new Map<FileId, 'env' | 'raw'>();
  for (const { definition } of services.values()) {
    for (const { path, directory, format } of definition.envFiles ?? []) {
      const file = localFile(directory, path.text);
      if (file !== undefined) formats.set(file, format);
    }
  }
  return formats;
}

/** How a project reads an environment file; undefined for other files. */
export function envFormatOf(project: Project, file: FileId): 'env' | 'raw' | undefined {
  return file === project.dotenv.id ? 'env' : envFileFormats(project).get(file);
}

const envFiles = new WeakMap<SourceFile, { env?: EnvFile; raw?: EnvFile }>();

/** Parses a dotenv file; the same `SourceFile` object is parsed once for each format. */
export function envFileOf(source: SourceFile, format: 'env' | 'raw' = 'env'): EnvFile {
  const known = envFiles.get(source) ?? {};
  known[format] ??= parseEnvFile(source.text, format);
  envFiles.set(source, known);
  return known[format];
}

/** Evaluates `docker compose -f files[0] -f files[1] …`. Files that are not here are left out. */
export function evaluateProject(files: readonly FileId[], read: ReadFile): Project {
  return finish(evaluateProjectInSteps(files, read));
}

/** The same, some services at a step. */
export function evaluateProjectInSteps(files: readonly FileId[], read: ReadFile): Generator<void, Project> {
  return new Evaluation(read).project(files);
}

/** A model before the environments are resolved: what one set of files gives. */
interface Model {
  services: Map<string, Merged>;
  secrets: Map<string, NamedFile>;
  configs: Map<string, NamedFile>;
}

/** A service of the end, with what it was made from. */
interface Resolved {
  readonly definitions: Definitions;
  readonly reads: readonly (readonly [FileId, SourceFile | 'absent' | 'unknown'])[];
  readonly service: Service;
}

const resolved = new WeakMap<Merged, Resolved>();
/** Services whose list took over variables of the project. */
const passedOn = new WeakMap<Merged, { readonly definitions: Definitions; readonly result: Merged }>();

class Evaluation {
  readonly #read: ReadFile;
  readonly #reads = new Map<FileId, SourceFile | 'absent' | 'unknown'>();
  readonly #problems: ProjectProblem[] = [];
  readonly #included = new Set<FileId>();
  /** How often a file was met that Compose refuses; each place of one is told once. */
  #refusals = 0;
  #complete = true;
  #memory = new ProjectMemory();

  constructor(read: ReadFile) {
    this.#read = id => {
      const known = read(id);
      this.#reads.set(id, known);
      if (known === 'unknown') this.#complete = false;
      return known;
    };
  }

  *project(files: readonly FileId[]): Generator<void, Project> {
    const directory = directoryOf(files[0] as FileId);
    const dotenv = joinPath(directory, '.env');
    const first = this.#read(files[0] as FileId);
    this.#memory = memoryOf(files, first);
    // Whoever moves something into the override must know what is there.
    if (isBaseName(nameOf(files[0] as FileId))) for (const name of overrideNames) this.#read(joinPath(directory, name));
    const set = new Map<string, Definition>();
    const state = this.#readDotenv(dotenv, new Map(), set);
    this.#readDotenvAgain(dotenv, set);
    if (!set.has('COMPOSE_PROJECT_NAME')) {
      const value = projectName(typeof first === 'string' ? undefined : parseComposeFile(first), directory);
      set.set('COMPOSE_PROJECT_NAME', { name: 'COMPOSE_PROJECT_NAME', value, place: undefined });
    }
    const definitions = this.#memory.definitions(set);
    const malformed = (place: Place) => {
      if (!this.#problems.some(problem => samePlace(problem.place, place))) this.#problems.push({ place, ...malformedVariable });
    };
    const model = yield* this.#loadFiles(files, { file: files[0] as FileId, definitions, directory, malformed }, []);
    const services = new Map<string, Service>();
    for (const [name, merged] of model.services) {
      services.set(name, withKeyFiles(this.#resolveService(name, merged, definitions), model, directory, this.#read));
      if (services.size % smallThingsAtOnce === 0) yield;
    }
    // What a broker is protected by stands in its configuration, so that is a part of the project too.
    for (const { definition } of services.values()) {
      const config = readNatsService(definition, directory)?.configFile;
      if (config !== undefined) this.#read(config);
    }
    const documented = [...services.values()].some(hasGuess) ? this.#documented(directory) : new Map<string, Place>();
    return {
      ...{ documented, included: this.#included, lineage: typeof first === 'object' && first.lineage ? this.#memory : undefined },
      ...{ files, directory, services, secrets: model.secrets, configs: model.configs, definitions, reads: this.#reads },
      ...{ dotenv: { id: dotenv, state }, problems: this.#problems, complete: this.#complete },
    };
  }

  /** Adds what a `.env` file sets to `into`; what `outer` sets wins, for it stands where the shell does. */
  #readDotenv(id: FileId, outer: Definitions, into: Map<string, Definition>): 'here' | 'absent' | 'unknown' {
    const source = this.#read(id);
    if (typeof source === 'string') return source;
    const before = new Map([...into].map(([name, definition]) => [name, definition.value]));
    const { values, malformed } = evaluateEnvFile(envFileOf(source), name => outer.get(name)?.value, before);
    this.#noteEnvFile(source, envFileOf(source), malformed);
    for (const [name, { statement, value }] of values) {
      if (!outer.has(name)) into.set(name, { name, value, place: { file: id, statement } });
    }
    return 'here';
  }

  /** Compose reads the project's `.env` a second time, knowing what it found: that changes no value, but another default may be looked at. */
  #readDotenvAgain(id: FileId, found: Definitions): void {
    const source = this.#read(id);
    if (typeof source === 'string') return;
    const { malformed } = evaluateEnvFile(envFileOf(source), name => found.get(name)?.value, new Map());
    this.#noteEnvFile(source, envFileOf(source), malformed);
  }

  #documented(directory: FileId): ReadonlyMap<string, Place> {
    const documented = new Map<string, Place>();
    for (const name of exampleNames) {
      const id = joinPath(directory, name);
      const source = this.#read(id);
      if (typeof source === 'string') continue;
      for (const { name: variable, nameSpan } of envFileOf(source).statements) {
        if (!documented.has(variable)) documented.set(variable, { file: id, span: nameSpan });
      }
    }
    return documented;
  }

  /** Compose refuses the project for an environment file that it cannot read. */
  #noteEnvFile({ id }: SourceFile, { problem }: EnvFile, malformed: Span | undefined): void {
    const found = problem ?? (malformed && { span: malformed, ...malformedInEnvFile });
    const place = found && { file: id, span: found.span };
    if (found) this.#refusals++;
    if (!found || !place || this.#problems.some(problem => samePlace(problem.place, place))) return;
    this.#problems.push({ place, message: found.message, advice: found.advice });
  }

  *#loadFiles(files: readonly FileId[], context: ReadContext, including: readonly FileId[]): Generator<void, Model> {
    const model: Model = { services: new Map(), secrets: new Map(), configs: new Map() };
    for (const id of files) {
      const source = this.#read(id);
      if (typeof source === 'string') continue;
      const { documents } = yield* parseComposeFileInSteps(source);
      for (const document of documents) {
        yield* this.#mergeDocument(model, document, { ...context, file: id }, [...including, id]);
      }
    }
    for (const [name, merged] of model.services) {
      const passed = passOnList(merged, context.definitions);
      if (passed !== merged) model.services.set(name, passed);
    }
    return model;
  }

  *#mergeDocument(model: Model, document: ComposeDocument, context: ReadContext, including: readonly FileId[]): Generator<void> {
    let looked = 0;
    for (const part of partsOf(document.root)) {
      this.#memory.checkVariables(part, context);
      if (++looked % smallThingsAtOnce === 0) yield;
    }
    const named = (section: 'secrets' | 'configs') => readNamedFiles(document, section, context);
    const own: Model = { services: new Map(), secrets: named('secrets'), configs: named('configs') };
    for (const [name, field] of document.services) {
      own.services.set(name, this.#memory.service(field, context));
      if (own.services.size % smallThingsAtOnce === 0) yield;
    }
    yield* this.#include(own, document, context, including);
    const resolved = new Extensions(this.#loader(), this.#problems, own.services, context, this.#memory);
    if (
      fieldsOf(document.root)
        .get('services')
        ?.value.tag?.match(/^!(reset|override)$/)
    )
      model.services.clear();
    for (const name of own.services.keys()) {
      const merged = resolved.resolve(name, []) as Merged;
      const below = model.services.get(name);
      model.services.set(name, below ? mergeMerged(below, merged) : applyOwnResets(merged));
    }
    for (const kind of ['secrets', 'configs'] as const) for (const [name, file] of own[kind]) model[kind].set(name, file);
  }

  *#include(own: Model, document: ComposeDocument, context: ReadContext, including: readonly FileId[]): Generator<void> {
    const include = fieldsOf(document.root).get('include');
    if (include?.value.kind !== 'sequence') return;
    for (const item of include.value.items) {
      const entry = readInclude(item.value, context);
      const paths = entry.paths.flatMap(path => localFile(context.directory, path.text) ?? []);
      const first = paths[0];
      const place = { file: context.file, span: item.alias ?? item.value.span };
      if (first === undefined) continue;
      if (including.includes(first)) {
        this.#problems.push({ place, message: 'This file includes itself, directly or through others' });
        continue;
      }
      for (const path of paths) this.#included.add(path);
      const directory = entry.directory ? (localFile(context.directory, entry.directory.text) ?? directoryOf(first)) : directoryOf(first);
      const definitions = new Map(context.definitions);
      const dotenv =
        entry.envFiles.length > 0 ? entry.envFiles.map(file => localFile(context.directory, file.text)) : [joinPath(directory, '.env')];
      const ownDefinitions = new Map<string, Definition>();
      for (const file of dotenv) if (file) this.#readDotenv(file, context.definitions, ownDefinitions);
      for (const [name, definition] of ownDefinitions) definitions.set(name, definition);
      const imported = yield* this.#loadFiles(paths, { ...context, file: first, definitions, directory }, including);
      for (const [name, merged] of imported.services) {
        const via = throughPlace(movedTo(context.directory, merged.definition), { ...place, how: 'include' });
        const local = own.services.get(name);
        own.services.set(name, local ? mergeMerged({ ...merged, definition: via }, local) : { ...merged, definition: via });
      }
      for (const kind of ['secrets', 'configs'] as const)
        for (const [name, file] of imported[kind]) if (!own[kind].has(name)) own[kind].set(name, file);
    }
  }

  #loader(): (id: FileId) => ComposeFile | 'absent' | 'unknown' {
    return id => {
      const source = this.#read(id);
      return typeof source === 'string' ? source : parseComposeFile(source);
    };
  }

  #resolveService(name: string, merged: Merged, definitions: Definitions): Service {
    const known = resolved.get(merged);
    if (known?.definitions === definitions && known.reads.every(([id, source]) => this.#read(id) === source)) return known.service;
    const before = this.#refusals;
    const reads = new Map<FileId, SourceFile | 'absent' | 'unknown'>();
    const service = this.#resolveAnew(name, merged, definitions, reads);
    // A problem in a file that it reads has to be named again each time.
    if (this.#refusals === before) resolved.set(merged, { definitions, reads: [...reads], service });
    return service;
  }

  #resolveAnew(
    name: string,
    { definition, places }: Merged,
    definitions: Definitions,
    reads: Map<FileId, SourceFile | 'absent' | 'unknown'>,
  ): Service {
    const own = new Map<string, EnvironmentEntry>();
    for (const [key, entry] of definition.environment?.entries ?? []) own.set(key, passOn(entry, definitions));
    const environment = new Map<string, EnvironmentEntry>();
    const values = new Map<string, string>();
    for (const [key, entry] of own) if (entry.value !== undefined) values.set(key, entry.value);
    const lookup = (key: string) => definitions.get(key)?.value ?? own.get(key)?.value;
    let hasUnreadFile = false;
    for (const reference of definition.envFiles ?? []) {
      const id = localFile(reference.directory, reference.path.text);
      const source = id === undefined ? 'absent' : this.#read(id);
      if (id !== undefined) reads.set(id, source);
      if (id === undefined || typeof source === 'string') {
        hasUnreadFile = true;
        continue;
      }
      const evaluated = evaluateEnvFile(envFileOf(source, reference.format), lookup, values, reference.format);
      this.#noteEnvFile(source, envFileOf(source, reference.format), evaluated.malformed);
      for (const [key, { statement, value, uses }] of evaluated.values) {
        const placed = uses.map(use => ({ ...use, file: id, definition: definitions.get(use.name) }));
        const entry: EnvironmentEntry = {
          ...{ name: key, value, type: 'string', form: 'env-file', file: id, span: statement.span, nameSpan: statement.nameSpan },
          ...{ valueSpan: statement.valueSpan, template: statement.raw, quoted: statement.quote !== undefined, flow: false, uses: placed },
          guess: isGuess(placed.filter(use => use.state === 'unset')),
          through: [{ file: reference.path.file, span: reference.path.span, how: 'env_file' }],
          hides: environment.get(key),
        };
        environment.set(key, entry);
        values.set(key, value);
      }
    }
    for (const [key, entry] of own) {
      const hidden = environment.get(key);
      environment.set(key, hidden ? hide(entry, hidden) : entry);
    }
    return { name, definition, places, environment, hasUnreadFile, keyFiles: noKeyFiles };
  }
}

/** What examples beside a `.env` are called. */
const exampleNames = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  'env.example',
  'example.env',
  '.env.production.example',
  '.env.prod.example',
];

const noKeyFiles: ReadonlyMap<string, KeyFile> = new Map();

const hasGuess = remember(({ environment }: Service): boolean => {
  for (const entry of environment.values()) if (entry.guess) return true;
  return false;
});

/** Gives a variable without a value the one that Compose would pass on. */
function passOn(entry: EnvironmentEntry, definitions: Definitions): EnvironmentEntry {
  if (entry.value !== undefined) return entry;
  const definition = definitions.get(entry.name);
  const use = {
    ...{ name: entry.name, span: entry.nameSpan, nameSpan: entry.nameSpan, operator: undefined, operand: undefined, file: entry.file },
    state: definition === undefined ? ('unset' as const) : definition.value === '' ? ('empty' as const) : ('set' as const),
    ...{ gave: 'value' as const, definition },
  };
  return { ...entry, value: definition?.value, uses: [use], guess: definition === undefined };
}

function mergeMerged(below: Merged, above: Merged): Merged {
  const known = new Set(above.places.map(place => `${place.file} ${place.span.start}`));
  const places = [...below.places.filter(place => !known.has(`${place.file} ${place.span.start}`)), ...above.places];
  return { definition: mergeServices(below.definition, above.definition), places };
}

/** In a list, Compose fills in the variables of a set of files at once; what an included file's own `.env` says is final there. */
function passOnList(merged: Merged, definitions: Definitions): Merged {
  const { environment } = merged.definition;
  if (environment?.form !== 'list') return merged;
  const known = passedOn.get(merged);
  if (known?.definitions === definitions) return known.result;
  let result = merged;
  if ([...environment.entries.values()].some(entry => entry.value === undefined)) {
    const entries = new Map([...environment.entries].map(([key, entry]) => [key, passOn(entry, definitions)]));
    result = { ...merged, definition: { ...merged.definition, environment: { form: 'list', entries } } };
  }
  passedOn.set(merged, { definitions, result });
  return result;
}

/** A definition with nothing below it has nothing to reset. */
function applyOwnResets(merged: Merged): Merged {
  return merged.definition.resets.length > 0 ? { ...merged, definition: { ...merged.definition, resets: [] } } : merged;
}

/** Resolves `extends` of the services of one document. */
class Extensions {
  readonly #load: (id: FileId) => ComposeFile | 'absent' | 'unknown';
  readonly #problems: ProjectProblem[];
  readonly #services: Map<string, Merged>;
  readonly #context: ReadContext;
  readonly #memory: ProjectMemory;
  readonly #resolved = new Map<string, Merged>();
  readonly #files = new Map<FileId, Extensions | undefined>();

  constructor(
    load: (id: FileId) => ComposeFile | 'absent' | 'unknown',
    problems: ProjectProblem[],
    services: Map<string, Merged>,
    context: ReadContext,
    memory: ProjectMemory,
  ) {
    this.#memory = memory;
    this.#load = load;
    this.#problems = problems;
    this.#services = services;
    this.#context = context;
  }

  /** The service with all that it extends below it; undefined when there is no such service. */
  resolve(name: string, trail: readonly string[]): Merged | undefined {
    const known = this.#resolved.get(name);
    if (known) return known;
    const own = this.#services.get(name);
    if (!own?.definition.extends) return own;
    const resolved = this.#extend(own, [...trail, `${this.#context.file} ${name}`]);
    this.#resolved.set(name, resolved);
    return resolved;
  }

  #extend(own: Merged, trail: readonly string[]): Merged {
    const reference = own.definition.extends;
    if (!reference) return own;
    const place = { file: reference.service.file, span: reference.service.span };
    const other = reference.file ? this.#other(reference.file) : this;
    if (other === undefined) return own;
    const name = reference.service.text;
    if (trail.includes(`${other.#context.file} ${name}`)) {
      this.#problems.push({ place, message: `\`${own.definition.name}\` extends itself, directly or through others` });
      return own;
    }
    const base = other.resolve(name, trail);
    if (!base) {
      const where = reference.file ? `in \`${reference.file.text}\`` : 'in this file';
      this.#problems.push({ place, message: `There is no service \`${name}\` ${where} to extend` });
      return own;
    }
    const moved = reference.file ? movedTo(this.#context.directory, base.definition) : base.definition;
    const below = { ...base, definition: throughPlace(moved, { ...place, how: 'extends' }) };
    const merged = mergeMerged(below, own);
    return { ...merged, definition: { ...merged.definition, extends: undefined } };
  }

  #other(path: Text): Extensions | undefined {
    const id = localFile(this.#context.directory, path.text);
    if (id === undefined) return undefined;
    if (this.#files.has(id)) return this.#files.get(id);
    const file = this.#load(id);
    if (typeof file === 'string') {
      this.#files.set(id, undefined);
      return undefined;
    }
    const context = { ...this.#context, file: id, directory: directoryOf(id) };
    const services = new Map<string, Merged>();
    for (const document of file.documents) {
      for (const part of partsOf(document.root)) this.#memory.checkVariables(part, context);
      for (const [name, field] of document.services) {
        const merged = this.#memory.service(field, context);
        const below = services.get(name);
        services.set(name, below ? mergeMerged(below, merged) : merged);
      }
    }
    const extensions = new Extensions(this.#load, this.#problems, services, context, this.#memory);
    this.#files.set(id, extensions);
    return extensions;
  }
}

interface Include {
  readonly paths: readonly Text[];
  readonly envFiles: readonly Text[];
  readonly directory: Text | undefined;
}

function readInclude(node: Node, context: ReadContext): Include {
  const texts = (value: Node | undefined): Text[] => {
    if (value?.kind === 'sequence') return value.items.flatMap(item => texts(item.value));
    return value?.kind === 'scalar' && value.type !== 'null' ? [readText(value, [], context)] : [];
  };
  if (node.kind === 'scalar') return { paths: texts(node), envFiles: [], directory: undefined };
  const field = (key: string) => texts(fieldOf(node, key)?.value);
  return { paths: field('path'), envFiles: field('env_file'), directory: field('project_directory')[0] };
}

function readNamedFiles(document: ComposeDocument, section: 'secrets' | 'configs', context: ReadContext): Map<string, NamedFile> {
  const files = new Map<string, NamedFile>();
  for (const [name, field] of sectionOf(document, section)) files.set(name, readNamedFile(name, field, context));
  return files;
}

function readNamedFile(name: string, field: Field, context: ReadContext): NamedFile {
  const path = fieldOf(field.value, 'file')?.value;
  const text = path?.kind === 'scalar' ? readText(path, [], context).text : '';
  const span: Span = field.keySpan;
  return { name, place: { file: context.file, span }, file: localFile(context.directory, text) };
}

/** As Compose makes it from `name:` or the folder. */
function projectName(file: ComposeFile | undefined, directory: FileId): string {
  let name = '';
  for (const document of file?.documents ?? []) {
    const node = fieldsOf(document.root).get('name')?.value;
    if (node?.kind === 'scalar' && node.text !== '' && !node.text.includes('$')) name = node.text;
  }
  return [...(name || nameOf(directory)).toLowerCase()]
    .filter(char => /[a-z0-9_-]/.test(char))
    .join('')
    .replace(/^[_-]+/, '');
}
