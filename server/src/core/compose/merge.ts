// Puts definitions of one service together as Compose does: an override file over its base, a service over the one it extends.
import type { FileId } from '../text/file-id.ts';
import { samePlace } from '../text/place.ts';
import { localFile, relativePath } from './local-file.ts';
import type { EnvFileReference, Environment, EnvironmentEntry, ServiceDefinition, Via } from './service.ts';

/** `over` wins. What `over` resets is taken out of `base` first. */
export function mergeServices(base: ServiceDefinition, over: ServiceDefinition): ServiceDefinition {
  const below = applyResets(base, over.resets);
  return {
    name: over.name,
    file: over.file,
    nameSpan: over.nameSpan,
    environment: mergeEnvironments(below.environment, over.environment),
    environmentKey: over.environmentKey ?? below.environmentKey,
    envFiles: mergeEnvFiles(below.envFiles, over.envFiles),
    extends: over.extends ?? below.extends,
    build: over.build ?? below.build,
    buildArgs: mergeEnvironments(below.buildArgs, over.buildArgs),
    texts: new Map([...below.texts, ...over.texts]),
    lists: mergeLists(below.lists, over.lists),
    commands: new Map([...below.commands, ...over.commands]),
    needs: new Map([...below.needs, ...over.needs]),
    keys: new Set([...below.keys, ...over.keys]),
    resets: over.resets,
  };
}

/** Takes out of a definition what the paths name; an empty path empties it. */
function applyResets(base: ServiceDefinition, resets: readonly (readonly string[])[]): ServiceDefinition {
  let result = base;
  for (const [key, variable] of resets) result = key === undefined ? emptied(result) : withoutKey(result, key, variable);
  return result;
}

function emptied(service: ServiceDefinition): ServiceDefinition {
  const { name, file, nameSpan } = service;
  return {
    ...{
      name,
      file,
      nameSpan,
      environment: undefined,
      environmentKey: undefined,
      envFiles: undefined,
      extends: undefined,
      build: undefined,
      buildArgs: undefined,
    },
    ...{ texts: new Map(), lists: new Map(), commands: new Map(), needs: new Map(), keys: new Set(), resets: [] },
  };
}

function withoutKey(service: ServiceDefinition, key: string, variable: string | undefined): ServiceDefinition {
  const { environment } = service;
  if (key === 'environment' && variable !== undefined) {
    // Compose knows the path of a variable only while the map is still one; in a list there is no such path.
    if (environment?.form !== 'map') return service;
    const entries = new Map(environment.entries);
    entries.delete(variable);
    return { ...service, environment: { form: 'map', entries } };
  }
  const without = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([name]) => name !== key));
  return {
    ...service,
    environment: key === 'environment' ? undefined : environment,
    envFiles: key === 'env_file' ? undefined : service.envFiles,
    build: key === 'build' ? undefined : service.build,
    buildArgs: key === 'build' ? undefined : service.buildArgs,
    texts: without(service.texts),
    lists: without(service.lists),
    commands: without(service.commands),
    needs: new Map([...service.needs].filter(([, need]) => need.key !== key)),
    keys: new Set([...service.keys].filter(name => name !== key)),
  };
}

function mergeEnvironments(base: Environment | undefined, over: Environment | undefined): Environment | undefined {
  if (!base || !over) return over ?? base;
  const entries = new Map(base.entries);
  for (const [name, entry] of over.entries) {
    const hidden = entries.get(name);
    entries.set(name, hidden ? hide(entry, hidden) : entry);
  }
  return { form: 'list', entries };
}

/** `entry` with `hidden` at the end of what it hides. */
export function hide(entry: EnvironmentEntry, hidden: EnvironmentEntry): EnvironmentEntry {
  return { ...entry, hides: entry.hides ? hide(entry.hides, hidden) : hidden };
}

function mergeEnvFiles(base: readonly EnvFileReference[] | undefined, over: readonly EnvFileReference[] | undefined) {
  if (!base || !over) return over ?? base;
  const merged = [...base];
  for (const reference of over) {
    const known = merged.findIndex(other => other.key === reference.key);
    if (known < 0) merged.push(reference);
    else merged[known] = reference;
  }
  return merged;
}

function mergeLists(base: ServiceDefinition['lists'], over: ServiceDefinition['lists']): ServiceDefinition['lists'] {
  const merged = new Map(base);
  for (const [key, items] of over) {
    const below = merged.get(key) ?? [];
    const seen = new Set(below.map(({ text }) => text?.text).filter(text => text !== undefined));
    merged.set(key, [...below, ...items.filter(({ text }) => text === undefined || !seen.has(text.text))]);
  }
  return merged;
}

/** Compose makes the paths of a definition relative to the folder of the file that takes it over. */
export function movedTo(directory: FileId, service: ServiceDefinition): ServiceDefinition {
  if (!service.envFiles) return service;
  const moved = new Map<string, EnvFileReference>();
  for (const reference of service.envFiles) {
    const file = localFile(reference.directory, reference.path.text);
    const key = file === undefined ? reference.key : relativePath(directory, file);
    moved.set(key, { ...reference, key });
  }
  return { ...service, envFiles: [...moved.values()] };
}

/** Marks everything in a definition as having come through `via`, unless it is written there. */
export function throughPlace(service: ServiceDefinition, via: Via): ServiceDefinition {
  if (!service.environment) return service;
  const entries = new Map<string, EnvironmentEntry>();
  for (const [name, entry] of service.environment.entries) {
    entries.set(name, samePlace(entry, via) ? entry : { ...entry, through: [via, ...entry.through] });
  }
  return { ...service, environment: { form: service.environment.form, entries } };
}
