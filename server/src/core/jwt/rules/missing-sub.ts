// Gateways identify the caller by `sub`; without it they refuse the token, or take everyone for the same nobody.
import { defineRule } from '../../lint/rule.ts';
import { member } from '../../text/json.ts';
import { subjectAdvice } from '../advice.ts';
import { isCredential, nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { issued } from '../weight.ts';

/** Kinds that identify nobody, or do it otherwise. */
const exempt: ReadonlySet<string> = new Set([
  'dpop',
  'logout',
  'event',
  'introspection',
  'request',
  'key-binding',
  'credential',
  'service',
  'nats',
]);

const required: Readonly<Record<string, string>> = {
  access: 'which RFC 9068 §2.2 requires in an access token',
  id: 'which OpenID Connect Core §2 requires in an ID token',
};

export default defineRule<JwtModel>({
  id: 'jwt/missing-sub',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const token of issued(model)) {
      const { kind, claims, payload } = token;
      if (!payload || !isCredential(claims) || exempt.has(kind.purpose ?? '')) continue;
      const sub = member(claims, 'sub');
      if (sub !== undefined && sub !== '' && sub !== null) continue;
      yield {
        span: payload.span,
        message: `This ${nameOfToken(kind)} has ${sub === undefined ? 'no' : 'an empty'} \`sub\` claim, ${required[kind.purpose ?? ''] ?? 'by which a caller is known'}, so many gateways refuse it. ${subjectAdvice}`,
      };
    }
  },
});
