// Files that a person creates, renames or deletes in the editor, for clients that cannot watch the disk.
import type { CreateFilesParams, DeleteFilesParams, RenameFilesParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didCreateFiles({ session }: ServerContext, { files }: CreateFilesParams): void {
  for (const { uri } of files) session.changedOnDisk(uri, true);
}

export function didRenameFiles({ session }: ServerContext, { files }: RenameFilesParams): void {
  for (const { oldUri, newUri } of files) {
    session.deletedOnDisk(oldUri);
    session.changedOnDisk(newUri, true);
  }
}

export function didDeleteFiles({ session }: ServerContext, { files }: DeleteFilesParams): void {
  for (const { uri } of files) session.deletedOnDisk(uri);
}
