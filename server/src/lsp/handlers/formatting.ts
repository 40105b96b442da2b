// Lays out a whole file, where its language can without a change of what the text means.
import type { DocumentFormattingParams, TextEdit } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toReplacement } from '../to-lsp.ts';

export function formatting({ session }: ServerContext, { textDocument, options }: DocumentFormattingParams): TextEdit[] | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  const text = subject?.scope.analyzer.textOf(subject.id);
  if (!subject || text === undefined || !owner) return null;
  const formatted = owner.language.format?.(owner.model, options.insertSpaces ? ' '.repeat(Math.max(1, options.tabSize)) : '\t');
  return formatted === undefined || formatted === text ? null : toReplacement(text, formatted, subject.id, subject.places);
}
