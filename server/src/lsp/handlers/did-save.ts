// The disk now holds what the editor holds.
import type { DidSaveTextDocumentParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didSave({ session }: ServerContext, { textDocument }: DidSaveTextDocumentParams): void {
  session.save(textDocument.uri);
}
