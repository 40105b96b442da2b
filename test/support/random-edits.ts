// What somebody who types does to a text, at random.
import type { Random } from './random.ts';

/** Puts one of `snippets` somewhere, takes some characters away, or removes or repeats a line. */
export function edited(text: string, snippets: readonly string[], random: Random): string {
  const at = random.below(text.length + 1);
  const kind = random.next();
  if (kind < 0.5) return text.slice(0, at) + random.pick(snippets) + text.slice(at);
  if (kind < 0.8) return text.slice(0, at) + text.slice(at + 1 + random.below(4));
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at) + 1 || text.length;
  const line = text.slice(lineStart, lineEnd);
  if (kind < 0.9) return text.slice(0, lineStart) + text.slice(lineEnd);
  return text.slice(0, lineStart) + line + line + text.slice(lineEnd);
}
