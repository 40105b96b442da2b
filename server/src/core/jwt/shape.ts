// What makes characters a token: three parts of a JWS (RFC 7515 §7.1) or five of a JWE (RFC 7516 §7.1) whose header decodes to what a
// header is.
import { algorithmNamed, signatureSizes, tagSize } from '../facts/jwt-algorithms.ts';
import { type Base64Problem, decodeBase64Url, decodeUtf8 } from '../text/base64url.ts';
import { type JsonObject, member, type ParsedObject, parseObject } from '../text/json.ts';
import type { Span } from '../text/span.ts';

/** A token in one piece. */
export interface ShapedToken {
  readonly span: Span;
  readonly form: 'jws' | 'jwe';
  /** Parts may be empty. */
  readonly parts: readonly Span[];
  readonly header: ReadHeader;
}

type ReadHeader = ParsedObject & { readonly object: JsonObject; readonly encoding: readonly Base64Problem[] };

/** Characters above which a header is none; certificates in `x5c` make some long. */
const longestHeader = 32 * 1024;

/** Least characters of a header: `{"alg":""}`. */
const shortestHeader = 14;

/** Most characters of a part that belong to no alphabet: one that somebody mistyped or that got lost on the way. */
const mostForeign = 4;

export const DOT = 46;
const EQUALS = 61;
const ELLIPSIS = 0x2026;

/** Bits: 1 base64url, 2 the other alphabet's `+` and `/`, 4 a stray character that ends no word. */
const classes = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') classes[c.charCodeAt(0)] = 1;
for (const c of '+/') classes[c.charCodeAt(0)] = 2;
for (const c of '?#!*@$~^:') classes[c.charCodeAt(0)] = 4;

/** 1 for base64url, 2 for what the other alphabet has instead, 4 for a stray character, 0 for all others. */
export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (classes[code] as number) : 0;
}

/** End of a run of base64url. */
export function runEnd(text: string, from: number): number {
  let i = from;
  while (classAt(text, i) === 1) i++;
  return i;
}

/** End of a run that may hold the other alphabet and a few stray characters. */
function looseRunEnd(text: string, from: number, limit: number): number {
  let strays = 0;
  let i = from;
  for (; i < limit; i++) {
    const kind = classAt(text, i);
    if (kind === 0 || (kind === 4 && ++strays > mostForeign)) break;
  }
  return i;
}

function skipPadding(text: string, from: number): number {
  let i = from;
  while (i < from + 2 && text.charCodeAt(i) === EQUALS) i++;
  return i;
}

/** The token whose header is from `start` to `headerEnd`. */
export function readToken(text: string, start: number, headerEnd: number): ShapedToken | undefined {
  const header = readHeader(text, start, headerEnd);
  if (!header) return undefined;
  const parts = [{ start, end: headerEnd }];
  const form = formOf(header.object);
  const wanted = partsOf(form);
  while (parts.length < wanted) {
    const from = (parts[parts.length - 1] as Span).end + 1;
    const last = parts.length === wanted - 1;
    const end = last ? signatureEnd(text, from, header.object) : partEnd(text, from);
    parts.push({ start: from, end });
    if (!last && text.charCodeAt(end) !== DOT) return undefined;
  }
  const end = (parts[wanted - 1] as Span).end;
  if (continues(text, parts, end)) return undefined;
  if (form === 'jwe' && parts.slice(2).some(part => part.start === part.end)) return undefined;
  return { span: { start, end }, form, parts, header };
}

/** A header that names how the content is encrypted belongs to a JWE. */
export function formOf(header: JsonObject): ShapedToken['form'] {
  return typeof member(header, 'enc') === 'string' ? 'jwe' : 'jws';
}

export function partsOf(form: ShapedToken['form']): number {
  return form === 'jwe' ? 5 : 3;
}

/** What makes JSON a token's header: a member `alg`, or `typ: JWT` where `alg` was forgotten. */
export function readHeader(text: string, start: number, end: number): ReadHeader | undefined {
  if (end - start > longestHeader || end - start < shortestHeader) return undefined;
  const { bytes, problems } = decodeBase64Url(text, start, end);
  if (problems.includes('length')) return undefined;
  const json = decodeUtf8(bytes);
  const parsed = json === undefined ? undefined : parseObject(json);
  if (!parsed?.object) return undefined;
  const typ = member(parsed.object, 'typ');
  const isHeader = Object.hasOwn(parsed.object, 'alg') || (typeof typ === 'string' && typ.toLowerCase() === 'jwt');
  return isHeader ? { object: parsed.object, duplicates: parsed.duplicates, encoding: problems } : undefined;
}

/**
 * End of a header or payload. One in the other alphabet, with padding or with a stray character is one that somebody encoded or
 * copied wrongly: the dot behind it shows that it was meant as one.
 */
export function partEnd(text: string, from: number): number {
  const end = runEnd(text, from);
  if (text.charCodeAt(end) === DOT) return end;
  const looseEnd = skipPadding(text, looseRunEnd(text, end, text.length));
  return text.charCodeAt(looseEnd) === DOT ? looseEnd : end;
}

/** Nothing ends a signature, so strange characters and padding belong to it only where they give it the length its algorithm has. */
function signatureEnd(text: string, from: number, header: JsonObject): number {
  const end = runEnd(text, from);
  const alg = member(header, 'alg');
  const bytes = typeof alg === 'string' ? algorithmNamed(alg)?.signatureBytes : undefined;
  const length = bytes === undefined ? end - from : Math.ceil((bytes * 4) / 3);
  if (end - from < length) {
    const looseEnd = looseRunEnd(text, end, from + length);
    return looseEnd - from === length && classAt(text, looseEnd) !== 1 ? skipPadding(text, looseEnd) : end;
  }
  const padded = skipPadding(text, end);
  return padded > end && (padded - from) % 4 === 0 ? padded : end;
}

/** What stands for a signature that is put in later: `<signature>`, `{{sig}}`, `$SIG`, `[redacted]`, `***`, or `" + signature`. */
const placeholder = /<(?!br\b)[A-Za-z][\w -]*>|\$[\w{(]|\{\{?|\[\w|\*{3}|["'`][ \t]*(?:\+|\.|&|~|\|\||<>)[ \t]*[A-Za-z_$]/y;

/** Whether the text goes on in a way that makes it no token: a further part, or what stands for what was left out. */
function continues(text: string, parts: readonly Span[], end: number): boolean {
  const last = parts.at(-1) as Span;
  if (last.start === last.end) {
    placeholder.lastIndex = end;
    if (placeholder.test(text)) return true;
  }
  const next = text.charCodeAt(end);
  if (next === ELLIPSIS) return true;
  if (next !== DOT) return false;
  if (classAt(text, end + 1) === 1 || text.charCodeAt(end + 1) === DOT) return true;
  const before = parts.at(-2) as Span;
  return last.start === last.end && before.start === before.end;
}

/** Lengths in characters that the last part of a token with this header can have; empty where nothing says so. */
export function lastPartLengths(header: JsonObject): readonly number[] {
  const [alg, enc] = [member(header, 'alg'), member(header, 'enc')];
  const sealed = typeof enc === 'string' ? tagSize(enc) : undefined;
  const sizes = sealed !== undefined ? [sealed] : typeof alg === 'string' && enc === undefined ? signatureSizes(alg) : [];
  return sizes.map(size => Math.ceil((size * 4) / 3));
}

/** Whether the last part has a length that it can have, as far as anybody knows. */
export function isWhole({ parts, header }: Pick<ShapedToken, 'parts' | 'header'>): boolean {
  const lengths = lastPartLengths(header.object);
  const { start, end } = parts[parts.length - 1] as Span;
  return lengths.length === 0 || lengths.includes(end - start);
}
