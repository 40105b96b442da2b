// What differs between two texts, line by line.
import type { Edit } from './edit.ts';
import { commonEnds } from './equal-ends.ts';
import type { FileId } from './file-id.ts';

/** A line that stays, goes or comes. */
export interface Step {
  readonly kind: ' ' | '-' | '+';
  /** With its newline, which the last line may lack. */
  readonly line: string;
}

export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Edits that make one text of a file into another and leave alone what both have: for a caret that stands in between. */
export function lineEdits(file: FileId, before: string, after: string): readonly Edit[] {
  const edits: Edit[] = [];
  let [start, old, fresh] = [0, '', ''];
  const flush = () => {
    if (old !== fresh) edits.push(trimmed(file, start, old, fresh));
    start += old.length;
    [old, fresh] = ['', ''];
  };
  for (const { kind, line } of diffLines(linesOf(before), linesOf(after))) {
    if (kind === '-') old += line;
    else if (kind === '+') fresh += line;
    else {
      flush();
      start += line.length;
    }
  }
  flush();
  return edits;
}

function trimmed(file: FileId, start: number, old: string, fresh: string): Edit {
  const { prefix, suffix } = commonEnds(old, fresh);
  return { file, span: { start: start + prefix, end: start + old.length - suffix }, newText: fresh.slice(prefix, fresh.length - suffix) };
}

/** Shortest list of removed and added lines (E. Myers, An O(ND) Difference Algorithm, 1986). */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Step[] {
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
