// How output names files: relative to the current folder with `/`, or as the person gave them where they lie outside.
import { relative, resolve, sep } from 'node:path';
import type { FileId } from '../core/text/file-id.ts';
import { toFileId, toPath } from '../hosts/node-files.ts';

/** A path as the person wrote it, and the id it stands for. */
export interface GivenPath {
  readonly given: string;
  readonly id: FileId;
}

export type DisplayPath = (id: FileId) => string;

export function givenPath(given: string, cwd: string): GivenPath {
  return { given, id: toFileId(resolve(cwd, given)) };
}

export function displayPaths(cwd: string, given: readonly GivenPath[]): DisplayPath {
  const here = folderPrefix(toFileId(cwd));
  const byId = new Map(given.map(path => [path.id, slashed(path.given)]));
  const folders = given
    .map(path => ({ prefix: folderPrefix(path.id), given: slashed(path.given).replace(/\/+$/, '') }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return id => {
    if (id.startsWith(here)) return id.slice(here.length);
    const named = byId.get(id);
    if (named !== undefined) return named;
    const folder = folders.find(({ prefix }) => id.startsWith(prefix));
    if (folder) return `${folder.given}/${id.slice(folder.prefix.length)}`;
    const path = toPath(id);
    return path === undefined ? id : slashed(relative(cwd, path));
  };
}

function folderPrefix(id: FileId): string {
  return id.endsWith('/') ? id : `${id}/`;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll('\\', '/');
}
