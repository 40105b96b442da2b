// From here on the editor's text counts, not the disk's.
import type { DidOpenTextDocumentParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didOpen({ session }: ServerContext, { textDocument }: DidOpenTextDocumentParams): void {
  session.open(textDocument);
}
