// Lines of words above lines of text.
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toCodeLenses } from '../to-lsp.ts';

export function codeLens({ session }: ServerContext, { textDocument }: CodeLensParams): CodeLens[] {
  const subject = session.subjectOf(textDocument.uri);
  if (!subject || !session.settings.codeLens) return [];
  return toCodeLenses(subject.scope.analyzer.lenses(subject.id), subject.id, subject.places, session.settings.commands);
}
