// Selections that grow along the syntax.
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toSelectionRange } from '../to-lsp.ts';

export function selectionRange({ session }: ServerContext, { textDocument, positions }: SelectionRangeParams): SelectionRange[] | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines || !owner?.language.selections) return null;
  const { language, model } = owner;
  return positions.map(position =>
    toSelectionRange(language.selections?.(model, lines.offsetAt(position)) ?? [], subject.id, subject.places),
  );
}
