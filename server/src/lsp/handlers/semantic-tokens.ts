// Colours that follow the meaning of a text.
import type { SemanticTokens, SemanticTokensParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toSemanticTokens } from '../to-lsp.ts';

export function semanticTokens({ session }: ServerContext, { textDocument }: SemanticTokensParams): SemanticTokens | null {
  const subject = session.subjectOf(textDocument.uri);
  const owner = subject?.scope.analyzer.owner(subject.id);
  if (!subject || !owner?.language.semanticTokens) return null;
  return toSemanticTokens(owner.language.semanticTokens(owner.model), subject.id, subject.places);
}
