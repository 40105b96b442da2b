// Files that hold the keys of a service, as its variables name them: `JWT_PUBLIC_KEY_FILE: /run/secrets/jwt_public`.
import { fileMeaningOf } from '../environment/meaning.ts';
import type { KeyFile } from '../jwt/key-text.ts';
import type { FileId } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { fileBehind, grantedFiles, type NamedFiles, volumesOf } from './mounts.ts';
import type { ReadFile, Service } from './project.ts';

/** Variables that name files of keys, with the paths in the container. */
const keyPathsOf = remember(({ environment, definition }: Service): readonly (readonly [variable: string, path: string])[] => {
  const image = definition.texts.get('image')?.text;
  return [...environment.values()].flatMap(({ name, value, guess }) => {
    const path = guess ? undefined : /^(?:@|file:\/\/)?(\/.+)$/.exec(value ?? '')?.[1];
    return path !== undefined && fileMeaningOf(name, image) ? [[name, path] as const] : [];
  });
});

const latest = new WeakMap<Service, Service>();

/** The service with the files of its keys, by variable; the same object as long as they are the same. Only files that are mounted from here are read. */
export function withKeyFiles(service: Service, named: NamedFiles, directory: FileId, read: ReadFile): Service {
  const paths = keyPathsOf(service);
  if (paths.length === 0) return service;
  const mounts = [...volumesOf(service.definition, directory), ...grantedFiles(service.definition, named)];
  const keyFiles = new Map<string, KeyFile>();
  for (const [variable, path] of paths) {
    const file = fileBehind(path, mounts);
    if (file === undefined) continue;
    const source = read(file);
    keyFiles.set(variable, { file, text: typeof source === 'string' ? undefined : source.text });
  }
  if (keyFiles.size === 0) return service;
  const before = latest.get(service);
  if (before && areSame(before.keyFiles, keyFiles)) return before;
  const result = { ...service, keyFiles };
  latest.set(service, result);
  return result;
}

function areSame(a: ReadonlyMap<string, KeyFile>, b: ReadonlyMap<string, KeyFile>): boolean {
  return (
    a.size === b.size && [...b].every(([variable, { file, text }]) => a.get(variable)?.file === file && a.get(variable)?.text === text)
  );
}
