// The token at a place of a document, for commands that work with one: only what is open in the editor is looked at.
import { compactText, findTokens } from '../../core/jwt/find.ts';
import { touches } from '../../core/text/span.ts';
import type { TokenAtParams, TokenAtResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export function tokenAt({ session }: Pick<ServerContext, 'session'>, { uri, offset }: TokenAtParams): TokenAtResult {
  const subject = session.subjectOf(uri);
  const text = subject?.scope.analyzer.textOf(subject.id);
  if (text === undefined) return null;
  const found = findTokens(text).find(({ span }) => touches(span, offset));
  return found ? compactText(text, found) : null;
}
