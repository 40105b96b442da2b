// What one token is, for a person who pasted it: a report without the token itself.
import { renderToken } from '../../core/jwt/hover.ts';
import { parseTokens } from '../../core/jwt/parser.ts';
import type { CheckTokenParams, CheckTokenResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export function checkToken({ platform }: ServerContext, { token }: CheckTokenParams): CheckTokenResult {
  const tokens = parseTokens(token);
  if (tokens.length === 0) {
    return {
      markdown: 'This is no token: a JWT has three parts (a JWE five), separated by dots, and its first part decodes to a JSON object.',
    };
  }
  return { markdown: tokens.map(one => renderToken(one, platform.clock())).join('\n\n---\n\n') };
}
