// New secrets for signing tokens. Random, so that the core cannot make them.

/** More than HS512 needs, and a number that base64 writes without padding. */
const bytes = 66;

/** Base64 of random bytes, as `openssl rand -base64` writes them. */
export function generateSecret(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
}
