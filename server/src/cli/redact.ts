// Code frames and diffs show people their own lines, and continuous integration publishes them: so what looks secret is
// masked. The masks are generous, since a hidden word costs less than a shown password.
import { isHarmlessName, namesSecret } from '../core/environment/secret-name.ts';
import { findTokens } from '../core/jwt/find.ts';
import { readPieces } from '../core/jwt/pieces.ts';
import type { Finding } from '../core/lint/finding.ts';
import type { Span } from '../core/text/span.ts';

/** What a masked place shows, whatever its length: a length is a hint too. */
export const mask = '***';

/** Characters below which a text is no secret worth hiding. */
export const shortestSecret = 4;

/** Shortest further piece of a token that is masked: shorter ones may be words behind it. */
const shortestPiece = 16;

/** Shortest value that is masked wherever else it stands in the same text. */
const shortestRepeated = 6;

/** A quote that is not closed within so many characters was never meant to be one. */
const longestQuoted = 4096;

/** The first group is the secret. */
const shapes = [
  // A damaged token is one too: it ends where a word ends, not at the first character that no token has.
  /eyJ([^\s"'`,;<>()[\]{}|]{6,})/dg,
  /\bZXlK([\w+/=-]{12,})/dg,
  /\b(?:ew|ey(?!J))([\w-]{8,}\.[\w+/=-]{8,}(?:\.[\w+/=-]*)+)/dg,
  /\bS[ACNOUX]([A-Z2-7]{40,})/dg,
  // A seed that lost its first letter is longer than any public key.
  /(?<![A-Za-z0-9_-])[ACNOUX]([A-Z2-7]{56,})(?![A-Za-z0-9_-])/dg,
  /\$2[abxy]?\$\d\d\$([./A-Za-z0-9]{16,})/dg,
  /-----BEGIN [A-Z ]*(?:PRIVATE KEY|SEED|JWT)-+\r?\n?([\s\S]*?)(?:-{3,} ?END|$(?![\s\S]))/dg,
  /(?:^|\s)(?:-u|--user)[ \t=]+["']?[^\s:"']+:([^\s"']+)/dg,
];

const reference =
  /^(\$\{?[A-Za-z_]\w*\}?|\$\{[A-Za-z_]\w*:?[?+][^}]*\}|\{\{.*\}\}|<[^>]*>|\$\(.*|true|false|yes|no|on|off|null|~|[{[|>&*!(].*|)$/i;

/** Spans of a text that look secret, in order and without overlaps. `values` are secrets that are known from elsewhere. */
export function findSecrets(text: string, values: Iterable<string> = []): readonly Span[] {
  const spans: Span[] = [...shapedSecrets(text), ...assignedSecrets(text), ...encryptionKeys(text)];
  const known = new Set(
    [...values, ...spans.map(({ start, end }) => text.slice(start, end))].filter(value => value.length >= shortestRepeated),
  );
  return merged([...spans, ...repeated(text, known)]);
}

/** Every place of every value, in one pass over the text: a text of a thousand users has as many values. */
function repeated(text: string, values: ReadonlySet<string>): readonly Span[] {
  if (values.size === 0) return [];
  // How long the values are whose first characters make this number, which is easy to keep while going through the text.
  const lengths = new Map<number, Set<number>>();
  const seen = new Uint8Array(1 << seenBits);
  for (const value of values) {
    let number = 0;
    for (let i = 0; i < shortestRepeated; i++) number = pushed(number, value.charCodeAt(i));
    seen[seenAt(number)] = 1;
    const known = lengths.get(number);
    if (known) known.add(value.length);
    else lengths.set(number, new Set([value.length]));
  }
  const places: Span[] = [];
  let number = 0;
  for (let last = 0; last < text.length; last++) {
    number = pushed(number, text.charCodeAt(last));
    if (seen[seenAt(number)] === 0) continue;
    const start = last + 1 - shortestRepeated;
    for (const length of lengths.get(number) ?? []) {
      if (start >= 0 && values.has(text.slice(start, start + length))) places.push({ start, end: start + length });
    }
  }
  return places;
}

/** A number for the last `shortestRepeated` characters: 5 bits further for each, until they fall out of 30. */
const pushed = (number: number, character: number) => ((number << 5) ^ character) & ((1 << (5 * shortestRepeated)) - 1);

const seenBits = 16;
const seenAt = (number: number) => (number ^ (number >>> (30 - seenBits))) & ((1 << seenBits) - 1);

let lastSearch: { readonly text: string; readonly secrets: readonly Span[] } | undefined;

/** As `findSecrets`, for callers that come back with the same text: findings are told file by file. */
export function secretsOf(text: string): readonly Span[] {
  if (lastSearch?.text !== text) lastSearch = { text, secrets: findSecrets(text) };
  return lastSearch.secrets;
}

/** Whether a rule's findings point at secrets. Told by its name, so that a new rule is covered before anybody thinks of this list. */
function pointsAtSecret(rule: string): boolean {
  return /secret|password|token|seed|credential|bcrypt|nkey/.test(rule) && !pointsBeside.has(rule);
}

/** Secrets of a text that its findings point at: some have a name that says nothing, such as the `key` of JetStream. In order, without overlaps. */
export function pointedSecrets(text: string, findings: readonly Pick<Finding, 'rule' | 'span'>[]): readonly Span[] {
  return merged(findings.flatMap(({ rule, span }) => (pointsAtSecret(rule) ? secretsWithin(text, span) : [])));
}

/** Rules with such a word in their name that mark an option or a header, not what stands behind it. */
const pointsBeside: ReadonlySet<string> = new Set([
  'command/bearer-without-token',
  'command/expired-token-in-command',
  'command/token-expires-during-scan',
]);

/** The text with every span masked. */
export function masked(text: string, secrets: readonly Span[]): string {
  let result = '';
  let position = 0;
  for (const { start, end } of secrets) {
    result += text.slice(position, start) + mask;
    position = end;
  }
  return result + text.slice(position);
}

/** Tokens in pieces or in base64; the further pieces also of one that is damaged and that nobody would accept. */
function* unwrappedTokens(text: string): Iterable<Span> {
  for (const { unwrapped } of findTokens(text)) {
    for (const [i, { start, end }] of (unwrapped?.pieces ?? []).entries()) yield { start: i === 0 ? start + 3 : start, end };
  }
  let seen = 0;
  for (const { index } of text.matchAll(/eyJ[\w-]{6,}/g)) {
    // Tokens on lines of their own read like pieces of the one above: what began there holds all that begins here.
    if (index < seen) continue;
    const { places } = readPieces(text, index, 'token');
    for (const place of places.slice(1)) if (place.end - place.start >= shortestPiece) yield place;
    seen = places[places.length - 1]?.end ?? seen;
  }
}

/** Secrets that show by their own shape: tokens, seeds, private keys, hashes, credentials in URLs and headers. */
function* shapedSecrets(text: string): Iterable<Span> {
  for (const shape of shapes) {
    for (const match of text.matchAll(shape)) {
      const place = match.indices?.[1];
      if (place && !reference.test(match[1] as string)) yield { start: place[0], end: place[1] };
    }
  }
  yield* unwrappedTokens(text);
  // The scheme is looked at behind `://`, which is rare: words that might be one are most of a text.
  for (const match of text.matchAll(/:\/\/(?<=[a-z][a-z0-9+.-]*:\/\/)([^\s/?#@"'<>]+)@/gi)) {
    const user = match[1] as string;
    const secret = user.includes(':') ? user.slice(user.indexOf(':') + 1) : user;
    const end = match.index + match[0].length - 1;
    if (!reference.test(secret)) yield { start: end - secret.length, end };
  }
  for (const match of text.matchAll(/\b(?:Bearer|Basic|Token|ApiKey)[ \t]+([\w.~+/=][\w.~+/=-]{5,})/gi)) {
    const value = match[1] as string;
    const end = match.index + match[0].length;
    if (!/^([a-z]+|[A-Z][a-z]+)[.]?$|^eyJ/.test(value)) yield { start: end - value.length, end };
  }
  for (const match of text.matchAll(/\$\{(\w+):?-([^}\n]+)\}/g)) {
    const end = match.index + match[0].length - 1;
    if (namesSecret(match[1] as string)) yield { start: end - (match[2] as string).length, end };
  }
}

/** Names that are judged already: the same few stand in all files of a workspace. */
const judgedNames = new Map<string, boolean>();
const mostJudgedNames = 10_000;

function isSecretName(name: string): boolean {
  const known = judgedNames.get(name);
  if (known !== undefined) return known;
  if (judgedNames.size >= mostJudgedNames) judgedNames.clear();
  const isSecret = namesSecret(name);
  judgedNames.set(name, isSecret);
  return isSecret;
}

/** Values of keys, variables and command options whose name says that they are secret. */
function* assignedSecrets(text: string): Iterable<Span> {
  let half: { readonly name: string; readonly end: number } | undefined;
  // A word that is no name from its first letter on is none from its second on either.
  for (const match of text.matchAll(/(--?)?(?<![A-Za-z][\w.-]*?)([A-Za-z][\w.-]*)(["']?[ \t]*[:=][ \t]*|["']?,?[ \t]+)/g)) {
    const name = match[2] as string;
    const separator = match[3] as string;
    const begun = half;
    half = /^[ \t]+$/.test(separator) ? { name, end: match.index + match[0].length } : undefined;
    if (text.startsWith('${', match.index - 2)) continue;
    // A name that somebody has cut in two while writing is still one.
    if (!isSecretName(name) && !(begun?.end === match.index && /[:=]/.test(separator) && isSecretName(begun.name + name))) continue;
    const start = match.index + match[0].length;
    const lineStart = text.lastIndexOf('\n', match.index - 1) + 1;
    const before = text.slice(lineStart, match.index);
    const alone = /^[ \t]*(?:- +)?(?:export +)?["']?$/.test(before);
    // nats-server takes a blank between key and value; elsewhere a blank only separates words, except behind an option.
    if (!/[:=]/.test(separator) && match[1] === undefined && !(alone || /[{,;[][ \t]*$/.test(before))) continue;
    yield* valueAt(text, start, alone, before.length);
  }
}

/** JetStream's key for what it stores is called `key`, like many a thing that is not secret. */
function* encryptionKeys(text: string): Iterable<Span> {
  for (const { index, 0: lead } of text.matchAll(/\bjetstream["']?\s*[:=]?\s*\{[^}]*?\b(?:key|ek)\b["']?[ \t]*[:=]?[ \t]*/gi))
    yield* valueAt(text, index + lead.length, false, 0);
}

function* valueAt(text: string, start: number, alone: boolean, indent: number): Iterable<Span> {
  const lineEnd = endOfLine(text, start);
  const rest = text.slice(start, lineEnd);
  // The scheme of an Authorization header is no secret; what follows has a shape of its own.
  if (/^["']?(Bearer|Basic|Token|ApiKey)[ \t]/i.test(rest)) return;
  const quote = /^["'`]/.exec(rest)?.[0];
  if (quote) {
    const close = closingQuote(text, start + 1, quote);
    yield* unlessReference(text, start + 1, close);
    // A quote within a secret ends it too early; the rest of it stands right behind.
    const behind = /^[A-Za-z0-9][^\s,;}\]]*/.exec(text.slice(close + 1, lineEnd))?.[0] ?? '';
    if (behind) yield { start: close + 1, end: close + 1 + behind.length };
    return;
  }
  if (alone && /^([|>][-+\d]*)?[ \t]*(#.*)?$/.test(rest)) {
    const block = indentedBlock(text, lineEnd, indent);
    if (block && (rest !== '' || !/^\s*(- |["']?[\w.-]+["']?[ \t]*[:=])/.test(text.slice(block.start, block.end)))) yield block;
    return;
  }
  const value = alone ? (/^(.*?)[ \t]*(?:[ \t]#.*)?$/.exec(rest)?.[1] ?? rest) : (/^[^\s,;}\]"']*/.exec(rest)?.[0] ?? '');
  yield* unlessReference(text, start, start + value.length);
}

function* unlessReference(text: string, start: number, end: number): Iterable<Span> {
  const value = text.slice(start, end);
  const fallback = /^\$\{\w+:?-(.+)\}$/.exec(value)?.[1];
  if (fallback !== undefined) yield { start: end - 1 - fallback.length, end: end - 1 };
  // A token masks itself, and keeps its first letters.
  else if (!reference.test(value.trim()) && !value.startsWith('eyJ')) yield { start, end };
}

/** What is to be masked of a place that a rule about secrets points at: not a key, a reference, or an address without credentials. */
function secretsWithin(text: string, { start, end }: Span): readonly Span[] {
  const value = text.slice(start, end);
  const isKey = /^["']?[ \t]*[:=]/.test(text.slice(end, end + 8));
  const assignment = /^["']?([\w.-]+)["']?[ \t]*[:=](?!\/\/)[ \t]*["']?/.exec(value);
  if (isKey || (assignment && isHarmlessName(assignment[1] as string))) return [];
  const lead = assignment?.[0].length ?? (/^["']/.test(value) ? 1 : 0);
  const tail = /["']$/.test(value.slice(lead)) ? 1 : 0;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value.slice(lead))) return [];
  return [...unlessReference(text, start + lead, end - tail)];
}

function endOfLine(text: string, offset: number): number {
  const found = /\r?\n|\r/g;
  found.lastIndex = offset;
  return found.exec(text)?.index ?? text.length;
}

function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length && at < start + longestQuoted; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
    else if (text[at] === '\n' && quote !== '"') return at;
  }
  return endOfLine(text, start);
}

/** Lines behind `from` that are indented more than `indent`. */
function indentedBlock(text: string, from: number, indent: number): Span | undefined {
  let end = from;
  let start: number | undefined;
  for (let at = from; at < text.length; ) {
    const lineStart = at + (text.startsWith('\r\n', at) ? 2 : 1);
    const lineEnd = endOfLine(text, lineStart);
    const line = text.slice(lineStart, lineEnd);
    const blank = line.trim() === '';
    if (!blank && line.length - line.trimStart().length <= indent) break;
    if (!blank) {
      start ??= lineStart + (line.length - line.trimStart().length);
      end = lineEnd;
    }
    at = lineEnd;
  }
  return start === undefined ? undefined : { start, end };
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result[result.length - 1];
    if (span.end <= span.start) continue;
    if (last && span.start < last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}
