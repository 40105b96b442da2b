// All safe fixes of all files that are shown, as one change that a person can look through before it is made.
import type { FixWorkspaceResult } from '../../protocol.ts';
import { allFixes } from '../all-fixes.ts';
import type { ServerContext } from '../server.ts';
import { toTextEdits } from '../to-lsp.ts';

export async function fixWorkspace({ session }: ServerContext): Promise<FixWorkspaceResult> {
  const files: FixWorkspaceResult['files'][number][] = [];
  for (const { scope, places } of session.subjects()) {
    for (const [file, edits] of (await allFixes(session, scope, scope.shownFiles())) ?? []) {
      files.push({
        uri: places.uriOf(file),
        isNew: places.linesOf(file) === undefined,
        version: places.versionOf(file),
        edits: toTextEdits(edits, file, places),
      });
    }
  }
  return { files };
}
