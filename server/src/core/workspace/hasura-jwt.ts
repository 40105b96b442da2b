// The JSON that Hasura's HASURA_GRAPHQL_JWT_SECRET holds: a key with its algorithm, or the URL of a JWKS.
import { leastBytes, type SecretWeakness, weaknessOf } from '../environment/secret-quality.ts';

export interface HasuraJwt {
  readonly type: string | undefined;
  readonly key: string | undefined;
  readonly keySetUrl: string | undefined;
}

/** Reads one configuration; undefined for what is not JSON of that kind. */
export function readHasuraJwt(text: string): HasuraJwt | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const word = (name: string) => {
    const field = (value as Record<string, unknown>)[name];
    return typeof field === 'string' ? field : undefined;
  };
  return { type: word('type'), key: word('key'), keySetUrl: word('jwk_url') };
}

/** How weak the key in it is; Hasura itself refuses an HMAC key below the algorithm's size. */
export function hasuraKeyWeakness(text: string): SecretWeakness | undefined {
  const jwt = readHasuraJwt(text);
  if (!jwt?.key || !/^HS/i.test(jwt.type ?? '')) return undefined;
  return weaknessOf(jwt.key, { least: leastBytes(jwt.type) });
}
