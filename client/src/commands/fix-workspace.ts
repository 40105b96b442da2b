// "Authlint: Fix All in Workspace": every safe fix of every file, in one step, or one by one in the editor's own preview.
import { Range, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, window, workspace } from 'vscode';
import { type FixWorkspaceResult, fixWorkspaceRequest } from '../../../server/src/protocol.ts';
import { counted } from '../counted.ts';
import type { Command } from './index.ts';

export const fixWorkspace: Command = async ({ server }) => {
  const { files } = await server.request<FixWorkspaceResult>(fixWorkspaceRequest, {});
  if (files.length === 0) {
    await window.showInformationMessage('There is nothing that Authlint can fix safely by itself.');
    return;
  }
  const places = files.reduce((sum, { edits }) => sum + edits.length, 0);
  const question = `Authlint can fix ${counted(places, 'place')} in ${counted(files.length, 'file')} safely.`;
  const choice = await window.showInformationMessage(question, 'Fix All', 'Preview');
  if (choice === undefined) return;
  const edit = new WorkspaceEdit();
  // What needs to be confirmed is ticked in the preview by hand.
  const metadata: WorkspaceEditEntryMetadata = { label: 'Safe fixes of Authlint', needsConfirmation: choice === 'Preview' };
  for (const { uri, isNew, edits } of files) {
    const file = Uri.parse(uri);
    if (isNew) edit.createFile(file, { ignoreIfExists: true }, metadata);
    for (const { range, newText } of edits) {
      edit.replace(file, new Range(range.start.line, range.start.character, range.end.line, range.end.character), newText, metadata);
    }
  }
  const outdated = workspace.textDocuments.some(document =>
    files.some(({ uri, version }) => version !== null && document.uri.toString() === uri && document.version !== version),
  );
  if (outdated) await window.showWarningMessage('A file has changed meanwhile, so nothing was fixed. Try again.');
  else await workspace.applyEdit(edit, { isRefactoring: true });
};
