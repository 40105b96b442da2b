// A folder was added to the window or taken out of it.
import type { DidChangeWorkspaceFoldersParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didChangeWorkspaceFolders({ session }: ServerContext, { event }: DidChangeWorkspaceFoldersParams): void {
  session.changeFolders(
    event.added.map(({ uri }) => uri),
    event.removed.map(({ uri }) => uri),
  );
}
