// A payload is encoded, not encrypted: everyone who sees the token reads what is in it.
import { sensitivityOf } from '../../facts/jwt-claims.ts';
import { defineRule } from '../../lint/rule.ts';
import { isObject, type JsonObject, type JsonValue } from '../../text/json.ts';
import { remember } from '../../text/remember.ts';
import type { JwtModel } from '../model.ts';
import { looksSecret } from '../redact.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/sensitive-claim',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      // NATS puts activation tokens into account JWTs, and its accounts are public by design.
      if (!token.payload || !token.claims || token.kind.purpose === 'nats') continue;
      const names = sensitiveIn(token.claims);
      if (names.length === 0) continue;
      const list = names.slice(0, 3).map(name => `\`${name.slice(0, 60).replaceAll('`', "'")}\``);
      const last = list.pop() as string;
      yield {
        span: token.payload.span,
        message: `${list.length > 0 ? `${list.join(', ')} and ` : ''}${last} can be read by everyone who sees this token, because a payload is encoded and not encrypted. Leave secrets and identity numbers out, or use an encrypted token (JWE).`,
        ...severity,
      };
    }
  },
});

const sensitiveIn = remember((claims: JsonObject) => [...sensitiveNames(claims, 3)]);

function* sensitiveNames(claims: JsonObject, depth: number): Generator<string> {
  for (const [name, value] of Object.entries(claims)) {
    if (isExposed(name, value)) yield name;
    else if (isObject(value) && depth > 0) yield* sensitiveNames(value, depth - 1);
  }
}

/** A flag such as `has_password` says nothing, and neither does a place that was left empty or blacked out. */
function isExposed(name: string, value: JsonValue): boolean {
  if (typeof value === 'number') return sensitivityOf(name) === 'identity';
  if (typeof value !== 'string' || /^[\s*x\u2022.-]*$|^[<[(].*[>\])]$/i.test(value)) return false;
  return sensitivityOf(name) !== undefined || looksSecret(value);
}
