// NATS keys (nkeys): what a text is by its prefix and checksum, and the public key of a seed. Both configurations and tokens hold them.
import { fromPublic, fromSeed } from '@nats-io/nkeys';
import { Absence } from '../text/absence.ts';
import type { Span } from '../text/span.ts';

export type NkeyRole = 'operator' | 'account' | 'user' | 'server' | 'cluster' | 'curve';

/** A text that is a key beyond doubt: its prefix, length and checksum are right. */
export interface Nkey {
  /** `seed` and `private` are secrets. */
  readonly kind: 'public' | 'seed' | 'private';
  /** Undefined for a private key, which does not tell. */
  readonly role: NkeyRole | undefined;
}

/** First byte of a public key; a seed has `seedPrefix` in front of it. */
const roles = new Map<number, NkeyRole>([
  [14 << 3, 'operator'],
  [0 << 3, 'account'],
  [20 << 3, 'user'],
  [13 << 3, 'server'],
  [2 << 3, 'cluster'],
  [23 << 3, 'curve'],
]);
const seedPrefix = 18 << 3;
const privatePrefix = 15 << 3;

/** Bytes of the key itself, without prefix and checksum. */
const keyLength = { public: 32, seed: 32, private: 64 };

/** The letter that public keys of a role begin with. */
export const roleLetter: Readonly<Record<NkeyRole, string>> = {
  operator: 'O',
  account: 'A',
  user: 'U',
  server: 'N',
  cluster: 'C',
  curve: 'X',
};

/** "an operator", "a user". */
export function withArticle(words: string): string {
  return `${/^[ao]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** Reads a key; undefined for anything that is not one. Costs microseconds, and nothing for a text that cannot be a key. */
export function readNkey(text: string): Nkey | undefined {
  if (text.length < 56 || text.length > 110 || !/^[ACNOPSUX][A-Z2-7]+$/.test(text)) return undefined;
  const bytes = decodeBase32(text);
  if (!bytes || bytes.length < 4) return undefined;
  const body = bytes.subarray(0, -2);
  const sum = (bytes[bytes.length - 2] as number) | ((bytes[bytes.length - 1] as number) << 8);
  if (crc16(body) !== sum) return undefined;
  const [first = 0, second = 0] = body;
  if ((first & 248) === seedPrefix && body.length === 2 + keyLength.seed) {
    const role = roles.get(((first & 7) << 5) | ((second & 248) >> 3));
    return role && { kind: 'seed', role };
  }
  if (first === privatePrefix && body.length === 1 + keyLength.private) return { kind: 'private', role: undefined };
  const role = roles.get(first);
  return role && body.length === 1 + keyLength.public ? { kind: 'public', role } : undefined;
}

/** Characters of the shortest secret key. */
const shortestSecret = 58;

/** Every seed and private key in a text, beyond doubt by their checksums. Time grows with the text's length. */
export function* findSecretKeys(text: string): Generator<{ readonly span: Span; readonly key: Nkey }> {
  for (const { start, end } of longRuns(text)) {
    for (const match of text.slice(start, end).matchAll(/S[ACNOUX][A-Z2-7]{56}|P[A-Z2-7]{106,109}/g)) {
      const span = { start: start + match.index, end: start + match.index + match[0].length };
      if (isWordAt(text, span.start - 1) || isWordAt(text, span.end)) continue;
      const key = readNkey(match[0]);
      if (key && key.kind !== 'public') yield { span, key };
    }
  }
}

/** Of seeds and private keys: a file that is edited is searched where that happened. */
export const secretKeysAbsence = new Absence(text => findSecretKeys(text).next().done !== true, 112);

/** Runs of characters of keys that are long enough for a secret one: looking at every 58th character finds all of them. */
function* longRuns(text: string): Generator<Span> {
  const isIn = (at: number) => isBase32(text.charCodeAt(at));
  for (let at = shortestSecret - 1; at < text.length; at += shortestSecret) {
    if (!isIn(at)) continue;
    let [start, end] = [at, at + 1];
    while (start > 0 && isIn(start - 1)) start--;
    while (end < text.length && isIn(end)) end++;
    if (end - start >= shortestSecret) yield { start, end };
    at = end - 1;
  }
}

/** `A` to `Z` and `2` to `7`. */
function isBase32(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 50 && code <= 55);
}

function isWordAt(text: string, offset: number): boolean {
  return offset >= 0 && /\w/.test(text.charAt(offset));
}

/** Whether a text is a valid public key of a role; without a role, of any. */
export function isPublicNkey(text: string, role?: NkeyRole): boolean {
  const key = readNkey(text);
  return key?.kind === 'public' && (role === undefined || key.role === role);
}

/** The public key of a seed; undefined for anything that is no seed. Takes about a millisecond: for fixes and hovers, not for every keystroke. */
export function publicKeyOf(seed: string): string | undefined {
  if (readNkey(seed)?.kind !== 'seed') return undefined;
  const ascii = Uint8Array.from(seed, character => character.charCodeAt(0));
  try {
    return fromSeed(ascii).getPublicKey();
  } catch {
    return undefined;
  }
}

/** Whether a signature over some bytes was made with the seed of a public key. Takes some milliseconds. */
export function isSignedBy(publicKey: string, content: Uint8Array, signature: Uint8Array): boolean {
  if (!isPublicNkey(publicKey) || signature.length !== 64) return false;
  try {
    return fromPublic(publicKey).verify(content, signature);
  } catch {
    return false;
  }
}

/** RFC 4648 alphabet without padding; undefined where a letter is outside of it. Left-over bits are ignored, as nkeys does. */
function decodeBase32(text: string): Uint8Array | undefined {
  // No number of bytes ends in a group of one, three or six letters.
  if ([1, 3, 6].includes(text.length % 8)) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let buffer = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = code >= 65 && code <= 90 ? code - 65 : code >= 50 && code <= 55 ? code - 24 : -1;
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

/** CRC-16/XMODEM, as nkeys appends it (low byte first). */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
