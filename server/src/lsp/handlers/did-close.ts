// From here on the disk's text counts again; what was only shown because it was open disappears.
import type { DidCloseTextDocumentParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';

export function didClose({ session }: ServerContext, { textDocument }: DidCloseTextDocumentParams): void {
  session.close(textDocument.uri);
}
