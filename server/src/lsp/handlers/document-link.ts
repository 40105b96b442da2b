// Parts of a text that lead to another file.
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toDocumentLinks } from '../to-lsp.ts';

export function documentLink({ session }: ServerContext, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const subject = session.subjectOf(textDocument.uri);
  return subject ? toDocumentLinks(subject.scope.analyzer.links(subject.id), subject.id, subject.places) : [];
}
