// An address is written down where a header is not: in logs of servers and proxies, in histories, in the referrer of the next page.
import { defineRule } from '../../lint/rule.ts';
import { nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/token-in-url',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, index, severity } of judged(model)) {
      if (!model.inAddress[index]) continue;
      yield {
        span: token.span,
        message: `This ${nameOfToken(token.kind)} is sent in an address, which servers, proxies and browsers write down in logs and histories. Send it in the header \`Authorization: Bearer …\`.`,
        // A log tells what was sent once; whoever reads it there cannot change that.
        ...(model.fileKind === 'log' ? { severity: 'information' as const } : severity),
      };
    }
  },
});
