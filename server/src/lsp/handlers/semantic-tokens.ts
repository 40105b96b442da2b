// Colours that follow the meaning of a text.
import type { SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams } from 'vscode-languageserver';
import { toSpan } from '../from-lsp.ts';
import type { ServerContext } from '../server.ts';
import { toSemanticTokens } from '../to-lsp.ts';

export function semanticTokens({ session }: ServerContext, { textDocument }: SemanticTokensParams): SemanticTokens | null {
  const subject = session.subjectOf(textDocument.uri);
  const tokens = subject?.scope.analyzer.semanticTokens(subject.id);
  return subject && tokens ? toSemanticTokens(tokens, subject.id, subject.places) : null;
}

/** Those that the editor shows just now: of a long text they are there long before all are. */
export function semanticTokensIn({ session }: ServerContext, { textDocument, range }: SemanticTokensRangeParams): SemanticTokens | null {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  const tokens = subject && lines && subject.scope.analyzer.semanticTokens(subject.id, toSpan(range, lines));
  return subject && tokens ? toSemanticTokens(tokens, subject.id, subject.places) : null;
}
