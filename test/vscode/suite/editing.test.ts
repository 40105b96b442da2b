// Hover and quick fixes, asked for as the editor asks.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, openFile, ownFindings, ruleOf } from './workspace.ts';

/**
 * Applies the quick fix whose title matches. VS Code drops an answer when any extension registers a provider meanwhile, so it
 * is asked until it has one.
 */
async function applyFix(name: string, range: vscode.Range, title: RegExp): Promise<void> {
  const fix = await eventually(`a quick fix ${title}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', fileUri(name), range);
    return actions.find(action => title.test(action.title));
  });
  assert.ok(fix.edit, `"${fix.title}" has no edit`);
  await vscode.workspace.applyEdit(fix.edit);
}

async function hoverAt(name: string, position: vscode.Position): Promise<string> {
  return eventually(`a hover in ${name}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', fileUri(name), position);
    return hovers.flatMap(hover => hover.contents.map(content => (typeof content === 'string' ? content : content.value))).join('\n');
  });
}

describe('editing', () => {
  it('a hover decodes a token and never shows it', async () => {
    const { document } = await openFile('request.sh');
    const text = await hoverAt('request.sh', document.positionAt(document.getText().indexOf('eyJ') + 10));
    assert.match(text, /HS256/);
    assert.match(text, /clerk/);
    assert.match(text, /2025/);
    assert.doesNotMatch(text, /eyJ|sxbOtcULJK/);
  });

  it('a quick fix corrects the text and its finding goes away', async () => {
    const { document } = await openFile('nats.conf');
    const finding = await findingOf('nats.conf', 'nats/unknown-field');
    await applyFix('nats.conf', finding.range, /max_connections/);
    assert.equal(document.lineAt(4).text, 'max_connections: 1000');
    await eventually('no more unknown field', () => !ownFindings(document.uri).some(other => ruleOf(other) === 'nats/unknown-field'));
    await document.save();
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri)), /^max_connections: 1000$/m);
  });

  it('one action applies every safe fix of a file, as on saving', async () => {
    const { document } = await openFile('.authlint.yaml');
    await findingOf('.authlint.yaml', 'workspace/invalid-config');
    const action = await eventually('an action that fixes all', async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const kind = vscode.CodeActionKind.SourceFixAll.append('authlint').value;
      return (await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, whole, kind))[0];
    });
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), 'natsServer: "2.14"\n');
    await eventually('no more mistake in the configuration', () => ownFindings(document.uri).length === 0);
    await document.save();
  });

  it('comments and brackets are those of the language', async () => {
    const { document } = await openFile('nats.conf');
    assert.equal(document.languageId, 'nats-conf');
    const before = document.lineAt(1).text;
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand('editor.action.commentLine');
    assert.equal(document.lineAt(1).text, `# ${before}`);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.lineAt(1).text, before);
  });
});
