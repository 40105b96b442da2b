// Other bytes that the text of a secret may stand for: issuer and verifier that read it differently do not understand one another.
import { decodeBase64Url, encodeUtf8 } from '../text/base64url.ts';

export interface SecretReading {
  /** Words that follow "when the secret is". */
  readonly words: string;
  readonly bytes: Uint8Array;
}

/** In the order of how often that goes wrong. The text as it is written is not among them. */
export function* otherReadings(text: string): Generator<SecretReading> {
  const trimmed = text.trim();
  if (trimmed !== text && trimmed !== '') yield { words: 'taken without the white space around it', bytes: encodeUtf8(trimmed) };
  const quoted = /^(["'])(.+)\1$/s.exec(trimmed)?.[2];
  if (quoted) yield { words: 'taken without its quotes', bytes: encodeUtf8(quoted) };
  if (/^(?:[0-9a-f]{2})+$/i.test(trimmed)) {
    yield { words: 'decoded from hexadecimal', bytes: Uint8Array.from(trimmed.match(/../g) ?? [], pair => Number.parseInt(pair, 16)) };
  }
  if (/^[\w+/-]+={0,2}$/.test(trimmed)) {
    const { bytes, problems } = decodeBase64Url(trimmed);
    if (bytes.length > 0 && !problems.includes('length')) yield { words: 'decoded from base64', bytes };
  }
}
