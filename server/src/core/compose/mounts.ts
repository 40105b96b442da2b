// What a container finds at which path: files and folders of this machine by its volumes, secrets and configs.
import type { FileId } from '../text/file-id.ts';
import { localFile } from './local-file.ts';
import type { ServiceDefinition } from './service.ts';

export interface Mount {
  readonly source: FileId;
  /** Absolute, in the container, without a slash at the end. */
  readonly target: string;
}

/** Files that a project gives names to, for its services. */
export interface NamedFiles {
  readonly secrets: ReadonlyMap<string, NamedFile>;
  readonly configs: ReadonlyMap<string, NamedFile>;
}

interface NamedFile {
  /** Undefined where it does not come from a file. */
  readonly file: FileId | undefined;
}

/** Mounts of the `volumes` of a service that are files or folders of this machine. `directory` is the folder that paths are relative to. */
export function volumesOf(service: ServiceDefinition, directory: FileId): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const { text, fields } of service.lists.get('volumes') ?? []) {
    const [source, target] = text ? text.text.split(':') : [fields.get('source')?.text, fields.get('target')?.text];
    if (!source || !target || !/^[./]/.test(source)) continue;
    const file = localFile(directory, source);
    if (file) mounts.push({ source: file, target: target.replace(/\/+$/, '') });
  }
  return mounts;
}

/** Where Compose puts what it is not told a path for. */
const folders = { secrets: '/run/secrets/', configs: '/' } as const;

/** The `secrets` and `configs` that a service is granted. */
export function grantedFiles(service: ServiceDefinition, named: NamedFiles): readonly Mount[] {
  return (['secrets', 'configs'] as const).flatMap(kind =>
    (service.lists.get(kind) ?? []).flatMap(({ text, fields }) => {
      const name = text?.text ?? fields.get('source')?.text ?? '';
      const source = named[kind].get(name)?.file;
      const target = fields.get('target')?.text ?? name;
      return source === undefined ? [] : [{ source, target: target.startsWith('/') ? target : `${folders[kind]}${target}` }];
    }),
  );
}

/** The file of this machine that a path of the container stands for; undefined for what comes with the image. */
export function fileBehind(path: string, mounts: readonly Mount[]): FileId | undefined {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  for (const { source, target } of mounts) {
    if (absolute === target) return source;
    if (absolute.startsWith(`${target}/`)) return `${source}/${absolute.slice(target.length + 1)}`;
  }
  return undefined;
}
