// What a fix would change, in the form that everybody reads.
import { diffLines, linesOf, type Step } from '../core/text/line-diff.ts';

const context = 3;

/** Hunks with three lines of context, headed by the file's names; empty when nothing differs. `before` undefined: a new file. */
export function unifiedDiff(path: string, before: string | undefined, after: string): readonly string[] {
  const steps = diffLines(linesOf(before ?? ''), linesOf(after));
  const lines: string[] = [];
  for (const [from, to] of hunks(steps)) {
    const part = steps.slice(from, to);
    const oldStart = steps.slice(0, from).filter(step => step.kind !== '+').length;
    const newStart = steps.slice(0, from).filter(step => step.kind !== '-').length;
    lines.push(`@@ -${range(oldStart, part, '+')} +${range(newStart, part, '-')} @@`);
    for (const { kind, line } of part) {
      lines.push(`${kind}${line.replace(/\n$/, '')}`);
      if (!line.endsWith('\n')) lines.push('\\ No newline at end of file');
    }
  }
  if (lines.length === 0) return [];
  return [before === undefined ? '--- /dev/null' : `--- a/${path}`, `+++ b/${path}`, ...lines];
}

function range(start: number, part: readonly Step[], without: '+' | '-'): string {
  const count = part.filter(step => step.kind !== without).length;
  const first = count === 0 ? start : start + 1;
  return count === 1 ? String(first) : `${first},${count}`;
}

/** Half-open ranges of steps around changes; changes with up to six equal lines between them share one. */
function hunks(steps: readonly Step[]): readonly [number, number][] {
  const found: [number, number][] = [];
  steps.forEach((step, at) => {
    if (step.kind === ' ') return;
    const last = found[found.length - 1];
    if (last && at - context <= last[1]) last[1] = Math.min(steps.length, at + 1 + context);
    else found.push([Math.max(0, at - context), Math.min(steps.length, at + 1 + context)]);
  });
  return found;
}
