// Which values nobody should see, not even the reader of a hover: passwords and keys in claims, private keys in headers, tokens in tokens.
import { sensitivityOf } from '../facts/jwt-claims.ts';
import { isObject, type JsonValue } from '../text/json.ts';

/** What stands in place of a hidden value. */
export const hidden = '(hidden)';

/** Private members of a JWK (RFC 7518 §6). */
const privateMembers: ReadonlySet<string> = new Set(['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']);

const secretText =
  /^S[ACNOUX][A-Z2-7]{56}$|-----BEGIN [A-Z ]*PRIVATE KEY|^e[yw][\w-]{10,}\.[\w-]*\.[\w.-]*$|^(ghp|gho|ghs|xox[abp]|AKIA|sk)[-_]?[A-Za-z0-9-]{12,}/;

/** Whether a text is a secret by its own shape: a seed, a private key, a token. */
export function looksSecret(text: string): boolean {
  return secretText.test(text);
}

/** A copy in which every secret is replaced by `hidden`. `name` is the name of the claim or header parameter. */
export function redact(name: string, value: JsonValue): JsonValue {
  if (typeof value === 'string' && value !== '' && (looksSecret(value) || sensitivityOf(name))) return hidden;
  if (typeof value === 'number' && sensitivityOf(name) === 'identity') return hidden;
  if (Array.isArray(value)) return value.map(item => redact(name, item as JsonValue));
  if (!isObject(value)) return value;
  const key = Object.hasOwn(value, 'kty');
  return Object.fromEntries(
    Object.entries(value).map(([inner, item]) => [inner, key && privateMembers.has(inner) ? hidden : redact(inner, item)]),
  );
}
