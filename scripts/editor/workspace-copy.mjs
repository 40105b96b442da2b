// Tests change files, and VS Code in a browser saves by itself: each run gets a copy of its folder.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Copies a folder to a fresh place that is removed at exit; returns its path. */
export function copyWorkspace(folder) {
  const parent = mkdtempSync(join(tmpdir(), 'authlint-workspace-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const copy = join(parent, 'workspace');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
