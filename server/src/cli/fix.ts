// Applies fixes until nothing changes. Works on the analyzer's texts alone; writing them is another matter.
import type { Analyzer } from '../core/analyzer.ts';
import type { Finding, Fix, Safety } from '../core/lint/finding.ts';
import type { Fault } from '../core/lint/run-rules.ts';
import { applyEdits, type Edit } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import type { FileSource } from '../hosts/file-source.ts';
import { loadWanted } from '../hosts/workspace.ts';

/** Rounds after which fixes that undo one another are left alone. */
const mostRounds = 50;

export interface FixRequest {
  readonly analyzer: Analyzer;
  /** Gives the analyzer a new text of a file, as the language that it was given as. */
  readonly put: (file: FileId, text: string) => void;
  readonly source: FileSource;
  readonly shown: readonly FileId[];
  readonly wants: (finding: Finding) => boolean;
  /** `unsafe` applies unsafe fixes too. */
  readonly level: Safety;
}

export interface FixResult {
  /** Texts before the first change, of every changed file; undefined for a file that did not exist. */
  readonly before: ReadonlyMap<FileId, string | undefined>;
  /** How many fixes were applied. */
  readonly applied: number;
  /** Fixes that broke. */
  readonly faults: readonly Fault[];
}

export async function fixAll(request: FixRequest): Promise<FixResult> {
  const { analyzer, put, source, shown, wants, level } = request;
  const before = new Map<FileId, string | undefined>();
  const faults = new Map<string, Fault>();
  let applied = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { edits, count } = chooseEdits(
      shown.flatMap(id => analyzer.result(id).findings.filter(wants)),
      level,
      faults,
    );
    let changed = false;
    for (const [file, own] of edits) {
      const old = analyzer.textOf(file) ?? (await source.read(file));
      const next = withEdits(old ?? '', own);
      if (next === old) continue;
      changed = true;
      if (!before.has(file)) before.set(file, old);
      put(file, next);
    }
    if (!changed) break;
    applied += count;
    await loadWanted(analyzer, source);
  }
  for (const [file, text] of before) if (analyzer.textOf(file) === text) before.delete(file);
  return { before, applied, faults: [...faults.values()] };
}

/** As many fixes as go together: one for each finding, none that touches a place that another one changes. */
function chooseEdits(
  findings: readonly Finding[],
  level: Safety,
  faults: Map<string, Fault>,
): { edits: Map<FileId, Edit[]>; count: number } {
  const edits = new Map<FileId, Edit[]>();
  let count = 0;
  for (const finding of findings) {
    const fix = finding.fixes.find(one => one.safety === 'safe') ?? (level === 'unsafe' ? finding.fixes[0] : undefined);
    const own = fix ? editsOf(fix, finding, faults) : [];
    if (own.length === 0 || own.some(edit => (edits.get(edit.file) ?? []).some(other => meets(edit, other)))) continue;
    count++;
    for (const edit of own) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
  }
  return { edits, count };
}

/** The fix's edits; none where computing them breaks or two of them overlap, which is our fault and reported as such. */
function editsOf(fix: Fix, finding: Finding, faults: Map<string, Fault>): readonly Edit[] {
  try {
    const edits = fix.edits();
    const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const overlapping = ordered.some((edit, i) =>
      ordered.slice(0, i).some(other => other.file === edit.file && edit.span.start < other.span.end),
    );
    if (!overlapping) return edits;
    throw new RangeError();
  } catch (error) {
    const message = `a fix broke: ${error instanceof Error ? error.name : 'unknown'}`;
    faults.set(`${finding.rule} ${finding.file}`, { rule: finding.rule, file: finding.file, message });
    return [];
  }
}

/** Touching counts as meeting: of two insertions at one place nobody knows which comes first. */
function meets(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}

/** New lines get the ending that the file has; nothing comes before a byte order mark. */
function withEdits(text: string, edits: readonly Edit[]): string {
  const windows = /\r?\n/.exec(text)?.[0] === '\r\n';
  const adapted = edits.map(edit => {
    const newText = windows ? edit.newText.replace(/\r?\n/g, '\r\n') : edit.newText;
    const insertsBeforeMark = edit.span.end === 0 && text.startsWith('\uFEFF');
    return { ...edit, newText, span: insertsBeforeMark ? { start: 1, end: 1 } : edit.span };
  });
  return applyEdits(text, adapted);
}
