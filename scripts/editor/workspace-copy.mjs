// Tests change files, and VS Code in a browser saves by itself: each run gets a copy of its folder.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './programs.mjs';

/** Copies a folder to a fresh place that is removed at exit; returns its path. */
export function copyWorkspace(folder) {
  const copy = join(temporaryFolder('workspace'), 'workspace');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
