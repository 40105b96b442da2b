// Names that say of themselves that a secret is behind them, whatever file they stand in.
import { editDistance } from '../lint/nearest.ts';

const secretKey =
  /passw(or)?d|passphrase|pwd|(^|[_.-])pass($|[_.-])|(^|[_.-])pw($|[_.-])|secret|token|api_?-?key|(^|[a-z_.-])key$|seed|credential|authorization|hmac|salt/i;

const harmlessKey =
  /public_?-?key|(^|[_.-])(ur[il]s?|files?|path|dir|ttl|exp\w*|lifetime|alg(orithm)?s?|names?|types?|kind|issuer|audience|headers?|cookie|endpoint|length|size|count|id|enabled|required|policy|refresh|interval|timeout|duration|rotation|store|scheme|format|prefix|scopes?|claims?|mode|verify\w*|method)$|^jwks|^n?key$|^bearer_token$/i;

/** Words whose misspellings name secrets too: a mistyped key is just what gets a code frame. */
const secretWords = ['password', 'passphrase', 'token', 'secret', 'credentials'];

/** Whether a key, a variable or an option of this name holds a secret; generous, since a hidden word costs less than a shown password. */
export function namesSecret(name: string): boolean {
  if (isHarmlessName(name)) return false;
  return (
    secretKey.test(name) ||
    name.split(/[_.-]+/).some(part => part.length >= 4 && secretWords.some(word => isNear(part.toLowerCase(), word)))
  );
}

function isNear(part: string, word: string): boolean {
  return editDistance(part, word, 1) <= 1;
}

/** Whether a name speaks about a secret and holds none, such as `password_file`. */
export function isHarmlessName(name: string): boolean {
  return harmlessKey.test(name);
}
