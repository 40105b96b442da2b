// Whether a file's tokens are for use. The one place that decides it: by the names of its folders and its own.
import { fileKindFacts } from '../facts/jwt-file-kinds.ts';
import { type FileId, nameOf, pathOf, pathWithin } from '../text/file-id.ts';

/** `source` is everything that may be used: code, scripts, configuration. `log` is a record of the past. */
export type FileKind = 'source' | 'log' | 'fixture' | 'test' | 'example' | 'documentation';

const order = ['documentation', 'fixture', 'test', 'example', 'log'] as const;

/** `root` is the folder that was opened: what lies above it says nothing. Documentation wins, then fixtures, tests, examples. */
export function fileKind(file: FileId, root?: FileId): FileKind {
  const path = (root === undefined ? undefined : pathWithin(root, file)) ?? pathOf(file);
  // Site generators and Go mark folders by a leading underscore.
  const folders = path
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .map(folder => folder.replace(/^_(?!_)/, ''));
  const name = nameOf(file);
  return (
    order.find(kind => {
      const { folders: known, names } = fileKindFacts[kind];
      return folders.some(folder => known.has(folder)) || names.some(pattern => pattern.test(name));
    }) ?? 'source'
  );
}

/** Whether a token there is meant to be looked at, not used. */
export function isForShow(kind: FileKind): boolean {
  return kind !== 'source' && kind !== 'log';
}

/** How much less a finding counts by what its file is for: what is for show is information at most. */
export function mildness({ fileKind }: { readonly fileKind: FileKind }): { readonly severity?: 'information' } {
  return isForShow(fileKind) ? { severity: 'information' } : {};
}

/** Whether a file's name says that it is a record of what programs said. */
export function isLog(file: FileId): boolean {
  return fileKindFacts.log.names.some(pattern => pattern.test(nameOf(file)));
}
