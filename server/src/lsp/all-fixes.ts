// All safe fixes of some files at once, tried on a copy of what is known and given back as edits of what the editor has.
import type { Edit } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import { lineEdits } from '../core/text/line-diff.ts';
import { fixAll } from '../hosts/fix-all.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';

/** Edits by file, for the texts as they are now; undefined when one of those changed meanwhile. */
export async function allFixes(
  session: Session,
  { analyzer }: Scope,
  files: readonly FileId[],
): Promise<ReadonlyMap<FileId, readonly Edit[]> | undefined> {
  const trial = analyzer.fork();
  const { before, faults } = await fixAll({ analyzer: trial, source: session.files, shown: files, wants: () => true, level: 'safe' });
  for (const { rule, message } of faults) session.log(`A fix of rule ${rule} failed: ${message}`);
  const edits = new Map<FileId, readonly Edit[]>();
  for (const [file, text] of before) {
    if (analyzer.textOf(file) !== text) return undefined;
    edits.set(file, lineEdits(file, text ?? '', trial.textOf(file) ?? ''));
  }
  return edits;
}
