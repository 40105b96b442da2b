// Which sets of files a Compose file belongs to: what `docker compose up` takes by itself, what comments and COMPOSE_FILE name, and
// what a name such as `docker-compose.prod.yml` beside a base file suggests.
import { directoryOf, type FileId, joinPath, nameOf } from '../text/file-id.ts';
import { baseNames, isOverrideName, overrideNames, productionNames } from './file-names.ts';
import { type ComposeFile, parseComposeFile } from './model.ts';
import { envFileOf, type ReadFile } from './project.ts';
import { fieldOf, fieldsOf, type Mapping } from './yaml-tree.ts';

export interface Chain {
  /** In the order in which Compose merges them. */
  readonly files: readonly FileId[];
  /**
   * `default`: what Compose takes without `-f`; `base`: the base without its override; `named`: a comment or COMPOSE_FILE says so;
   * `variant`: a file that cannot stand alone, over the base beside it; `alone`: a file that can.
   */
  readonly why: 'default' | 'base' | 'named' | 'variant' | 'alone';
}

/** Sets that hold the file, as far as the file itself, its base and the `.env` beside it tell. Asks for the files it needs to know. */
export function chainsOf(file: ComposeFile, read: ReadFile): readonly Chain[] {
  const directory = directoryOf(file.id);
  const exists = (id: FileId) => typeof read(id) !== 'string';
  const base = firstOf(directory, baseNames, exists);
  const override = base && firstOf(directory, overrideNames, exists);
  const chains: Chain[] = [];
  const add = (why: Chain['why'], files: readonly (FileId | undefined)[]) => {
    const known = files.filter(id => id !== undefined);
    const key = known.join('\n');
    if (known.includes(file.id) && !chains.some(chain => chain.files.join('\n') === key)) chains.push({ why, files: known });
  };

  for (const names of namedSets(file, base, directory, read)) add('named', names);
  if (base === file.id || override === file.id) {
    add('default', [base, override]);
    if (override) add('base', [base]);
    // Asked for here so that judging the base alone sees what it is merged into.
    if (base === file.id) for (const name of productionNames(nameOf(base))) read(joinPath(directory, name));
  } else if (chains.some(chain => chain.why === 'named')) return chains;
  else if (base === undefined || isOverrideName(nameOf(file.id))) add('alone', [file.id]);
  else {
    const below = read(base);
    if (typeof below !== 'string' && isOverlay(file, parseComposeFile(below))) add('variant', [base, file.id]);
    else add('alone', [file.id]);
  }
  return chains;
}

function firstOf(directory: FileId, names: readonly string[], exists: (id: FileId) => boolean): FileId | undefined {
  return names.map(name => joinPath(directory, name)).find(exists);
}

/** Sets that comments of the file or of its base recommend, and the one in COMPOSE_FILE. */
function namedSets(file: ComposeFile, base: FileId | undefined, directory: FileId, read: ReadFile): (readonly FileId[])[] {
  const below = base === undefined || base === file.id ? undefined : read(base);
  const commands = [...file.commands, ...(below && typeof below !== 'string' ? parseComposeFile(below).commands : [])];
  const sets = commands.map(names => names.map(name => siblingOf(name, directory, read)));
  const dotenv = read(joinPath(directory, '.env'));
  if (typeof dotenv !== 'string') {
    const statements = envFileOf(dotenv).statements;
    const setting = (name: string) => statements.find(statement => statement.name === name)?.raw;
    const names = setting('COMPOSE_FILE')?.split(setting('COMPOSE_PATH_SEPARATOR') ?? ':');
    if (names) sets.push(names.map(name => siblingOf(name, directory, read)));
  }
  return sets.filter((set): set is FileId[] => set.length > 0 && set.every(id => id !== undefined));
}

/** A command is written for the folder that one stands in, often the repository's; the file it means stands beside us. */
function siblingOf(name: string, directory: FileId, read: ReadFile): FileId | undefined {
  if (name.includes('$') || name === '-') return undefined;
  const beside = joinPath(directory, nameOf(name.replaceAll('\\', '/')));
  if (typeof read(beside) !== 'string') return beside;
  const relative = joinPath(directory, name);
  return typeof read(relative) === 'string' ? undefined : relative;
}

/**
 * Whether a file is meant to lie over the base: it has a service of the base that cannot run by itself, or it repeats little of what the
 * base says about the services they share.
 */
function isOverlay(file: ComposeFile, base: ComposeFile): boolean {
  const below = servicesOf(base);
  let shared = 0;
  let said = 0;
  let repeated = 0;
  for (const [name, service] of servicesOf(file)) {
    const original = below.get(name);
    if (!original) continue;
    shared++;
    const keys = fieldsOf(service);
    const runs = keys.has('image') || keys.has('build') || keys.has('provider') || keys.has('extends');
    if (!runs) return true;
    const own = itemsOf(service);
    for (const item of itemsOf(original)) {
      said++;
      if (own.has(item)) repeated++;
    }
  }
  return shared > 0 && repeated * 2 < said;
}

function servicesOf(file: ComposeFile): Map<string, Mapping> {
  const services = new Map<string, Mapping>();
  for (const document of file.documents) {
    for (const [name, field] of document.services) if (field.value.kind === 'mapping') services.set(name, field.value);
  }
  return services;
}

/** Keys of a service and names of its variables. */
function itemsOf(service: Mapping): Set<string> {
  const items = new Set<string>();
  for (const key of fieldsOf(service).keys()) if (!['image', 'build', 'environment', 'restart', 'deploy'].includes(key)) items.add(key);
  const environment = fieldOf(service, 'environment')?.value;
  if (environment?.kind === 'mapping') for (const name of fieldsOf(environment).keys()) items.add(`${name}=`);
  if (environment?.kind === 'sequence') {
    for (const { value } of environment.items) if (value.kind === 'scalar') items.add(`${value.text.split('=', 1)[0]}=`);
  }
  return items;
}
