// Header parameters by which a token tells its verifier what to believe. The rule and the token report speak of the same ones.
import { criticalExtensions, headerParameters } from '../facts/jwt-header.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../text/json.ts';
import type { Token } from './parser.ts';

export interface HeaderDanger {
  readonly parameter: string;
  /** Whether every verifier must refuse the token. */
  readonly fatal: boolean;
  /** What is wrong and why it matters; no value of the header. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

export function headerDangers(token: Pick<Token, 'header' | 'claims' | 'kind'>): readonly HeaderDanger[] {
  const header = token.header.object;
  const found = [
    ...criticalDangers(header),
    unencodedPayload(token),
    ...addressDangers(header),
    embeddedKey(token),
    oddKeyId(header),
    ...encryptionDangers(header),
  ];
  return found.filter(danger => danger !== undefined);
}

/** RFC 7515 §4.1.11: a verifier that does not know a listed name must refuse; the list has a shape of its own. */
function* criticalDangers(header: JsonObject): Generator<HeaderDanger> {
  const crit = member(header, 'crit');
  if (crit === undefined) return;
  const danger = (why: string, advice: string): HeaderDanger => ({ parameter: 'crit', fatal: true, why, advice });
  if (!Array.isArray(crit) || crit.length === 0 || !crit.every((name): name is string => typeof name === 'string')) {
    yield danger(
      '`crit` is no list of names, so every verifier refuses this token',
      'Leave it out, or list the extensions that the header has',
    );
    return;
  }
  const registered = crit.filter(name => headerParameters.has(name) && !criticalExtensions.has(name));
  const absent = crit.filter(name => !Object.hasOwn(header, name));
  const unknown = crit.filter(name => !headerParameters.has(name) && !criticalExtensions.has(name));
  if (registered.length > 0) {
    yield danger('`crit` lists a standard header parameter, which it must not, so verifiers refuse this token', 'List extensions only');
  } else if (absent.length > 0) {
    yield danger('`crit` lists a name that the header does not have, so every verifier refuses this token', 'Take it out of the list');
  } else if (unknown.length > 0) {
    yield danger(
      '`crit` demands an extension that no specification known here has, and a verifier that does not know it must refuse the token',
      'Leave it out, unless all your verifiers were written to know it',
    );
  }
}

/** RFC 7797 §7: not for JWTs, because readers that do not know the extension would read another payload than was signed. */
function unencodedPayload({ header, claims }: Pick<Token, 'header' | 'claims'>): HeaderDanger | undefined {
  const { object } = header;
  if (member(object, 'b64') !== false) return undefined;
  const typ = member(object, 'typ');
  const isJwt = claims !== undefined || (typeof typ === 'string' && /(^|\+)jwt$/i.test(typ));
  if (!isJwt) return undefined;
  return {
    parameter: 'b64',
    fatal: true,
    why: '`b64` is false, which a JWT must not be, so every verifier refuses this token',
    advice: 'Sign the payload in base64url, as usual',
  };
}

function* addressDangers(header: JsonObject): Generator<HeaderDanger> {
  for (const parameter of ['jku', 'x5u']) {
    const value = member(header, parameter);
    if (value === undefined) continue;
    const plain = typeof value === 'string' && /^http:/i.test(value);
    yield {
      parameter,
      fatal: false,
      why: `\`${parameter}\` names the address of the key${plain ? ', without TLS even' : ''}: a verifier that follows it trusts whoever wrote the token`,
      advice: 'Configure the address of the keys at the verifier, and refuse tokens whose header names one',
    };
  }
}

/** Proofs carry the key they prove by design (RFC 9449 §4.2). */
const proofs = /^(dpop|key-binding|credential|assertion)$/;

function embeddedKey({ header, kind }: Pick<Token, 'header' | 'kind'>): HeaderDanger | undefined {
  const jwk = member(header.object, 'jwk');
  if (jwk === undefined) return undefined;
  if (isPrivate(jwk)) {
    return {
      parameter: 'jwk',
      fatal: false,
      why: '`jwk` holds a private key, so whoever reads the token can sign others',
      advice: 'Replace the key everywhere, and put only public keys into headers',
    };
  }
  const typ = member(header.object, 'typ');
  if (proofs.test(kind.purpose ?? '') || (typeof typ === 'string' && /proof\+jwt$/i.test(typ))) return undefined;
  return {
    parameter: 'jwk',
    fatal: false,
    why: '`jwk` brings the key along: a verifier that uses it accepts what anyone signed with a key of their own',
    advice: 'Have verifiers use the keys they were configured with, and name one by `kid`',
  };
}

function isPrivate(jwk: JsonValue): boolean {
  return isObject(jwk) && ['d', 'k', 'p', 'q', 'priv'].some(name => Object.hasOwn(jwk, name));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a key's name has none
const controls = /[\u0000-\u001f\u007f]/;
const path = /(^|[\\/]|%2f|%5c)\.\.([\\/]|%2f|%5c|$)|^\/(dev|etc|proc|sys|tmp|var|usr|home|root|opt)\/|^[a-z]:\\/i;
const shell = /[|`]|\$\(|&&/;

/** A `kid` is looked up somewhere: in a folder, a table, a cache. Identifiers that are URLs or base64 are usual. */
function oddKeyId(header: JsonObject): HeaderDanger | undefined {
  const kid = member(header, 'kid');
  if (kid === undefined) return undefined;
  const danger = (what: string): HeaderDanger => ({
    parameter: 'kid',
    fatal: false,
    why: `\`kid\` ${what}, as in attacks on verifiers that look keys up by it without care`,
    advice: 'Name keys by letters and digits, and have verifiers look the name up in a fixed list',
  });
  if (typeof kid !== 'string') return danger('is no text');
  if (controls.test(kid)) return danger('holds control characters');
  if (path.test(kid)) return danger('looks like a path');
  if (/['"]/.test(kid) || /\bunion\s+select\b/i.test(kid)) return danger('looks like SQL');
  if (shell.test(kid)) return danger('looks like a command');
  return undefined;
}

/** RFC 8725 §3.2 and §3.6: both are in use, and both tell an attacker who asks often enough what is encrypted. */
function* encryptionDangers(header: JsonObject): Generator<HeaderDanger> {
  if (typeof member(header, 'enc') !== 'string') return;
  if (member(header, 'alg') === 'RSA1_5') {
    yield {
      parameter: 'alg',
      fatal: false,
      why: '`alg` is RSA1_5, whose padding lets an attacker find out the content by asking the receiver about changed copies, so many libraries refuse it',
      advice: 'Have it encrypted with RSA-OAEP-256 or ECDH-ES',
    };
  }
  if (member(header, 'zip') !== undefined) {
    yield {
      parameter: 'zip',
      fatal: false,
      why: '`zip` compresses the content before it is encrypted, so its length tells something of what is in it',
      advice: 'Have it encrypted without compression',
    };
  }
}
