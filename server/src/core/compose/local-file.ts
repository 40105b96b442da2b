// Paths in Compose files: which of them name a file that we could read.
import { type FileId, joinPath } from '../text/file-id.ts';

/** The file that a path names, relative to `directory`; undefined for what is not a file of this project (URLs, home folders, /dev/null). */
export function localFile(directory: FileId, path: string): FileId | undefined {
  if (path === '' || path === '/dev/null' || path.startsWith('~') || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('git@'))
    return undefined;
  if (!path.startsWith('/')) return joinPath(directory, path);
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(directory)?.[0] ?? '';
  return joinPath(authority, path);
}

/** Path from a folder to a file, without `./`, as Compose writes it when it has read the file for another folder. */
export function relativePath(directory: FileId, file: FileId): string {
  const from = directory.split('/').filter(Boolean);
  const to = file.split('/').filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
