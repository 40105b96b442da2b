// Permissions that stand where the reader does not look are no permissions: the call is answered by 403, and the token looks right.
import { defineRule } from '../../lint/rule.ts';
import { isCredential, nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { disagreement, permissionClaims, shapeProblem } from '../permissions.ts';
import { issued } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/permissions-format',
  severity: 'information',
  since: '0.1.0',
  *check(model, { now }) {
    for (const token of issued(model)) {
      const { purpose } = token.kind;
      const expired = (numberClaim(token, 'exp') ?? Number.POSITIVE_INFINITY) * 1000 <= now;
      if (!token.payload || !isCredential(token.claims) || expired) continue;
      const { span } = token.payload;
      const found = permissionClaims(token.claims);
      for (const claim of found) {
        const why = shapeProblem(claim);
        if (why) yield { span, message: `${why}. Write it in the form that the reader expects.` };
      }
      if (purpose !== undefined && purpose !== 'access') continue;
      const pair = disagreement(found);
      if (pair) {
        yield {
          span,
          message: `\`${pair[0]}\` and \`${pair[1]}\` grant different permissions, and a gateway reads only one of them. Put every permission where your gateway looks.`,
        };
      } else if (found.every(({ names }) => names.length === 0)) {
        yield {
          span,
          message: `This ${nameOfToken(token.kind)} carries no permissions that gateways know (\`permissions\`, \`scope\`, \`scp\` or a namespaced claim), so calls that need one end with 403. Have the issuer add them if the API checks permissions.`,
        };
      }
    }
  },
});
