// The token at a place of a document, for commands that work with one: only what is open in the editor is looked at.
import { compactText } from '../../core/jwt/find.ts';
import { type JwtModel, jwt } from '../../core/jwt/index.ts';
import { touches } from '../../core/text/span.ts';
import type { TokenAtParams, TokenAtResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export function tokenAt({ session }: Pick<ServerContext, 'session'>, { uri, offset }: TokenAtParams): TokenAtResult {
  const subject = session.subjectOf(uri);
  const analysis = subject?.scope.analyzer.analysis(subject.id);
  const model = analysis?.layers.find(({ language }) => language === jwt)?.model as JwtModel | undefined;
  const found = model?.tokens.find(({ span }) => touches(span, offset));
  return analysis && found ? compactText(analysis.file.text, found) : null;
}
