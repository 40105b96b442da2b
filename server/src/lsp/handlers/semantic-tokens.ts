// Colours that follow the meaning of a text.
import type { SemanticTokens, SemanticTokensParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toSemanticTokens } from '../to-lsp.ts';

export function semanticTokens({ session }: ServerContext, { textDocument }: SemanticTokensParams): SemanticTokens | null {
  const subject = session.subjectOf(textDocument.uri);
  const tokens = subject?.scope.analyzer.semanticTokens(subject.id);
  return subject && tokens ? toSemanticTokens(tokens, subject.id, subject.places) : null;
}
