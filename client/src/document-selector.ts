// Which documents the server sees: a token can stand in any text, so it is the scheme that decides and not the language.
import { workspace } from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient';

/** Where people keep or write texts. Output, diffs, debug sources, and our own pages are left out: nobody can mend them there. */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata', 'vscode-test-web', 'tmp', 'memfs'];

/** All documents of known schemes and of the workspace's own folders, whatever file system those come from. */
export function documentSelector(): DocumentSelector {
  const folders = (workspace.workspaceFolders ?? []).map(folder => folder.uri.scheme);
  return [...new Set([...schemes, ...folders])].map(scheme => ({ scheme }));
}
