// Base64url and UTF-8 without the platform's help, so that the core stays pure; strict in what it calls right, able to read what is nearly right.

const invalid = 255;

/** Value of each ASCII character in base64url; `+` and `/` of the other alphabet are read too and reported. */
const values = new Uint8Array(128).fill(invalid);
{
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  values['+'.charCodeAt(0)] = 62;
  values['/'.charCodeAt(0)] = 63;
}

/**
 * What a strict reader refuses (RFC 7515 §2, RFC 4648 §3.5): `=` at the end, `+` or `/`, any other character, a length that no
 * bytes have, last bits that are not zero.
 */
export type Base64Problem = 'padding' | 'alphabet' | 'character' | 'length' | 'trailing-bits';

export interface Decoded {
  /** What could be read: foreign characters are left out. */
  readonly bytes: Uint8Array;
  readonly problems: readonly Base64Problem[];
}

/** Decodes `text` from `start` to `end` (UTF-16 offsets). Never throws. */
export function decodeBase64Url(text: string, start = 0, end = text.length): Decoded {
  const problems = new Set<Base64Problem>();
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === 61) last--;
  if (last < end) problems.add('padding');
  const bytes = new Uint8Array(Math.floor(((last - start) * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  let characters = 0;
  for (let i = start; i < last; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? (values[code] as number) : invalid;
    if (value === invalid) {
      problems.add('character');
      continue;
    }
    if (code === 43 || code === 47) problems.add('alphabet');
    characters++;
    bits = ((bits << 6) | value) & 0x3fff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[length++] = (bits >> count) & 0xff;
    }
  }
  if (characters % 4 === 1) problems.add('length');
  else if ((bits & ((1 << count) - 1)) !== 0) problems.add('trailing-bits');
  return { bytes: length === bytes.length ? bytes : bytes.subarray(0, length), problems: [...problems] };
}

/** Text of UTF-8 bytes, or undefined where they are no well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    if (lead < 0x80) {
      units.push(lead);
      i++;
    } else {
      const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
      let point = lead & (0xff >> (size + 1));
      if (lead < 0xc2 || lead > 0xf4 || i + size > bytes.length) return undefined;
      for (let k = 1; k < size; k++) {
        const next = bytes[i + k] as number;
        if ((next & 0xc0) !== 0x80) return undefined;
        point = (point << 6) | (next & 0x3f);
      }
      const least = size === 4 ? 0x10000 : size === 3 ? 0x800 : 0x80;
      if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
      if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
      else units.push(point);
      i += size;
    }
    if (units.length >= 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point >= 0xd800 && point <= 0xdfff) bytes.push(0xef, 0xbf, 0xbd);
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
  }
  return Uint8Array.from(bytes);
}
