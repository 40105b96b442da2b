// Files changed on the disk: by another program, by git, by the editor itself.
import { type DidChangeWatchedFilesParams, FileChangeType } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didChangeWatchedFiles({ session }: ServerContext, { changes }: DidChangeWatchedFilesParams): void {
  for (const { uri, type } of changes) {
    if (type === FileChangeType.Deleted) session.deletedOnDisk(uri);
    else session.changedOnDisk(uri, type === FileChangeType.Created);
  }
}
