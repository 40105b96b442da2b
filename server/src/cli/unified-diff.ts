// What a fix would change, in the form that everybody reads.

interface Step {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
}

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

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
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

/** Shortest list of removed and added lines (E. Myers, An O(ND) Difference Algorithm, 1986). */
function diffLines(before: readonly string[], after: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  const same = (lines: readonly string[]): Step[] => lines.map(line => ({ kind: ' ', line }));
  return [
    ...same(before.slice(0, head)),
    ...myers(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function myers(a: readonly string[], b: readonly string[]): Step[] {
  const trace: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  const at = (k: number) => reach.get(k) ?? -1;
  for (let d = 0; d <= a.length + b.length; d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(a, b, trace);
    }
  }
  return [];
}

function backtrack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d] as Map<number, number>;
    const at = (k: number) => reach.get(k) ?? -1;
    const k = x - y;
    const previous = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : at(previous);
    const previousY = d === 0 ? 0 : previousX - previous;
    while (x > previousX && y > previousY) {
      steps.push({ kind: ' ', line: a[--x] as string });
      y--;
    }
    if (d === 0) break;
    if (x > previousX) steps.push({ kind: '-', line: a[--x] as string });
    else steps.push({ kind: '+', line: b[--y] as string });
  }
  return steps.reverse();
}
