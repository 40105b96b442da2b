// Lines of dashes with words, between which nsc keeps JWTs and seeds. Readers take any such lines, whatever their words.
import type { Span } from '../text/span.ts';

/** Three dashes somewhere in the line, and three more at its end: a line that armour begins with. */
export function isArmourLine(line: string): boolean {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  const first = line.indexOf('---');
  return first >= 0 && first + 6 <= end && line.endsWith('---', end);
}

/** A line that armour ends with has its dashes at the very beginning too. */
export function isArmourEnd(line: string): boolean {
  return line.startsWith('---') && isArmourLine(line);
}

/**
 * Places of what stands in armour, in order, as the Go library finds it: in a file of credentials the first is the JWT and the
 * second the seed (nats-io/jwt v2/creds_utils.go).
 */
export function armouredParts(text: string): readonly Span[] {
  const lines = text.split('\n');
  const parts: Span[] = [];
  let offset = 0;
  for (let i = 0; i < lines.length; i++) {
    const [line = '', content = '', end = ''] = lines.slice(i, i + 3);
    const start = offset + line.length + 1;
    const bare = content.endsWith('\r') ? content.slice(0, -1) : content;
    if (isArmourLine(line) && /^[\w\-.=]+$/.test(bare) && isArmourEnd(end)) {
      parts.push({ start, end: start + bare.length });
      offset = start + content.length + 1 + end.length + 1;
      i += 2;
    } else offset = start;
  }
  return parts;
}

/** The JWT of a file that may be decorated: the first armoured part, or all of the text. */
export function jwtOfFile(text: string): string {
  const [first] = armouredParts(text);
  return first ? text.slice(first.start, first.end) : text;
}
