// How the core names files. An id is a URI whose path is not percent-encoded (`file:///srv/my app/nats.conf`), so that
// relative names found in a configuration can be resolved by plain string work. Shells convert at the edge.

/** `scheme://authority/path`, the path decoded and with `/` as separator. */
export type FileId = string;

function pathStart(id: FileId): number {
  const scheme = id.indexOf('://');
  if (scheme < 0) return 0;
  const slash = id.indexOf('/', scheme + 3);
  return slash < 0 ? id.length : slash;
}

/** The id without its last segment, without a trailing slash. */
export function directoryOf(id: FileId): FileId {
  const slash = id.lastIndexOf('/');
  return slash <= pathStart(id) ? id.slice(0, pathStart(id)) : id.slice(0, slash);
}

/** A folder and those around it, the innermost first. */
export function foldersFrom(folder: FileId): readonly FileId[] {
  const folders = [folder];
  for (let around = directoryOf(folder); around !== folders.at(-1); around = directoryOf(around)) folders.push(around);
  return folders;
}

/** Last segment of the path. */
export function nameOf(id: FileId): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** Path of the id without scheme and authority. */
export function pathOf(id: FileId): string {
  return id.slice(pathStart(id));
}

/** Joins `relative` to a directory; `.` and `..` are resolved and a leading `/` is treated as relative too. */
export function joinPath(directory: FileId, relative: string): FileId {
  const root = directory.slice(0, pathStart(directory));
  const segments = directory.slice(root.length).split('/').filter(Boolean);
  for (const segment of relative.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return `${root}/${segments.join('/')}`;
}

/** Path of `id` relative to `directory` (`deploy/nats.conf`), or undefined where it lies outside. */
export function pathWithin(directory: FileId, id: FileId): string | undefined {
  const prefix = directory.endsWith('/') ? directory : `${directory}/`;
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
}
