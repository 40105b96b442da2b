// The difference between two texts of a file, to be shown to people: without the secrets of either.
import { printable } from './printable.ts';
import { findSecrets, masked } from './redact.ts';
import type { Style } from './style.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Lines of a unified diff, each ended; `before` is undefined for a file that did not exist. */
export function maskedDiff(path: string, before: string | undefined, after: string, style: Style): string {
  // What one side gives away as a secret is one on the other side too.
  const values = [before ?? '', after].flatMap(text => findSecrets(text).map(({ start, end }) => text.slice(start, end)));
  const hide = (text: string) => masked(text, findSecrets(text, values));
  const diff = unifiedDiff(path, before === undefined ? undefined : hide(before), hide(after));
  // Masked texts may be equal where the difference is inside of a secret; then the diff of the file is empty but for its name.
  const lines = diff.length > 0 ? diff : [`--- a/${path}`, `+++ b/${path}`];
  const paint = (line: string) =>
    line.startsWith('+') ? style.added(line) : line.startsWith('-') ? style.removed(line) : line.startsWith('@') ? style.dim(line) : line;
  return lines.map(line => `${paint(printable(line.replace(/\r$/, '')))}\n`).join('');
}
