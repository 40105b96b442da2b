// What the tests do again and again: open a file of the test workspace, wait for something to become true, read findings.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
assert.ok(folder, 'no folder is open');
const workspaceFolder: vscode.Uri = folder;

/** A folder without a disk has no search and no watcher, and the suite fills it itself. */
export const isVirtual = workspaceFolder.scheme === 'tmp';

/** Whether the extension runs in a browser, which has no disk of its own. */
export const isWeb = globalThis.process?.versions?.node === undefined;

export const fileUri = (name: string): vscode.Uri => vscode.Uri.joinPath(workspaceFolder, name);

export async function openFile(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(name)));
}

/** Asks until the answer is truthy. The wait is for another process, so there is no event to wait for. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what} never happened`);
    await new Promise(done => setTimeout(done, 50));
  }
}

export const ownFindings = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === 'authlint');

export const ruleOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

/** Waits for a finding of `rule` in a file. */
export async function findingOf(name: string, rule: string): Promise<vscode.Diagnostic> {
  const uri = fileUri(name);
  // Without a watcher nobody hears of files that came after the server looked, unless they are open.
  if (isVirtual) await vscode.workspace.openTextDocument(uri);
  return eventually(`${rule} in ${name}`, () => ownFindings(uri).find(diagnostic => ruleOf(diagnostic) === rule));
}

/** `line:column «text»`, both 1-based, as a person reads it in the status bar. */
export async function placeOf(name: string, { start, end }: vscode.Range): Promise<string> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  return `${start.line + 1}:${start.character + 1} «${document.getText(new vscode.Range(start, end))}»`;
}
