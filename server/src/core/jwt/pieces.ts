// A token that a text holds in several pieces: folded by YAML, wrapped by a mail program, joined from strings by a program, continued with
// a backslash in a shell, or with its dots percent-encoded in a URL.
import { decodeBase64Url, decodeUtf8 } from '../text/base64url.ts';
import { parseObject } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import { classAt, DOT, formOf, lastPartLengths, partsOf, readHeader, type ShapedToken } from './shape.ts';

/** Pieces of a text, read as one. */
export interface Pieces {
  /** The pieces without what stands between them. */
  readonly text: string;
  /** Where each begins in `text`. */
  readonly starts: readonly number[];
  /** Where each stands in the whole text. */
  readonly places: readonly Span[];
  /** Offset in `text` of the first bare line break, which YAML makes a space of. */
  readonly fold: number | undefined;
}

/** Characters that are read at most: longer than any token that is sent in a header. */
export const longestRead = 64 * 1024;

/** What may stand between two pieces, for what it stands for. All begin at the end of a run and look no further than a few lines. */
const glues: readonly { readonly shape: RegExp; readonly stands?: (match: string) => string; readonly folds?: true }[] = [
  // "…" + "…", '…' . '…', "…" "…" and the like, with line breaks and comments between.
  {
    shape:
      /(["'`])[ \t]{0,200}(?:\+\+?|\.\.?|&|~|\|\||<>)?[ \t]{0,200}(?:(?:\/\/|#|--).{0,200}|\/\*.{0,200}?\*\/[ \t]{0,200})?[\\_]?(?:\r?\n[ \t]{0,200}(?:(?:\/\/|#|--).{0,200}\r?\n[ \t]{0,200}){0,8})?(?:\+\+?|\.\.?|&|~|\|\||<>)?[ \t]{0,200}[A-Za-z]{0,2}\1/y,
  },
  { shape: /\\\r?\n[ \t]{0,200}/y },
  { shape: /(?:\\r)?\\n[ \t]{0,200}/y },
  // Lines of a comment or of a quoted mail, and of quoted-printable text.
  { shape: /[ \t]{0,200}\r?\n[ \t]{0,200}(?:[>#*|]|\/\/)[ \t]{0,200}/y },
  { shape: /=\r?\n/y },
  { shape: /[ \t]{0,200}\r?\n[ \t]{0,200}/y, folds: true },
  { shape: /%(?:25)?(?:2[DEBF]|5F|3D)/iy, stands: match => String.fromCharCode(Number.parseInt(match.slice(-2), 16)) },
];

/** Characters with which some glue begins. */
const gluing = /["'`\\=\s%]/;

function glueAt(text: string, at: number) {
  if (!mayGoOn(text, at)) return undefined;
  for (const { shape, stands, folds } of glues) {
    shape.lastIndex = at;
    const match = shape.exec(text)?.[0];
    if (match) return { length: match.length, stands: stands?.(match) ?? '', folds: folds ?? false };
  }
  return undefined;
}

/** What pieces are made of: `token` is base64url and dots, `base64` is both alphabets. */
type Alphabet = 'token' | 'base64';

function pieceEnd(text: string, from: number, alphabet: Alphabet, most: number): number {
  const limit = Math.min(text.length, from + most);
  const isIn = (at: number) => classAt(text, at) === 1 || (alphabet === 'token' ? text.charCodeAt(at) === DOT : classAt(text, at) === 2);
  let i = from;
  while (i < limit && isIn(i)) i++;
  return i;
}

/** Whether a run that ends at `end` may go on behind what stands there. */
export function mayGoOn(text: string, end: number): boolean {
  return gluing.test(text.charAt(end));
}

/** The run that begins at `start`, over what only parts it; about `most` characters of it. */
export function readPieces(text: string, start: number, alphabet: Alphabet, most = longestRead): Pieces {
  const starts: number[] = [];
  const places: Span[] = [];
  let joined = '';
  let fold: number | undefined;
  const add = (piece: string, place: Span) => {
    starts.push(joined.length);
    places.push(place);
    joined += piece;
  };
  for (let at = start; joined.length < most; ) {
    const end = pieceEnd(text, at, alphabet, most);
    if (end === at) break;
    add(text.slice(at, end), { start: at, end });
    const glue = glueAt(text, end);
    if (!glue) break;
    at = end + glue.length;
    if (glue.stands !== '') add(glue.stands, { start: end, end: at });
    else if (glue.folds) fold ??= joined.length;
  }
  return { text: joined, starts, places, fold };
}

/** Where a place of the joined text stands in the whole text: from the first character to the last, with what is between. */
export function placeOf({ starts, places }: Pieces, { start, end }: Span): Span {
  const at = (offset: number) => {
    const i = pieceAt(starts, offset);
    const place = places[i] as Span;
    return Math.min(place.start + offset - (starts[i] as number), place.end);
  };
  const first = at(start);
  return { start: first, end: end > start ? at(end - 1) + 1 : first };
}

/** The pieces of `span` alone. */
export function placesOf({ starts, places }: Pieces, { start, end }: Span): readonly Span[] {
  return places.flatMap((place, i) => {
    const from = starts[i] as number;
    const to = starts[i + 1] ?? from + place.end - place.start;
    if (from >= end || to <= start) return [];
    const isWhole = start <= from && to <= end;
    return [isWhole ? place : { start: place.start + Math.max(0, start - from), end: place.start + Math.min(to, end) - from }];
  });
}

function pieceAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The token that pieces make, if all proves that they belong together: a header of a known algorithm, a payload that decodes, and a last
 * part that has exactly the length of its algorithm where a piece ends. So what only stands behind a token never becomes a part of it.
 */
export function tokenOfPieces({ text, starts }: Pieces): ShapedToken | undefined {
  const headerEnd = text.indexOf('.');
  const header = headerEnd < 0 ? undefined : readHeader(text, 0, headerEnd);
  if (!header) return undefined;
  const form = formOf(header.object);
  const parts: Span[] = [];
  for (let start = 0, end = headerEnd; parts.length < partsOf(form) - 1; end = text.indexOf('.', start)) {
    if (end < 0) return undefined;
    parts.push({ start, end });
    start = end + 1;
  }
  const start = (parts.at(-1) as Span).end + 1;
  const end = lastPartLengths(header.object)
    .map(length => start + length)
    .filter(at => (at === text.length || starts.includes(at)) && text.charCodeAt(at) !== DOT)
    .at(-1);
  if (end === undefined || !holdsContent(text, form, parts)) return undefined;
  return { span: { start: 0, end }, form, parts: [...parts, { start, end }], header };
}

/** Whether the parts between header and signature are what they are in a token: claims, another token, nothing for detached content. */
function holdsContent(text: string, form: ShapedToken['form'], parts: readonly Span[]): boolean {
  if (form === 'jwe') return parts.slice(2).every(({ start, end }) => end > start);
  const { start, end } = parts[1] as Span;
  const content = decodeUtf8(decodeBase64Url(text, start, end).bytes);
  return start === end || (content !== undefined && (parseObject(content).object !== undefined || /^e[yw][\w-]+\./.test(content)));
}
