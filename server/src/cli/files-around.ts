// The files that a question without paths is about: the project that the current folder is in.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileId } from '../core/text/file-id.ts';
import { nodeFilesAtOnce, toFileId } from '../hosts/node-files.ts';
import { configName } from '../hosts/workspace.ts';
import type { Terminal } from './terminal.ts';

/** Everything below the current folder; outside of a project only the folder itself, not what lies below. */
export async function filesAround({ cwd }: Terminal): Promise<readonly FileId[]> {
  const here = toFileId(cwd);
  return isProject(cwd) ? nodeFilesAtOnce.list(here) : nodeFilesAtOnce.listFolder(here);
}

/** Whether somebody said that the folder belongs together; a home folder is not walked for a token. */
function isProject(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    for (const mark of ['.git', configName]) if (existsSync(join(folder, mark))) return true;
    if (dirname(folder) === folder) return false;
  }
}
