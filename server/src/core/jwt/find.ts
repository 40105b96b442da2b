// Finds compact tokens in any text at the speed of a search. A candidate counts only when its header decodes to what a header is,
// so that go.sum lines, source maps, versions and domain names are never taken for one.
import type { Span } from '../text/span.ts';
import { decodeBase64Url, decodeUtf8 } from './base64url.ts';
import { type JsonObject, member, type ParsedObject, parseObject } from './json.ts';

/** A token's place: three parts of a JWS (RFC 7515 §7.1) or five of a JWE (RFC 7516 §7.1). Parts may be empty. */
export interface FoundToken {
  readonly span: Span;
  readonly form: 'jws' | 'jwe';
  readonly parts: readonly Span[];
  readonly header: ParsedObject & { readonly object: JsonObject };
}

/** `{"`, `{ `, and `{` with a line break or tab behind it, in base64url. Nothing to backtrack: each place is looked at once. */
const opening = /ey(?:J|A[giKN])|ew(?:o[giJK]|0K|k[giJK])/g;

/** Characters above which a header is none; certificates in `x5c` make some long. */
const longestHeader = 32 * 1024;

/** Most openings tried in one run of base64url characters, so that hostile text costs no more than its length. */
const mostTries = 3;

const DOT = 46;
const EQUALS = 61;
const ELLIPSIS = 0x2026;

const plain = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') plain[c.charCodeAt(0)] = 1;
const loose = plain.slice();
loose[43] = 1;
loose[47] = 1;

function runEnd(text: string, from: number, table: Uint8Array): number {
  let i = from;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || table[code] === 0) break;
  }
  return i;
}

/** All tokens of a text, in order, none inside of another. Never throws; time grows with the text's length. */
export function findTokens(text: string): readonly FoundToken[] {
  const found: FoundToken[] = [];
  let run = { end: 0, tries: 0 };
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const start = match.index;
    if (!beginsWord(text, start)) continue;
    if (start >= run.end) run = { end: runEnd(text, start, plain), tries: 0 };
    if (!dotFollows(text, run.end) || ++run.tries > mostTries) {
      opening.lastIndex = run.end;
      continue;
    }
    const token = readToken(text, start, run.end);
    if (!token) continue;
    found.push(token);
    opening.lastIndex = token.span.end;
  }
  return found;
}

/** A token does not begin in the middle of a word; `\n` and `%20` written before it are no part of it. */
function beginsWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (start === 0 || before > 127 || plain[before] === 0 || before === 45 || before === 95) return true;
  if (text.charCodeAt(start - 3) === 37) return true;
  return text.charCodeAt(start - 2) === 92 && (before === 110 || before === 114 || before === 116);
}

/** Whether a part ends at `end`: with a dot, or with padding that does not belong there and a dot. */
function dotFollows(text: string, end: number): boolean {
  return text.charCodeAt(skipPadding(text, end)) === DOT;
}

function skipPadding(text: string, from: number): number {
  let i = from;
  while (i < from + 2 && text.charCodeAt(i) === EQUALS) i++;
  return i;
}

function readToken(text: string, start: number, runsTo: number): FoundToken | undefined {
  const headerEnd = skipPadding(text, runsTo);
  if (headerEnd - start > longestHeader) return undefined;
  const header = readHeader(text, start, headerEnd);
  if (!header) return undefined;
  const parts = [{ start, end: headerEnd }];
  const sealed = typeof member(header.object, 'enc') === 'string';
  const wanted = sealed ? 5 : 3;
  while (parts.length < wanted) {
    const from = (parts[parts.length - 1] as Span).end + 1;
    const last = parts.length === wanted - 1;
    const end = last ? signatureEnd(text, from) : payloadEnd(text, from);
    parts.push({ start: from, end });
    if (!last && text.charCodeAt(end) !== DOT) return undefined;
  }
  const end = (parts[wanted - 1] as Span).end;
  if (continues(text, parts, end)) return undefined;
  if (sealed && parts.slice(2).some(part => part.start === part.end)) return undefined;
  return { span: { start, end }, form: sealed ? 'jwe' : 'jws', parts, header };
}

/** What makes JSON a token's header: a member `alg`, or `typ: JWT` where `alg` was forgotten. */
function readHeader(text: string, start: number, end: number): FoundToken['header'] | undefined {
  const { bytes, problems } = decodeBase64Url(text, start, end);
  if (problems.includes('length')) return undefined;
  const json = decodeUtf8(bytes);
  const parsed = json === undefined ? undefined : parseObject(json);
  if (!parsed?.object) return undefined;
  const typ = member(parsed.object, 'typ');
  const isHeader = Object.hasOwn(parsed.object, 'alg') || (typeof typ === 'string' && typ.toLowerCase() === 'jwt');
  return isHeader ? (parsed as FoundToken['header']) : undefined;
}

/** A payload in the other alphabet (`+`, `/`) or with padding is one that somebody encoded wrongly: the dot behind it shows that. */
function payloadEnd(text: string, from: number): number {
  const end = runEnd(text, from, plain);
  if (text.charCodeAt(end) === DOT) return end;
  const looseEnd = skipPadding(text, runEnd(text, end, loose));
  return text.charCodeAt(looseEnd) === DOT ? looseEnd : end;
}

/** Nothing ends a signature, so `+` and `/` belong to what follows; padding belongs to it where it makes the length right. */
function signatureEnd(text: string, from: number): number {
  const end = runEnd(text, from, plain);
  const padded = skipPadding(text, end);
  return padded > end && (padded - from) % 4 === 0 ? padded : end;
}

/** Whether the text goes on in a way that makes it no token: a further part, or dots that stand for what was left out. */
function continues(text: string, parts: readonly Span[], end: number): boolean {
  const next = text.charCodeAt(end);
  if (next === ELLIPSIS) return true;
  if (next !== DOT) return false;
  const last = parts[parts.length - 1] as Span;
  if (last.start === last.end) return true;
  const after = text.charCodeAt(end + 1);
  return after === DOT || (after <= 127 && plain[after] === 1);
}
