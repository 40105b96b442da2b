// How easily a secret is guessed: published, a placeholder, too short, or made of too little.
import { publishedSecrets } from '../facts/published-secrets.ts';

export type SecretWeakness =
  | { readonly kind: 'published'; readonly of: string }
  | { readonly kind: 'placeholder' }
  | { readonly kind: 'trivial' }
  | { readonly kind: 'short'; readonly bytes: number; readonly least: number }
  | { readonly kind: 'monotonous' };

export interface SecretDemand {
  /** Bytes that the algorithm needs; undefined where length alone says nothing. */
  readonly least?: number | undefined;
  readonly encoding?: 'base64' | undefined;
}

/** What is weak about a secret; undefined for a good one, and for what is no secret but a path, a key in PEM, or a reference. */
export function weaknessOf(secret: string, demand: SecretDemand = {}): SecretWeakness | undefined {
  if (secret === '' || isReference(secret)) return undefined;
  const of = publishedSecrets.get(secret);
  if (of) return { kind: 'published', of };
  if (isTrivial(secret)) return { kind: 'trivial' };
  if (isPlaceholder(secret)) return { kind: 'placeholder' };
  const bytes = byteLength(secret, demand.encoding);
  if (demand.least !== undefined && bytes < demand.least) return { kind: 'short', bytes, least: demand.least };
  if (isMonotonous(secret)) return { kind: 'monotonous' };
  return undefined;
}

/** A path, a PEM block, a URL, JSON or something that another program fills in: not the secret itself. */
export function isReference(value: string): boolean {
  return (
    /^(?:\.{0,2}|~|[a-zA-Z]:)[\\/][\w. \\/@-]*$/.test(value) ||
    /^-----BEGIN /.test(value) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    /^\s*[[{]/.test(value) ||
    /^@/.test(value) ||
    /^%[\w.]+%/.test(value) ||
    /^(?:env|file|vault|secret|ssm|arn|op|awssm|gcpsm|sops):/i.test(value) ||
    /^\{\{.*\}\}$/.test(value)
  );
}

/** Words that are tried first. */
export const trivialWords: ReadonlySet<string> = new Set(
  'secret secrets password passwd pass test testing admin administrator root user guest changeme changethis change-me change_me default example foo bar foobar qwerty letmein token key jwt mysecret my-secret my_secret mysecretkey my-secret-key secretkey secret-key secret_key jwtsecret jwt-secret jwt_secret supersecret super-secret super_secret topsecret top-secret t0p-s3cr3t hello demo dev development local none null string todo xxx public keycloak postgres minio grafana rabbitmq nats'.split(
    ' ',
  ),
);

/** A word that is tried first: `admin`, `Secret123`, `P@ssw0rd!`. */
export function isTrivial(value: string): boolean {
  const plain = value.toLowerCase().replace(/[0-9!?.#*$%^&@]+$/, '');
  const spelled = plain
    .replaceAll('0', 'o')
    .replaceAll('@', 'a')
    .replaceAll('3', 'e')
    .replaceAll('5', 's')
    .replaceAll('$', 's')
    .replaceAll('1', 'l');
  return trivialWords.has(value.toLowerCase()) || trivialWords.has(plain) || trivialWords.has(spelled) || /^[0-9]{1,10}$/.test(value);
}

/** A password that anybody tries first: a usual one, one that was to be replaced, or one of those that the product ships with. */
export function isUsualPassword(text: string, defaults: readonly string[] | undefined): boolean {
  return defaults?.includes(text) === true || isTrivial(text) || isPlaceholder(text);
}

const placeholderWords =
  /(?:^|[^a-z])(?:change|replace|modify|modified|your|my|example|sample|placeholder|dummy|todo|fixme|insert|enter|generate|xxx+|some|default|super|test|dev)(?:$|[^a-z]|me|this|it)/;
const secretWords = /secret|key|token|password|passwd|jwt|change|replace|here|value|string|random|placeholder/;

/** Text that a person wrote to be replaced, or words that describe a secret instead of being one. */
export function isPlaceholder(value: string): boolean {
  const lower = value.toLowerCase();
  if (/^<.*>$|^\[.*\]$|^\.\.\.+$|^x{3,}$|^\*{3,}$/.test(lower)) return true;
  if (
    /change[-_ ]?(?:me|this|it|in[-_ ]prod)|replace[-_ ]?(?:me|this|with)|to[-_ ]?be[-_ ]?(?:changed|modified|replaced)|changeit/.test(
      lower,
    )
  )
    return true;
  return placeholderWords.test(lower) && secretWords.test(lower) && readsLikeWords(lower);
}

/** Most of it is letters in words of a usual length, parted by dashes and the like. */
function readsLikeWords(lower: string): boolean {
  const words = lower.split(/[^a-z]+/).filter(word => word.length > 1);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const vowels = (lower.match(/[aeiouy]/g) ?? []).length;
  return letters >= lower.length * 0.6 && words.every(word => word.length <= 14) && vowels >= letters * 0.2;
}

/** Few different characters, or the same piece again and again. */
function isMonotonous(value: string): boolean {
  if (value.length < 8) return false;
  const different = new Set(value).size;
  if (different <= Math.min(5, value.length / 4)) return true;
  return /^(.{1,8})\1{2,}.{0,7}$/s.test(value) || /^(?:0123456789|1234567890|abcdefghij)/i.test(value);
}

/** Bytes of a secret as UTF-8, or of what base64 stands for. */
function byteLength(value: string, encoding?: 'base64'): number {
  if (encoding === 'base64') return Math.floor((value.replace(/[=\s]/g, '').length * 3) / 4);
  let bytes = 0;
  for (const char of value) {
    const code = char.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Bytes that an HMAC algorithm needs of its key (RFC 7518 §3.2); 32 for HS256 and where the algorithm is not known. */
export function leastBytes(algorithm: string | undefined): number {
  if (/HS512/i.test(algorithm ?? '')) return 64;
  return /HS384/i.test(algorithm ?? '') ? 48 : 32;
}
