// A keystroke, or many at once.
import type { DidChangeTextDocumentParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didChange({ session }: ServerContext, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
  session.change(textDocument.uri, textDocument.version, contentChanges);
}
