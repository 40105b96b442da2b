// A token's header and claims as text to read, search and copy from. The signature is left out: it is what makes a token valid.
import { decodePart } from '../token.ts';

/** JSON with comments, times in words; undefined for a text that is no JWT. */
export function decodedToken(token: string): string | undefined {
  const [first, second] = token.split('.');
  const header = decodePart(first);
  if (!header) return undefined;
  const claims = decodePart(second) ?? null;
  const body = JSON.stringify({ header, claims }, null, 2).replace(
    /^( {4}"(?:exp|nbf|iat|auth_time|updated_at)": )(-?\d+(?:\.\d+)?)(,?)$/gm,
    (line, _, seconds) => `${line}${timeComment(Number(seconds))}`,
  );
  const about = claims
    ? 'Decoded, not checked: anybody could have written this.'
    : 'The claims cannot be read without a key: they are encrypted, or no JSON.';
  return `// ${about}\n${body}\n`;
}

function timeComment(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime())
    ? ''
    : ` // ${time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, '')} UTC`;
}
