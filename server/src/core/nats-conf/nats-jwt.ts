// Whether nats-server would take a JWT that stands in its configuration: an operator's, or a preloaded account's. Times do not matter here.

import { isPublicNkey, isSignedBy, type NkeyRole } from '../nats-auth/nkey.ts';
import { decodeBase64Url, decodeUtf8, encodeUtf8 } from '../text/base64url.ts';
import { isObject, type JsonObject, member, parseObject } from '../text/json.ts';

export type NatsJwtProblem =
  /** Not three parts of base64url with JSON in them. */
  | 'malformed'
  /** A JWT, but none of NATS. */
  | 'foreign'
  /** Of NATS, but of another kind than is wanted. */
  | 'kind'
  /** Signed by a key that may not sign it. */
  | 'issuer'
  | 'signature';

/** Longest token that the server reads, in characters. */
const longest = 1024 * 1024;

/** Verifying takes milliseconds and the answer never changes, so it is remembered for the tokens seen last. */
const verdicts = new Map<string, NatsJwtProblem | undefined>();
const mostVerdicts = 512;

/** What is wrong with a token that should be an operator's or an account's; undefined when the server takes it. */
export function natsJwtProblem(token: string, wanted: 'operator' | 'account'): NatsJwtProblem | undefined {
  const key = `${wanted} ${token}`;
  if (verdicts.has(key)) return verdicts.get(key);
  const verdict = judge(token, wanted);
  if (verdicts.size >= mostVerdicts) verdicts.clear();
  verdicts.set(key, verdict);
  return verdict;
}

function judge(token: string, wanted: 'operator' | 'account'): NatsJwtProblem | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || token.length > longest) return 'malformed';
  const [header, claims] = [readPart(parts[0] as string), readPart(parts[1] as string)];
  const signature = readBytes(parts[2] as string);
  if (!header || !claims || !signature) return 'malformed';
  const algorithm = textOf(header, 'alg')?.toLowerCase();
  if (textOf(header, 'typ')?.toUpperCase() !== 'JWT' || (algorithm !== 'ed25519' && algorithm !== 'ed25519-nkey')) return 'foreign';
  const nats = member(claims, 'nats');
  const old = textOf(claims, 'type');
  const kind = old ?? (isObject(nats) ? textOf(nats, 'type') : undefined);
  if (kind !== wanted) return 'kind';
  const issuer = textOf(claims, 'iss') ?? '';
  const signers: readonly NkeyRole[] = wanted === 'operator' ? ['operator'] : ['operator', 'account'];
  if (!signers.some(role => isPublicNkey(issuer, role))) return 'issuer';
  const signed = old ? (parts[1] as string) : `${parts[0]}.${parts[1]}`;
  return isSignedBy(issuer, encodeUtf8(signed), signature) ? undefined : 'signature';
}

/** A text of the `nats` claim of a token, for instance an operator's `system_account`; undefined where there is none or it cannot be read. */
export function natsClaim(token: string, name: string): string | undefined {
  const claims = readPart(token.split('.')[1] ?? '');
  const nats = claims && member(claims, 'nats');
  return isObject(nats) ? textOf(nats, name) : undefined;
}

function readBytes(text: string): Uint8Array | undefined {
  const { bytes, problems } = decodeBase64Url(text);
  return problems.some(problem => problem !== 'trailing-bits') ? undefined : bytes;
}

function readPart(text: string): JsonObject | undefined {
  const bytes = readBytes(text);
  const json = bytes && decodeUtf8(bytes);
  return json === undefined ? undefined : parseObject(json).object;
}

function textOf(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' ? value : undefined;
}
