// nats-server refuses such a JWT at login or start, with a message that names neither the claim nor the way out.
import { defineRule } from '../../lint/rule.ts';
import type { NatsKind } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { natsProblems } from '../nats-claims.ts';
import { judged } from '../weight.ts';

/** Characters above which nats-io/jwt does not decode a token (`MaxTokenSize`). */
const longest = 1024 * 1024;

export default defineRule<JwtModel>({
  id: 'jwt/nats-jwt-issue',
  severity: 'error',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      if (token.kind.purpose !== 'nats' || !token.claims || !token.payload) continue;
      const { span } = token.payload;
      if (token.span.end - token.span.start > longest) {
        yield {
          span,
          message: 'This NATS JWT is larger than 1 MiB, so nats-server refuses it. Move imports and exports into several accounts.',
          ...severity,
        };
      }
      for (const problem of natsProblems(token.kind.id as NatsKind, token.claims)) {
        yield { span, message: `${problem.why}. ${problem.advice}.`, severity: problem.severity, ...severity };
      }
    }
  },
});
