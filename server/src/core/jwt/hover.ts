// A token as a person reads it: tables of header and claims, times in words, permissions. Never the token itself, its signature or a secret.
import { algorithmNamed } from '../facts/jwt-algorithms.ts';
import { claimFacts, timeClaims } from '../facts/jwt-claims.ts';
import { headerParameters } from '../facts/jwt-header.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../text/json.ts';
import { numberClaim, type Token } from './parser.ts';
import { permissionClaims } from './permissions.ts';
import { redact } from './redact.ts';
import { largestPlausibleTime, relativeTime, utcTime } from './times.ts';

/** UTF-16 units of a value that are shown; the rest is cut. */
const longestValue = 160;

/** UTF-16 units of a word, such as a public key, beside which a hover has room for what it means. */
const longestWord = 40;

/** Rows of one table that are shown. */
const mostRows = 60;

/** What is shown of a token. */
export interface Decoded extends Pick<Token, 'form' | 'kind' | 'claims'> {
  readonly header: JsonObject;
  /** The token that is the content of this one. */
  readonly inner?: Decoded | undefined;
}

/** Markdown for a token. `now` in milliseconds since the epoch. */
export function renderToken(token: Token, now: number): string {
  const how = token.unwrapped?.how;
  const notes = how ? [wrappings[how]] : [];
  return [renderDecoded(decoded(token), now, shortened), ...notes].join('\n\n');
}

const wrappings = {
  pieces: 'The token is written in several pieces, which are put together here.',
  base64: 'The token is written in base64, which hides nothing: it is decoded here.',
} as const;

function decoded({ form, kind, claims, header, inner }: Token): Decoded {
  return { form, kind, claims, header: header.object, inner: inner && decoded(inner) };
}

const shortened = (value: string) =>
  value.replace(/[\w+=-]+/g, word => (word.length > longestWord ? `${word.slice(0, longestWord / 2)}…${word.slice(-8)}` : word));

/** Markdown: a line that says what it is, then tables. `now` in milliseconds since the epoch; `fit` makes a value fit into its place. */
export function renderDecoded(token: Decoded, now: number, fit = (value: string) => value): string {
  const { kind, form, header, claims, inner } = token;
  const title = kind.words.charAt(0).toUpperCase() + kind.words.slice(1);
  const alg = member(header, 'alg');
  const facts = [typeof alg === 'string' ? code(alg) : 'no algorithm', ...validity(token, now)];
  const blocks = [`**${title}** · ${facts.join(' · ')}`, table('Header', header, fit, headerMeaning)];
  if (form === 'jwe') blocks.push('The claims are encrypted: only the holder of the key can read them.');
  else if (inner) blocks.push('Its content is another token:', renderDecoded(inner, now, fit));
  else if (claims) blocks.push(table('Claim', flatten(claims), fit, (name, value) => claimMeaning(name, value, now)));
  else blocks.push('The payload is no JSON object, or it travels beside the token: this is signed content and no JWT.');
  const permissions = permissionWords(claims);
  if (permissions) blocks.push(permissions);
  return blocks.join('\n\n');
}

/** "expired 2 days ago (2026-01-01 12:00:00 UTC)", or what else there is to say about when the token counts. */
export function validity(token: Pick<Token, 'claims'>, now: number): readonly string[] {
  const exp = numberClaim(token, 'exp');
  const nbf = numberClaim(token, 'nbf');
  const words: string[] = [];
  if (nbf !== undefined && nbf <= largestPlausibleTime && nbf * 1000 > now) words.push(`not valid before ${moment(nbf, now)}`);
  if (exp === undefined) {
    if (token.claims) words.push('no expiry');
  } else if (exp > largestPlausibleTime) words.push('expiry is not in seconds');
  else words.push(`${exp * 1000 > now ? 'expires' : 'expired'} ${moment(exp, now)}`);
  return words;
}

function moment(time: number, now: number): string {
  const utc = utcTime(time);
  return utc === undefined ? 'at an impossible time' : `${relativeTime(time, now)} (${utc})`;
}

function headerMeaning(name: string, value: JsonValue): string {
  if (name === 'alg' && typeof value === 'string') {
    const algorithm = algorithmNamed(value);
    if (!algorithm) return 'not a registered algorithm';
    if (algorithm.family === 'none') return '**not signed**: anyone can make such a token';
    return `algorithm, ${algorithm.spec}`;
  }
  return headerParameters.get(name)?.meaning ?? '';
}

function claimMeaning(name: string, value: JsonValue, now: number): string {
  const meaning = claimFacts.get(name)?.meaning ?? '';
  if (timeClaims.has(name) && typeof value === 'number') {
    if (value > largestPlausibleTime) return `${meaning}; far too large for seconds`;
    return `${name === 'exp' && value * 1000 <= now ? 'expired' : meaning} ${moment(value, now)}`;
  }
  return value === -1 && name.startsWith('nats.') ? 'no limit' : meaning;
}

function permissionWords(claims: JsonObject | undefined): string | undefined {
  const parts = permissionClaims(claims).filter(({ names }) => names.length > 0);
  if (parts.length === 0) return undefined;
  return parts.map(({ claim, names, format }) => `Permissions in ${code(claim)} (${format.who}): ${list(names)}`).join('  \n');
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(name => code(name));
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}

/** Members of `nats` become rows of their own, because everything worth reading is inside. */
function flatten(claims: JsonObject): JsonObject {
  const rows: [string, JsonValue][] = [];
  const add = (name: string, value: JsonValue, depth: number) => {
    if (depth === 0 || !isObject(value) || Object.keys(value).length === 0) rows.push([name, value]);
    else for (const [inner, item] of Object.entries(value)) add(`${name}.${inner}`, item, depth - 1);
  };
  for (const [name, value] of Object.entries(claims)) add(name, redact(name, value), name === 'nats' ? 3 : 0);
  return Object.fromEntries(rows);
}

function table(
  head: string,
  object: JsonObject,
  fit: (value: string) => string,
  meaning: (name: string, value: JsonValue) => string,
): string {
  const entries = Object.entries(object);
  const rows = entries.slice(0, mostRows).map(([name, value]) => {
    const shown = redact(name.slice(name.lastIndexOf('.') + 1), value);
    return `| ${code(name)} | ${code(fit(typeof shown === 'string' ? shown : JSON.stringify(shown)))} | ${meaning(name, value)} |`;
  });
  if (entries.length > mostRows) rows.push(`| … | ${entries.length - mostRows} more | |`);
  return [`| ${head} | Value | Meaning |`, '|:---|:---|:---|', ...rows].join('\n');
}

/** Inline code that no content can leave, also inside of a table; control and direction characters are written as `\\u…`. */
export function code(text: string): string {
  const cut = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the reader
  const safe = cut.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, escapeCharacter);
  if (safe === '') return '(empty)';
  const ticks = '`'.repeat(1 + Math.max(0, ...(safe.match(/`+/g) ?? []).map(run => run.length)));
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${safe.replaceAll('|', '\\|')}${pad}${ticks}`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
