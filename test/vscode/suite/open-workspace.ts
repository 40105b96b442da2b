// Before all tests: the virtual folder gets its files, and the extension has started.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, isVirtual } from './workspace.ts';

/** Name and text of every file of the test workspace. Set by the bundler. */
declare const WORKSPACE_FILES: Readonly<Record<string, string>>;

before('open the workspace', async () => {
  if (isVirtual) {
    for (const [name, text] of Object.entries(WORKSPACE_FILES)) {
      await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
    }
  }
  const extension = vscode.extensions.getExtension('authlint.authlint');
  assert.ok(extension, 'the extension is not installed');
  await extension.activate();
});

// A folder without a disk is empty when the editor first looks, so it asks for another one, in a list that would take every answer
// that a test gives. It may do so late.
beforeEach('nothing else is being asked', () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'));
