// Lays out a file or some of its lines, where its language can without a change of what the text means.
import type { DocumentFormattingParams, DocumentRangeFormattingParams, FormattingOptions, TextEdit } from 'vscode-languageserver';
import { toSpan } from '../from-lsp.ts';
import type { ServerContext } from '../server.ts';
import { toReplacement, toTextEdits } from '../to-lsp.ts';

export function formatting({ session }: ServerContext, { textDocument, options }: DocumentFormattingParams): TextEdit[] | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  const text = subject?.scope.analyzer.textOf(subject.id);
  if (!subject || text === undefined || !owner) return null;
  const formatted = owner.language.format?.(owner.model, indentOf(options));
  return formatted === undefined || formatted === text ? null : toReplacement(text, formatted, subject.id, subject.places);
}

export function rangeFormatting(
  { session }: ServerContext,
  { textDocument, range, options }: DocumentRangeFormattingParams,
): TextEdit[] | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines || !owner?.language.formatRange) return null;
  return toTextEdits(owner.language.formatRange(owner.model, toSpan(range, lines), indentOf(options)), subject.id, subject.places);
}

function indentOf({ insertSpaces, tabSize }: FormattingOptions): string {
  return insertSpaces ? ' '.repeat(Math.max(1, tabSize)) : '\t';
}
