// Findings as the Problems panel gets them: in files that are open and, where the host has a disk, in files that are not.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, isVirtual, openFile, ownFindings, placeOf, ruleOf } from './workspace.ts';

describe('findings', () => {
  it('are there for a file that nobody has opened', async function () {
    // A folder in the browser's memory is filled by this suite, after the server has looked at it.
    if (isVirtual) return this.skip();
    const finding = await findingOf('.authlint.yaml', 'workspace/invalid-config');
    assert.equal(finding.message, '`natsserver` is no key here, so it has no effect. Did you mean `natsServer`?');
    assert.equal(await placeOf('.authlint.yaml', finding.range), '1:1 «natsserver»');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('underline a password in a NATS configuration', async () => {
    await openFile('nats.conf');
    const finding = await findingOf('nats.conf', 'nats/plaintext-password');
    assert.equal(await placeOf('nats.conf', finding.range), '11:31 «kiwi-4711-lamp»');
    assert.doesNotMatch(finding.message, /kiwi/);
  });

  it('underline an unknown option, with its name and what was meant', async () => {
    const finding = await findingOf('nats.conf', 'nats/unknown-field');
    assert.equal(await placeOf('nats.conf', finding.range), '5:1 «max_conections»');
    assert.match(finding.message, /max_connections/);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
  });

  it('underline the second of two ways to check tokens in a Compose file', async () => {
    await openFile('docker-compose.yml');
    const finding = await findingOf('docker-compose.yml', 'compose/jwt-secret-and-jwks-uri');
    assert.match(await placeOf('docker-compose.yml', finding.range), /^6:/);
  });

  it('underline a development bypass in production', async () => {
    await openFile('docker-compose.prod.yml');
    const finding = await findingOf('docker-compose.prod.yml', 'compose/dev-auth-in-production');
    assert.match(await placeOf('docker-compose.prod.yml', finding.range), /^4:/);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
  });

  it('underline an expired token in a script', async () => {
    await openFile('request.sh');
    const finding = await findingOf('request.sh', 'jwt/expired');
    assert.match(finding.message, /expired/);
    assert.doesNotMatch(finding.message, /eyJ/);
  });

  it('follow what is typed before it is saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'nats-conf', content: 'max_conections: 1\n' });
    await vscode.window.showTextDocument(document);
    await eventually('a finding in an unsaved text', () =>
      ownFindings(document.uri).some(finding => ruleOf(finding) === 'nats/unknown-field'),
    );
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 0, 14), 'max_connections');
    await vscode.workspace.applyEdit(edit);
    await eventually('no finding after the correction', () => ownFindings(document.uri).length === 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('lead to the page of their rule that came with the extension', async () => {
    const { code } = await findingOf('nats.conf', 'nats/unknown-field');
    assert.ok(typeof code === 'object');
    await vscode.commands.executeCommand('vscode.open', code.target);
    await eventually('the page in a preview', () => {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return input instanceof vscode.TabInputCustom && input.uri.path === '/nats/unknown-field.md' && /preview/.test(input.viewType);
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('stay out of what nobody edits', async () => {
    await vscode.commands.executeCommand('authlint.showRulePage', 'workspace/invalid-config');
    const page = vscode.Uri.parse('authlint:/workspace/invalid-config.md');
    await vscode.workspace.openTextDocument(page);
    await findingOf('request.sh', 'jwt/expired');
    assert.equal(ownFindings(page).length, 0);
    assert.equal(ownFindings(fileUri('nothing')).length, 0);
  });
});
