// From a place in a text to a token: its parts with their spans, the decoded header and claims, and what is wrong with them as data.

import { type Base64Problem, decodeBase64Url, decodeUtf8 } from '../text/base64url.ts';
import { type JsonObject, type JsonProblem, member, parseObject } from '../text/json.ts';
import { type Span, span } from '../text/span.ts';
import { type FoundToken, findTokens, type UnwrappedToken } from './find.ts';
import { nestedKind, type TokenKind, tokenKind } from './kind.ts';

export type PartProblem = Base64Problem | JsonProblem | 'not-utf8' | 'empty';

/** Header or payload. */
export interface JsonPart {
  readonly span: Span;
  /** Undefined where the part holds no JSON object. */
  readonly object: JsonObject | undefined;
  /** Names written more than once in one object. */
  readonly duplicates: readonly string[];
  readonly problems: readonly PartProblem[];
}

export interface Token {
  readonly span: Span;
  readonly form: 'jws' | 'jwe';
  readonly parts: readonly Span[];
  readonly kind: TokenKind;
  readonly header: JsonPart & { readonly object: JsonObject };
  /** Undefined for a JWE, whose claims are encrypted. */
  readonly payload: JsonPart | undefined;
  /** Claims of a JWS that is a JWT. */
  readonly claims: JsonObject | undefined;
  /** `alg` where it is a string. */
  readonly alg: string | undefined;
  /** The signature of a JWS, the authentication tag of a JWE. */
  readonly signature: {
    readonly span: Span;
    readonly bytes: number;
    /** Whether it is nothing but zeros. */
    readonly isBlank: boolean;
    readonly problems: readonly Base64Problem[];
  };
  /** Absent where the text holds the token as it is sent. */
  readonly unwrapped: UnwrappedToken | undefined;
  /** The token that is this one's payload (RFC 7519 §5.2). Its spans point into that token, not into the text. */
  readonly inner: Token | undefined;
}

/** Every token of a text. */
export function parseTokens(text: string): readonly Token[] {
  return findTokens(text).map(found => parseToken(text, found));
}

/** Reads the parts of one token that `findTokens` found in `text`. Never throws. */
export function parseToken(text: string, found: FoundToken): Token {
  const { form, parts, unwrapped } = found;
  const plain = unwrapped ?? { text, parts };
  const header = {
    span: parts[0] as Span,
    object: found.header.object,
    duplicates: found.header.duplicates,
    problems: found.header.encoding,
  };
  const payload = form === 'jws' ? { ...readPart(plain.text, plain.parts[1] as Span), span: parts[1] as Span } : undefined;
  const inner = payload && !payload.object ? nestedToken(plain.text, plain.parts[1] as Span) : undefined;
  const alg = member(header.object, 'alg');
  const signature = plain.parts.at(-1) as Span;
  const { bytes, problems } = decodeBase64Url(plain.text, signature.start, signature.end);
  return {
    span: found.span,
    form,
    parts,
    kind: inner ? nestedKind : tokenKind(form, header.object, payload?.object),
    header,
    payload,
    claims: payload?.object,
    alg: typeof alg === 'string' ? alg : undefined,
    signature: { span: parts.at(-1) as Span, bytes: bytes.length, isBlank: bytes.length > 0 && bytes.every(byte => byte === 0), problems },
    unwrapped,
    inner,
  };
}

/** The same token, which stands in one piece, at another place of a text. */
export function movedToken(token: Token, start: number): Token {
  const by = start - token.span.start;
  if (by === 0) return token;
  const { header, payload, signature } = token;
  const moved = (at: Span) => span(at.start + by, at.end + by);
  return {
    ...token,
    span: moved(token.span),
    parts: token.parts.map(moved),
    header: { ...header, span: moved(header.span) },
    payload: payload && { ...payload, span: moved(payload.span) },
    signature: { ...signature, span: moved(signature.span) },
  };
}

function nestedToken(text: string, { start, end }: Span): Token | undefined {
  const content = decodeUtf8(decodeBase64Url(text, start, end).bytes);
  const found = content?.startsWith('e') ? findTokens(content)[0] : undefined;
  const isAll = found?.span.start === 0 && found.span.end === content?.length;
  return content !== undefined && found && isAll ? parseToken(content, found) : undefined;
}

/** Reads a part that should be a JSON object in base64url. */
export function readPart(text: string, { start, end }: Span): JsonPart {
  const at = span(start, end);
  if (start === end) return { span: at, object: undefined, duplicates: [], problems: ['empty'] };
  const { bytes, problems } = decodeBase64Url(text, start, end);
  const json = decodeUtf8(bytes);
  if (json === undefined) return { span: at, object: undefined, duplicates: [], problems: [...problems, 'not-utf8'] };
  const { object, duplicates, problem } = parseObject(json);
  return { span: at, object, duplicates, problems: problem ? [...problems, problem] : problems };
}

/** A claim that is a string. */
export function textClaim(token: Pick<Token, 'claims'>, name: string): string | undefined {
  const value = member(token.claims, name);
  return typeof value === 'string' ? value : undefined;
}

/** A claim that is a finite number, for instance seconds since the epoch. */
export function numberClaim(token: Pick<Token, 'claims'>, name: string): number | undefined {
  const value = member(token.claims, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
