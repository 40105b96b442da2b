// The editor's own file system as a FileSource, for the browser, where the server can read nothing by itself.

import { nameOf } from '../core/text/file-id.ts';
import {
  type FindFilesParams,
  type FindFilesResult,
  findFilesRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
} from '../protocol.ts';
import { type FileSource, mayHoldText } from './file-source.ts';
import { fileIdOf, schemeOf, uriOf } from './file-uri.ts';

/** Sends a request to the client and gives its answer. */
export type AskClient = (method: string, params: FindFilesParams | ReadFileParams) => Promise<unknown>;

/** A client that fails to answer, for instance because it is shutting down, has no files. */
export function clientFiles(ask: AskClient): FileSource {
  return {
    async list(folder) {
      const uris = (await ask(findFilesRequest, { folder: uriOf(folder) }).catch(() => [])) as FindFilesResult;
      return uris
        .map(fileIdOf)
        .filter(id => mayHoldText(nameOf(id)))
        .sort();
    },
    async read(file) {
      const text = (await ask(readFileRequest, { uri: uriOf(file) }).catch(() => null)) as ReadFileResult;
      return text ?? undefined;
    },
    // A repository that is opened without a copy of it on a disk: everything in it is under version control.
    about: async file => (schemeOf(file) === 'vscode-vfs' ? { tracking: 'kept', isReadableByOthers: undefined } : undefined),
  };
}

/** The disk for `file:` names where there is one, the client for all others. */
export function diskAndClientFiles(disk: FileSource | undefined, client: FileSource): FileSource {
  const sourceOf = (id: string) => (disk && schemeOf(id) === 'file' ? disk : client);
  return {
    list: folder => sourceOf(folder).list(folder),
    read: file => sourceOf(file).read(file),
    about: async file => sourceOf(file).about?.(file),
  };
}

/** Nothing but what is open: a server without a disk, beside a client that provides no files. */
export const noFiles: FileSource = { list: async () => [], read: async () => undefined };
