// Lines of dashes with words, between which nsc keeps JWTs and seeds. Readers take any such lines, whatever their words.
import type { Span } from '../text/span.ts';

/** As the Go library finds it: the first block of a file of credentials holds the JWT, the second the seed (jwt v2/creds_utils.go). */
const block = /\s*-{3,}.*-{3,}\r?\n([\w\-.=]+)\r?\n-{3,}.*-{3,}(?:\r?\n|$)/g;

/** Places of what stands in armour, in order. */
export function armouredParts(text: string): readonly Span[] {
  // A line of the banner can be a block's first line; `[\w\-.=]+` must fill the whole line below it, so that words never do.
  return [...text.matchAll(block)].map(match => {
    const content = match[1] as string;
    const start = match.index + match[0].indexOf(`\n${content}`) + 1;
    return { start, end: start + content.length };
  });
}

/** The JWT of a file that may be decorated: the first armoured part, or all of the text. */
export function jwtOfFile(text: string): string {
  const [first] = armouredParts(text);
  return first ? text.slice(first.start, first.end) : text;
}
