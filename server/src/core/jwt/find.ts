// Finds compact tokens in any text at the speed of a search. A candidate counts only when its header decodes to what a header is,
// so that go.sum lines, source maps, versions and domain names are never taken for one.
import { decodeBase64Url } from '../text/base64url.ts';
import type { Span } from '../text/span.ts';
import { longestRead, mayGoOn, type Pieces, placeOf, placesOf, readPieces, tokenOfPieces } from './pieces.ts';
import { classAt, DOT, isWhole, partEnd, readToken, type ShapedToken } from './shape.ts';

/** A token's place. All spans are of the text that was searched: what is between the pieces of a part lies within its span. */
export interface FoundToken extends ShapedToken {
  /** Absent where the text holds the token as it is sent. */
  readonly unwrapped?: UnwrappedToken | undefined;
}

export interface UnwrappedToken {
  /** The token in one piece. */
  readonly text: string;
  /** Where its parts are in that. */
  readonly parts: readonly Span[];
  /** Every piece of the text that holds something of the token. */
  readonly pieces: readonly Span[];
  readonly how: 'pieces' | 'base64';
  /** Whether a bare line break is inside of it, which YAML makes a space of. */
  readonly isFolded: boolean;
}

/**
 * The beginning of a header: `{"`, `{ `, and `{` with a line break or tab behind it, in base64url. Or `eyJ` in base64 once more, where
 * it takes three forms, by how many bytes stand before it. Nothing to backtrack: each place is looked at once.
 */
const opening = /(?:ey(?:J[\w-]|A[giKN])|ew(?:o[giJK]|0K|k[giJK])|ZXlK|V5S[g-v]|leU[op])[\w-]{5}/g;

/** Characters of a match. */
const openingLength = 9;

const LOWER_E = 101;

/** Characters from the beginning of a group of four to each of the three forms, by its first letter. */
const wrappedForms: Readonly<Record<string, number>> = { Z: 0, V: 2, l: 3 };

/** `{"auth` in base64: the beginning of a Docker configuration, which holds passwords by registry. */
const dockerConfig = /^(?:eyJhdXRo|ewogICAgImF1dGhz|ewogICJhdXRo|ewoJImF1dGhz)/;

/** Most openings tried in one run of base64url characters, so that hostile text costs no more than its length. */
const mostTries = 3;

/** How often base64 is looked into: what holds a token, and what holds that. */
const mostWrappings = 2;

/** A token in one piece; `text` is the one in which it was found. */
export function compactText(text: string, { span, unwrapped }: Pick<FoundToken, 'span' | 'unwrapped'>): string {
  return unwrapped?.text ?? text.slice(span.start, span.end);
}

/** All tokens of a text, in order, none inside of another. Never throws; time grows with the text's length. */
export function findTokens(text: string): readonly FoundToken[] {
  return search(text, mostWrappings);
}

function search(text: string, wrappings: number): readonly FoundToken[] {
  const found: FoundToken[] = [];
  const reader = new Reader(text);
  let run = { end: 0, tries: 0 };
  for (let at = 0; ; ) {
    opening.lastIndex = at;
    // The place is all that is wanted of a match; `exec` would make more of it.
    if (!opening.test(text)) return found;
    const start = opening.lastIndex - openingLength;
    at = start + 1;
    if (text.charCodeAt(start) !== LOWER_E) {
      if (wrappings > 0) found.push(...wrappedAt(reader, start, wrappings));
    } else if (beginsWord(text, start)) {
      if (start >= run.end) run = { end: partEnd(text, start), tries: 0 };
      const isHeader = text.charCodeAt(run.end) === DOT && ++run.tries <= mostTries;
      const whole = isHeader ? readToken(text, start, run.end) : undefined;
      const token = whole && isWhole(whole) ? whole : (inPieces(reader, start, run.end) ?? whole);
      if (token) found.push(token);
      else if (!isHeader) {
        if (wrappings > 0 && dockerConfig.test(text.slice(start, start + 16))) found.push(...wrappedFrom(reader, start, wrappings));
        at = Math.max(at, run.end);
      }
    }
    at = Math.max(at, found.at(-1)?.span.end ?? 0);
  }
}

/** Reads pieces of a text, little more characters than the text has, whatever it is made of. */
class Reader {
  readonly text: string;
  #left: number;

  constructor(text: string) {
    this.text = text;
    this.#left = text.length + longestRead;
  }

  read(start: number, alphabet: 'token' | 'base64'): Pieces {
    const pieces = readPieces(this.text, start, alphabet, Math.min(longestRead, this.#left));
    this.#left -= pieces.text.length;
    return pieces;
  }
}

/** A token that goes on behind what ends its first piece, or the last that was read of it. */
function inPieces(reader: Reader, start: number, runEnd: number): FoundToken | undefined {
  const { text } = reader;
  if (text.charCodeAt(runEnd) !== DOT && !mayGoOn(text, runEnd)) return undefined;
  const pieces = reader.read(start, 'token');
  const token = pieces.places.length > 1 ? tokenOfPieces(pieces) : undefined;
  if (!token) return undefined;
  const unwrapped = {
    text: pieces.text.slice(0, token.span.end),
    parts: token.parts,
    pieces: placesOf(pieces, token.span),
    how: 'pieces' as const,
    isFolded: pieces.fold !== undefined && pieces.fold < token.span.end,
  };
  const place = (span: Span) => placeOf(pieces, span);
  return { ...token, span: place(token.span), parts: token.parts.map(place), unwrapped };
}

/** Tokens in base64, one of which seems to begin at `at`. */
function wrappedAt(reader: Reader, at: number, wrappings: number): readonly FoundToken[] {
  const { text } = reader;
  const group = at - (wrappedForms[text.charAt(at)] as number);
  const start = isBase64(text, group, at) ? group : at;
  const bytes = decodeBase64Url(text, start, Math.min(start + 16, text.length)).bytes;
  if (start < 0 || !/^[\s\S]{0,2}eyJ[\w-]{3}/.test(latin(bytes))) return [];
  // What stands before it tells whether a word begins there.
  return wrappedFrom(reader, isBase64(text, start - 4, start) ? start - 4 : start, wrappings);
}

function isBase64(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((classAt(text, i) & 3) === 0) return false;
  return true;
}

/** Tokens in the base64 that begins at `start`: on one line, else over all lines that it may be wrapped to. */
function wrappedFrom(reader: Reader, start: number, wrappings: number): readonly FoundToken[] {
  const pieces = reader.read(start, 'base64');
  const first = { ...pieces, text: pieces.text.slice(0, pieces.starts[1]), starts: [0], places: pieces.places.slice(0, 1) };
  const alone = unwrapped(first, wrappings);
  if (alone.length > 0 && alone.every(isComplete)) return alone;
  const together = pieces.places.length > 1 ? unwrapped(pieces, wrappings).filter(isComplete) : [];
  return together.length > 0 ? together : alone;
}

function isComplete({ parts, header, unwrapped }: FoundToken): boolean {
  return isWhole({ header, parts: unwrapped?.parts ?? parts });
}

function unwrapped(pieces: Pieces, wrappings: number): readonly FoundToken[] {
  const content = latin(decodeBase64Url(pieces.text).bytes);
  return search(content, wrappings - 1).map(inner => {
    const encoded = ({ start, end }: Span) => ({ start: Math.floor((start * 4) / 3), end: Math.ceil((end * 4) / 3) });
    const place = (span: Span) => placeOf(pieces, encoded(span));
    const { start, end } = inner.span;
    const plain = inner.unwrapped ?? {
      text: content.slice(start, end),
      parts: inner.parts.map(part => ({ start: part.start - start, end: part.end - start })),
    };
    return {
      ...inner,
      span: place(inner.span),
      parts: inner.parts.map(place),
      unwrapped: { text: plain.text, parts: plain.parts, pieces: placesOf(pieces, encoded(inner.span)), how: 'base64', isFolded: false },
    };
  });
}

/** A character for each byte: a token has no others than ASCII. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

/** A token does not begin in the middle of a word; `\n` and `%20` written before it are no part of it. */
function beginsWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (classAt(text, start - 1) !== 1 || before === 45 || before === 95) return true;
  // `%` and two digits, or the `=` of quoted-printable text.
  if (text.charCodeAt(start - 3) === 37 || text.startsWith('=3D', start - 3)) return true;
  return text.charCodeAt(start - 2) === 92 && (before === 110 || before === 114 || before === 116);
}
