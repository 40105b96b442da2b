// An address may carry a password; where the address is shown, the password is not.

/** The text with `…` in place of what stands before the `@` of an address (`nats://ana:secret@host` → `nats://…@host`). */
export function withoutUrlCredentials(text: string): string {
  return text.replace(credentials, '$1…@');
}

/** A password may hold any sign; it ends at the last `@` before the path, as parsers of URLs have it. */
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi;
