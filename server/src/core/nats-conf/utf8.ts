// Bytes written as `\xHH` escapes become characters: the server holds bytes, we hold UTF-16. The core has no TextDecoder.

/** Decodes UTF-8; each byte that does not fit becomes U+FFFD. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    text += length === 0 ? '\ufffd' : String.fromCodePoint(codePoint(bytes, i, length));
    i += Math.max(1, length);
  }
  return text;
}

/** Length of the well-formed sequence at `i`, 0 where there is none. */
function sequenceLength(bytes: readonly number[], i: number): number {
  const first = bytes[i] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || i + length > bytes.length) return 0;
  for (let k = 1; k < length; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) return 0;
  const point = codePoint(bytes, i, length);
  const tooSmall = (length === 3 && point < 0x800) || (length === 4 && point < 0x10000);
  return tooSmall || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? 0 : length;
}

function codePoint(bytes: readonly number[], i: number, length: number): number {
  if (length === 1) return bytes[i] as number;
  let point = (bytes[i] as number) & (0x7f >> length);
  for (let k = 1; k < length; k++) point = (point << 6) | ((bytes[i + k] as number) & 0x3f);
  return point;
}
