// Classes of characters as nats-server sees them, as UTF-16 codes. A NUL byte is "end of input" to it in most places.

export const NUL = 0x00;
const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const STAR = 0x2a;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUAL = 0x3d;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const BYTE_ORDER_MARK = 0xfeff;

/** Space inside of a line. Everything else that looks blank is content of a value. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Both CR and LF end a line by themselves. */
export function isNewline(code: number): boolean {
  return code === LF || code === CR;
}

/** What Go calls `unicode.IsSpace`: skipped between statements and after keys. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === SPACE || (code >= TAB && code <= CR);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export function isKeySeparator(code: number): boolean {
  return code === COLON || code === EQUAL;
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

const anyDigit = /^\p{Nd}/u;

/** UTF-16 length of the digit at `offset`, 0 where none stands. The server takes the digits of every script for digits. */
export function digitLength(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  if (code < 0x80) return isAsciiDigit(code) ? 1 : 0;
  if (!(code >= 0x80)) return 0;
  const point = text.codePointAt(offset) as number;
  if (!anyDigit.test(String.fromCodePoint(point))) return 0;
  return point > 0xffff ? 2 : 1;
}

/** `k m g t p e` in either case. */
export function isSizeLetter(code: number): boolean {
  switch (code | 0x20) {
    case 0x6b: // k
    case 0x6d: // m
    case 0x67: // g
    case 0x74: // t
    case 0x70: // p
    case 0x65: // e
      return code >= 0x41;
    default:
      return false;
  }
}

/** `b` or `i` in either case, which may follow a size letter. */
export function isSizeTail(code: number): boolean {
  return code === 0x62 || code === 0x42 || code === 0x69 || code === 0x49;
}

export function isHexDigit(code: number): boolean {
  return isAsciiDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

/** Offset of the line's end (its CR or LF, or the end of the text). */
export function lineEnd(text: string, offset: number): number {
  let position = offset;
  while (position < text.length && !isNewline(text.charCodeAt(position))) position++;
  return position;
}

/** Offset of the line's first character. */
export function lineStart(text: string, offset: number): number {
  let position = offset;
  while (position > 0 && !isNewline(text.charCodeAt(position - 1))) position--;
  return position;
}
