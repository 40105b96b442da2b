// Whether a secret made an HMAC signature. WebCrypto answers later or not at all where findings are made, so that the hashes come from a
// library that is pure, audited and has no dependencies; requests of a person go through jose.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { decodeBase64Url, encodeUtf8 } from '../text/base64url.ts';
import { remember } from '../text/remember.ts';
import type { Token } from './parser.ts';

const hashes = { HS256: sha256, HS384: sha384, HS512: sha512 } as const;

type HmacAlgorithm = keyof typeof hashes;

/** What an HMAC signature is checked with. Secret like the token that it is made of. */
export interface HmacSigned {
  readonly alg: HmacAlgorithm;
  /** The whole token in one piece. */
  readonly compact: string;
}

/** `compact` is the text of `token`; undefined unless it is signed by HMAC with a signature of the right size. */
export function hmacSigned(compact: string, { alg, signature }: Pick<Token, 'alg' | 'signature'>): HmacSigned | undefined {
  if (alg === undefined || !Object.hasOwn(hashes, alg)) return undefined;
  const name = alg as HmacAlgorithm;
  return signature.problems.length === 0 && signature.bytes === hashes[name].outputLen ? { alg: name, compact } : undefined;
}

interface SignedBytes {
  /** Header and payload as they are signed (RFC 7515 §5.1). */
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

const bytes = new WeakMap<HmacSigned, SignedBytes>();

function bytesOf(signed: HmacSigned): SignedBytes {
  const known = bytes.get(signed);
  if (known) return known;
  const dot = signed.compact.lastIndexOf('.');
  const made = { input: encodeUtf8(signed.compact.slice(0, dot)), signature: decodeBase64Url(signed.compact, dot + 1).bytes };
  bytes.set(signed, made);
  return made;
}

/** Answers about single secrets. */
const answers = new WeakMap<HmacSigned, Map<string, boolean>>();

/** Whether the text of `secret`, as its UTF-8 bytes, made the signature. Each is tried once, however often somebody types in another file. */
export function isSignedWith(signed: HmacSigned, secret: string): boolean {
  const last = tried.get(signed);
  if (last && setOf(last.secrets).has(secret)) return last.fitting.includes(secret);
  const known = answers.get(signed) ?? new Map<string, boolean>();
  answers.set(signed, known);
  const answer = known.get(secret) ?? isSignedWithBytes(signed, encodeUtf8(secret));
  known.set(secret, answer);
  return answer;
}

/** The secrets that were tried on a signature last, and those of them that made it. */
const tried = new WeakMap<HmacSigned, { readonly secrets: readonly string[]; readonly fitting: readonly string[] }>();

const setOf = remember((secrets: readonly string[]): ReadonlySet<string> => new Set(secrets));

/** Those of `secrets` that made the signature. Only those are tried that were not there when it was asked last. */
export function secretsThatSigned(signed: HmacSigned, secrets: readonly string[]): readonly string[] {
  const last = tried.get(signed);
  if (last?.secrets === secrets) return last.fitting;
  const known = last?.fitting.filter(secret => setOf(secrets).has(secret)) ?? [];
  const added = last ? addedSince(last.secrets, secrets) : secrets;
  const beginnings = begun(added, signed.alg);
  const fitting = [...known, ...added.filter((_, i) => goesOn(beginnings[i] as Hmac, signed))];
  tried.set(signed, { secrets, fitting });
  return fitting;
}

/** What is new in a list, for all signatures that were tried with the same one before: which is not kept, since it would keep the one before it. */
const additions = new WeakMap<readonly string[], { readonly before: WeakRef<readonly string[]>; readonly added: readonly string[] }>();

function addedSince(before: readonly string[], secrets: readonly string[]): readonly string[] {
  let known = additions.get(secrets);
  if (known?.before.deref() !== before) {
    known = { before: new WeakRef(before), added: secrets.filter(secret => !setOf(before).has(secret)) };
    additions.set(secrets, known);
  }
  return known.added;
}

type Hmac = ReturnType<typeof hmac.create>;

/** Hashes that have taken in a secret each, with which they begin whatever is signed. */
const begunWith = remember((_secrets: readonly string[]) => new Map<HmacAlgorithm, readonly Hmac[]>());

function begun(secrets: readonly string[], alg: HmacAlgorithm): readonly Hmac[] {
  const byAlgorithm = begunWith(secrets);
  const known = byAlgorithm.get(alg) ?? secrets.map(secret => hmac.create(hashes[alg], encodeUtf8(secret)));
  byAlgorithm.set(alg, known);
  return known;
}

/** A hash to go on with; thousands of new ones would cost as much as the hashing. */
const copies = new Map<HmacAlgorithm, { readonly hash: Hmac; readonly result: Uint8Array }>();

function goesOn(beginning: Hmac, signed: HmacSigned): boolean {
  const { input, signature } = bytesOf(signed);
  const { alg } = signed;
  const { hash, result } = copies.get(alg) ?? { hash: hmac.create(hashes[alg], input), result: new Uint8Array(beginning.outputLen) };
  copies.set(alg, { hash, result });
  beginning._cloneInto(hash).update(input).digestInto(result);
  return result.every((byte, i) => byte === signature[i]);
}

/** Some microseconds. Also for an empty secret, which makes a signature like any other, though no verifier should take one. */
export function isSignedWithBytes(signed: HmacSigned, secret: Uint8Array): boolean {
  const { input, signature } = bytesOf(signed);
  return hmac(hashes[signed.alg], secret, input).every((byte, i) => byte === signature[i]);
}
