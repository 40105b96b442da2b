// Without a signature anyone can write any claims; a verifier that accepts such a token lets everyone in.
import { isNone } from '../../facts/jwt-algorithms.ts';
import { defineRule } from '../../lint/rule.ts';
import type { JwtModel } from '../model.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/alg-none',
  severity: 'error',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      if (token.alg === undefined || !isNone(token.alg)) continue;
      yield {
        span: token.header.span,
        message:
          'This token is not signed (`alg` is `none`), so anyone can write one, and a verifier that accepts it lets everyone in. Have it signed, for instance with ES256 or EdDSA, and let verifiers accept that algorithm only.',
        ...severity,
      };
    }
  },
});
