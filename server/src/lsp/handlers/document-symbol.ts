// The outline of a file.
import type { DocumentSymbol, DocumentSymbolParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toDocumentSymbols } from '../to-lsp.ts';

export function documentSymbol({ session }: ServerContext, { textDocument }: DocumentSymbolParams): DocumentSymbol[] {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  return subject && owner ? toDocumentSymbols(owner.language.outline?.(owner.model) ?? [], subject.id, subject.places) : [];
}
