// What a mapping or an import makes of a subject: the destination's words and functions filled in, as nats-server's subject transforms do.
import { encodeUtf8 } from '../text/base64url.ts';
import { hasWildcards } from './subject.ts';
import { readCall, withPlaceholders, withWildcards } from './subject-transform.ts';

/** The subject that `destination` makes of one that `source` matches, with `*` for what is left to chance. Both have no problem. */
export function transformSubject(source: string, destination: string, subject: string): string {
  const tokens = subject.split('.');
  const pattern = source.split('.');
  const stars = pattern.flatMap((token, at) => (token === '*' ? [at] : []));
  const made: string[] = [];
  for (const token of destination.split('.')) {
    // Nothing left for `>` leaves a dot at the end, and with it no valid subject.
    if (token === '>') return [...made, tokens.slice(pattern.length - 1).join('.')].join('.');
    const word = hasWildcards(source)
      ? fillIn(token, index => tokens[stars[index - 1] ?? 0] ?? '', subject)
      : /^\{\{\s*(?:partition|random)/i.test(token)
        ? fillIn(token, () => '', subject, true)
        : token;
    made.push(word);
  }
  return made.join('.');
}

/** Whether chance has a part in what a destination makes. */
export function leavesToChance(destination: string): boolean {
  return destination.split('.').some(token => readCall(token)?.name === 'random');
}

/** `pick` gives what the wildcard of a number, from 1 on, has matched. */
function fillIn(token: string, pick: (index: number) => string, subject: string, whole = false): string {
  const placeholder = /^\$(\d+)$/.exec(token);
  if (placeholder) return pick(Number(placeholder[1]));
  const call = readCall(token);
  if (!call) return token;
  const { name, args } = call;
  const [first = 0, size = 0] = args.map(Number);
  switch (name) {
    case 'wildcard':
      return pick(first);
    case 'partition': {
      const key =
        whole || args.length < 2
          ? subject
          : args
              .slice(1)
              .map(index => pick(Number(index)))
              .join('');
      return String(first === 0 ? 0 : fnv1a(key) % first);
    }
    case 'split':
      return splitAt(pick(first), args[1] ?? '');
    case 'random':
      return '*';
    default:
      return size > 0 && size < pick(first).length ? cut(name, pick(first), size) : pick(first);
  }
}

function cut(name: string, word: string, size: number): string {
  const rest = word.length - size;
  switch (name) {
    case 'left':
      return word.slice(0, size);
    case 'right':
      return word.slice(rest);
    case 'splitfromleft':
      return `${word.slice(0, size)}.${word.slice(size)}`;
    case 'splitfromright':
      return `${word.slice(0, rest)}.${word.slice(rest)}`;
    default: {
      const head = name === 'slicefromright' ? word.length % size : 0;
      const parts = head > 0 ? [word.slice(0, head)] : [];
      for (let at = head; at < word.length; at += size) parts.push(word.slice(at, at + size));
      return parts.join('.');
    }
  }
}

/** Dots in place of separators between words; the server leaves one before a word that two separators at the start precede. */
function splitAt(word: string, separator: string): string {
  const parts = word.split(separator);
  return parts.map((part, at) => part + (parts[at + 1] && !(at === 0 && part === '') ? '.' : '')).join('');
}

/** The hash by which the server spreads subjects over partitions: FNV-1a of 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encodeUtf8(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** How an account sees a subject of another one that it imports. */
export interface Renaming {
  /** What is matched. */
  readonly from: string;
  /** What is made of it; undefined: the subject stays as it is. */
  readonly to: string | undefined;
}

/** A stream import: from the exporting account's subject to the importing account's. */
export function streamRenaming(subject: string, local: string): Renaming {
  if (local === subject) return { from: subject, to: undefined };
  return { from: subject, to: hasWildcards(subject) ? withPlaceholders(local) : local };
}

/** A service import: from the importing account's subject to the exporting account's. */
export function serviceRenaming(subject: string, local: string): Renaming {
  if (local === subject && hasWildcards(subject)) return { from: local, to: undefined };
  if (!hasWildcards(subject)) return { from: local, to: subject };
  // The server turns the way back around: each `*` of the exported subject takes the next placeholder of the local one.
  const placeholders = withPlaceholders(local)
    .split('.')
    .filter(token => withWildcards(token) === '*');
  const to = withWildcards(subject)
    .split('.')
    .map(token => (token === '*' ? (placeholders.shift() ?? token) : token))
    .join('.');
  return { from: withWildcards(local), to };
}

/** The other side's name of a subject that the renaming matches. */
export function rename({ from, to }: Renaming, subject: string): string {
  return to === undefined ? subject : transformSubject(from, to, subject);
}
