// Applies fixes until nothing changes. Works on the analyzer's texts alone; writing them is another matter.
import type { Analyzer } from '../core/analyzer.ts';
import { chooseFixes, fitEdits } from '../core/lint/choose-fixes.ts';
import type { Finding, Safety } from '../core/lint/finding.ts';
import { describeFault, type Fault } from '../core/lint/run-rules.ts';
import { applyEdits } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import type { FileSource } from './file-source.ts';
import { loadWanted } from './workspace.ts';

/** Rounds after which fixes that undo one another are left alone. */
const mostRounds = 50;

export interface FixRequest {
  readonly analyzer: Analyzer;
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

/** Changes the texts of the analyzer until no more of the wanted fixes are left, or those that are left undo one another. */
export async function fixAll(request: FixRequest): Promise<FixResult> {
  const { analyzer, source, shown, wants, level } = request;
  const before = new Map<FileId, string | undefined>();
  const faults = new Map<string, Fault>();
  let applied = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { edits, count } = chooseFixes(
      shown.flatMap(id => analyzer.result(id).findings.filter(wants)),
      level,
      ({ rule, file }, error) => faults.set(`${rule} ${file}`, { rule, file, message: `a fix broke: ${describeFault(error)}` }),
    );
    let changed = false;
    for (const [file, own] of edits) {
      const old = analyzer.textOf(file) ?? (await source.read(file));
      const next = applyEdits(old ?? '', fitEdits(old ?? '', own));
      if (next === old) continue;
      changed = true;
      if (!before.has(file)) before.set(file, old);
      analyzer.setText(file, next);
    }
    if (!changed) break;
    applied += count;
    await loadWanted(analyzer, source);
  }
  for (const [file, text] of before) if (analyzer.textOf(file) === text) before.delete(file);
  return { before, applied, faults: [...faults.values()] };
}
