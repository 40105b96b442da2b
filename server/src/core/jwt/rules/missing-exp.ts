// A token that never expires stays valid wherever it leaked to, until the key is changed.
import { defineRule } from '../../lint/rule.ts';
import { isCredential, nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { issued } from '../weight.ts';

/** Kinds whose use is limited otherwise: by a nonce, by the thing they describe, by the server that keeps them. */
const exempt: ReadonlySet<string> = new Set([
  'dpop',
  'logout',
  'event',
  'introspection',
  'request',
  'key-binding',
  'credential',
  'refresh',
  'nats',
]);

export default defineRule<JwtModel>({
  id: 'jwt/missing-exp',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const token of issued(model)) {
      const { kind, claims, payload } = token;
      if (!payload || !isCredential(claims) || exempt.has(kind.purpose ?? '') || Object.hasOwn(claims, 'exp')) continue;
      yield {
        span: payload.span,
        message: `This ${nameOfToken(kind)} has no \`exp\` claim, so it never expires and stays valid wherever a copy ends up. Have it issued with an expiry, minutes or hours away.`,
      };
    }
  },
});
