// What a text that should be a key is: files and variables hold keys in several forms, and none says which.
import { decodeBase64Url, decodeUtf8 } from '../text/base64url.ts';
import type { FileId } from '../text/file-id.ts';

/** A file of keys that a variable names. */
export interface KeyFile {
  readonly file: FileId;
  /** Undefined where it is not here. Never shown. */
  readonly text: string | undefined;
}

/** How a text holds keys; undefined where it holds none, as a shared secret does not show. */
export type KeyForm = 'jwk' | 'jwks' | 'pem';

/** Looked at before anything is parsed: most texts hold no keys. Private keys count as none: nobody checks tokens with those. */
export function keyFormOf(text: string): KeyForm | undefined {
  if (/-----BEGIN (?:(?:RSA )?PUBLIC KEY|CERTIFICATE)-----/.test(text)) return 'pem';
  if (!/^\s*\{/.test(text) || !/"kty"\s*:/.test(text)) return undefined;
  return /"keys"\s*:\s*\[/.test(text) ? 'jwks' : 'jwk';
}

/** The keys that the value of a variable holds: as they are, with `\\n` for line breaks, or in base64; undefined where it holds none. */
export function keyTextOf(value: string): string | undefined {
  const texts = [value.replaceAll('\\n', '\n'), decodeUtf8(decodeBase64Url(value).bytes) ?? ''];
  return texts.find(text => keyFormOf(text) !== undefined);
}

/** Whether a text is a certificate: its key is one among much else, and most certificates are for TLS. */
export function isCertificate(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----');
}

/** Text of a secret that stands in a file of its own: shells add a line break behind it, and what reads such files takes it off. */
export function secretOfFile(text: string): string {
  return text.replace(/\r?\n$/, '');
}
