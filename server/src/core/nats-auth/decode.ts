// From the text of a NATS JWT to its claims, refused where nats-server refuses to decode it: form, header, signature, issuer's kind
// (nats-io/jwt v2/decoder.go). Whether the issuer is trusted is another question, for trust.ts.
import { decodeBase64Url, decodeUtf8, encodeUtf8 } from '../text/base64url.ts';
import { type JsonObject, member, parseObject } from '../text/json.ts';
import { type ClaimsProblem, type NatsClaimKind, type NatsClaims, newestVersion, readClaims } from './claims.ts';
import { isPublicNkey, isSignedBy, type NkeyRole } from './nkey.ts';

export type DecodeProblem =
  /** Larger than servers read. */
  | 'size'
  /** Not three parts of base64url with JSON objects in them. */
  | 'malformed'
  /** A JWT, but none of NATS. */
  | 'foreign'
  | ClaimsProblem
  | 'signature'
  /** Signed by a key that may not sign this kind. */
  | 'issuer';

export type Decoded = { readonly claims: NatsClaims } | { readonly problem: DecodeProblem };

/** Whether nats-server takes an option for a JWT and not for the path of one: all JWTs once encoded begin alike. */
export function looksLikeJwt(text: string): boolean {
  return text.startsWith('eyJ');
}

/** Longest token that servers read, in bytes (`MaxTokenSize`). */
export const longestToken = 1024 * 1024;

/** Whose keys may sign which kind (`ExpectedPrefixes`); any key a kind that is not here. */
export const signersOf: Partial<Record<NatsClaimKind, readonly NkeyRole[]>> = {
  operator: ['operator'],
  account: ['operator', 'account'],
  user: ['account'],
  activation: ['account', 'operator'],
  authorization_request: ['server'],
  authorization_response: ['account'],
};

/** Verifying takes milliseconds and the answer never changes, so it is remembered for the tokens seen last. */
const known = new Map<string, Decoded>();
const mostKnown = 512;

/** Reads and verifies a token. The token alone is judged: neither the time nor whom it trusts matters. */
export function decodeNatsJwt(token: string): Decoded {
  const before = known.get(token);
  if (before) return before;
  const decoded = decode(token);
  if (known.size >= mostKnown) known.clear();
  known.set(token, decoded);
  return decoded;
}

function decode(token: string): Decoded {
  if (token.length > longestToken) return { problem: 'size' };
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  const [header, payload, signature] = [readPart(head), readPart(body), readBytes(tail)];
  if (parts.length !== 3 || !header || !payload || !signature) return { problem: 'malformed' };
  if (!isNatsHeader(header)) return { problem: 'foreign' };
  const claims = readClaims(payload);
  if (typeof claims === 'string') return { problem: claims };
  const issuer = claims.standard.iss ?? '';
  // What is of no known kind counts as the old format, whatever it says.
  const isOld = claims.version < newestVersion || claims.kind === 'generic';
  if (!isSignedBy(issuer, encodeUtf8(isOld ? body : `${head}.${body}`), signature)) return { problem: 'signature' };
  const signers = signersOf[claims.kind];
  return signers && !signers.some(role => isPublicNkey(issuer, role)) ? { problem: 'issuer' } : { claims };
}

function isNatsHeader(header: JsonObject): boolean {
  const [type, algorithm] = [member(header, 'typ'), member(header, 'alg')];
  return typeof type === 'string' && type.toUpperCase() === 'JWT' && typeof algorithm === 'string' && /^ed25519(-nkey)?$/i.test(algorithm);
}

/** Go takes no padding, skips line breaks and does not look at left-over bits. */
function readBytes(text: string): Uint8Array | undefined {
  const { bytes, problems } = decodeBase64Url(text.replace(/[\r\n]/g, ''));
  return problems.some(problem => problem !== 'trailing-bits') ? undefined : bytes;
}

function readPart(text: string): JsonObject | undefined {
  const bytes = readBytes(text);
  const json = bytes && decodeUtf8(bytes);
  return json === undefined ? undefined : parseObject(json).object;
}
