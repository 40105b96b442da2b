// nats-server refuses such a JWT at login or start, with a message that names neither the claim nor the way out.
import { defineRule } from '../../lint/rule.ts';
import { longestToken } from '../../nats-auth/decode.ts';
import { inventedProblems, problemsOf } from '../../nats-auth/problem.ts';
import { isNats } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/nats-jwt-issue',
  severity: 'error',
  since: '0.1.0',
  *check(model, { settings }) {
    for (const { token, severity } of judged(model)) {
      if (!token.claims || !token.payload) continue;
      const { span } = token.payload;
      const ofNats = isNats(token.kind);
      if (ofNats && token.span.end - token.span.start > longestToken) {
        yield {
          span,
          message: 'This NATS JWT is larger than 1 MiB, so nats-server refuses it. Move imports and exports into several accounts.',
          ...severity,
        };
      }
      for (const problem of ofNats ? problemsOf(token.claims, settings.natsServer) : inventedProblems(token.claims)) {
        yield { span, message: `${problem.why}. ${problem.advice}.`, severity: problem.severity, ...severity };
      }
    }
  },
});
