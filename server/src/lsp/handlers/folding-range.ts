// What can be folded away.
import type { FoldingRange, FoldingRangeParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toFoldingRanges } from '../to-lsp.ts';

export function foldingRange({ session }: ServerContext, { textDocument }: FoldingRangeParams): FoldingRange[] | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  // Null leaves folding to the editor, which folds by indentation.
  return subject && owner?.language.folds ? toFoldingRanges(owner.language.folds(owner.model), subject.id, subject.places) : null;
}
