// The palette's commands, started as the palette starts them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, isWeb, openFile } from './workspace.ts';

async function selectToken(): Promise<string> {
  const editor = await openFile('request.sh');
  const start = editor.document.getText().indexOf('eyJ');
  const end = editor.document.getText().indexOf('"', start);
  editor.selection = new vscode.Selection(editor.document.positionAt(start), editor.document.positionAt(end));
  return editor.document.getText(editor.selection);
}

const textOf = async (page: string): Promise<string> =>
  (await vscode.workspace.openTextDocument(vscode.Uri.parse(`authlint:/${page}`))).getText();

const openPreviews = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(tab => tab.input instanceof vscode.TabInputCustom && tab.input.viewType === 'vscode.markdown.preview.editor');

describe('commands', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('are all there, and each one that is registered is in the palette', async () => {
    const extension = vscode.extensions.getExtension('authlint.authlint');
    const contributed: string[] = extension?.packageJSON.contributes.commands.map((command: { command: string }) => command.command);
    const registered = (await vscode.commands.getCommands(true)).filter(id => /^authlint\.[a-z]+[A-Z]/.test(id));
    assert.deepEqual(registered.sort(), [...contributed].sort());
  });

  it('Check Token reports on the selected token without showing it', async () => {
    const token = await selectToken();
    await vscode.commands.executeCommand('authlint.checkToken');
    await eventually('a page', () =>
      vscode.window.tabGroups.all
        .flatMap(group => group.tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('authlint.tokenReport')),
    );
    await vscode.commands.executeCommand('authlint.copyTokenReport');
    const report = await eventually('a report in the clipboard', async () => {
      const text = await vscode.env.clipboard.readText();
      return text.startsWith('## Token report') ? text : undefined;
    });
    assert.match(report, /HS256/);
    assert.match(report, /expired/i);
    assert.match(report, /\*\*service gateway( of [^*]+)?\*\* \(docker-compose\.yml\): ✗ refuses it/);
    for (const part of token.split('.')) assert.equal(report.includes(part), false, 'the report shows a part of the token');
  });

  it('Check JWKS Endpoint says that nobody answers', async () => {
    await vscode.commands.executeCommand('authlint.checkKeySet', 'http://127.0.0.1:1/jwks.json');
    await eventually('a preview', () => openPreviews().some(tab => /Key set/.test(tab.label)));
    assert.match(await textOf('Key set.md'), /127\.0\.0\.1:1\/jwks\.json cannot be reached/);
  });

  it('Check JWKS Endpoint asks no private network', async () => {
    await vscode.commands.executeCommand('authlint.checkKeySet', 'https://10.0.0.8/jwks.json');
    await eventually('a page', async () => /is a private address, which is not asked/.test(await textOf('Key set.md')));
  });

  it('Generate Development Token puts a token that the service accepts into the clipboard', async () => {
    const secret = Array.from(crypto.getRandomValues(new Uint8Array(24)), byte => byte.toString(16).padStart(2, '0')).join('');
    await vscode.workspace.fs.writeFile(fileUri('tools.env'), new TextEncoder().encode(`JWT_SECRET=${secret}\n`));
    await openFile('tools.env');
    const wish = { name: 'program of tools.env', subject: 'ada', permissions: ['users:read'], minutes: 15 };
    const token = await eventually('a token in the clipboard', async () => {
      // Not awaited: it ends when the person has read its message.
      void vscode.commands.executeCommand('authlint.generateDevelopmentToken', wish);
      await new Promise(done => setTimeout(done, 500));
      const text = await vscode.env.clipboard.readText();
      return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? text : undefined;
    });
    assert.equal(token.includes(secret), false);
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    assert.deepEqual([claims.sub, claims.permissions, claims.exp - claims.iat], ['ada', ['users:read'], 900]);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileUri('tools.env'));
  });

  it('Decode Token shows header and claims with times in words, and no signature', async () => {
    const token = await selectToken();
    await vscode.commands.executeCommand('authlint.decodeToken');
    const text = await eventually('a decoded token', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'authlint' ? document.getText() : undefined;
    });
    assert.match(text, /"alg": "HS256"/);
    assert.match(text, /"sub": "clerk"/);
    assert.match(text, /"exp": 1735693200 \/\/ 2025-01-01 01:00:00 UTC/);
    for (const part of token.split('.')) assert.equal(text.includes(part), false, 'the text shows a part of the token');
  });

  it('Test Subject Permission leads to the words that decide', async () => {
    const { document } = await openFile('nats.conf');
    await findingOf('nats.conf', 'nats/plaintext-password');
    const question = { file: document.uri.toString(), user: 'clerk', action: 'publish', subject: 'orders.1.new' };
    const asked = vscode.commands.executeCommand('authlint.testPermission', question);
    const words = await eventually('the deciding words', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const editor = vscode.window.activeTextEditor;
      return editor?.document.getText(editor.selection) || undefined;
    });
    assert.equal(words, '"orders.*.new"');
    await asked;
  });

  it('Who Can Publish or Subscribe lists everybody and leads to the words that decide', async () => {
    // The editor remembers what was selected when the file was closed.
    (await openFile('nats.conf')).selection = new vscode.Selection(0, 0, 0, 0);
    await findingOf('nats.conf', 'nats/plaintext-password');
    const asked = vscode.commands.executeCommand('authlint.whoMay', { action: 'publish', subject: 'audit.login' });
    const words = await eventually('the deciding words', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const editor = vscode.window.activeTextEditor;
      return editor?.document.getText(editor.selection) || undefined;
    });
    assert.equal(words, '"audit.>"');
    await asked;
  });

  describe('Explain an Auth Error', () => {
    const log = '[7] [ERR] 127.0.0.1:51012 - cid:12 - "v1.0.0:go" - authentication error - User "clerk"';

    async function openLog(): Promise<vscode.TextEditor> {
      const document = await vscode.workspace.openTextDocument({ content: `started\n${log}\n`, language: 'log' });
      return vscode.window.showTextDocument(document);
    }

    const explained = () =>
      eventually('an explanation', () =>
        vscode.window.tabGroups.all
          .flatMap(group => group.tabs)
          .some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('authlint.explanation')),
      );

    it('explains what is selected', async () => {
      const editor = await openLog();
      editor.selection = new vscode.Selection(1, 0, 1, log.length);
      await vscode.commands.executeCommand('authlint.explainError');
      await explained();
    });

    it('explains the selection whose light bulb asks', async () => {
      const { document } = await openLog();
      const range = new vscode.Range(1, 0, 1, log.length);
      const action = await eventually('a light bulb', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
        return actions.find(({ command }) => command?.command === 'authlint.explainError');
      });
      await vscode.commands.executeCommand('authlint.explainError', ...(action.command?.arguments ?? []));
      await explained();
    });
  });

  it('Show Auth Map opens one page, which is shown again', async () => {
    const pages = () =>
      vscode.window.tabGroups.all
        .flatMap(group => group.tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('authlint.authMap'));
    await vscode.commands.executeCommand('authlint.showAuthMap');
    await vscode.commands.executeCommand('authlint.showAuthMap');
    await eventually('the map', () => pages().length > 0);
    assert.deepEqual(
      pages().map(({ label }) => label),
      ['Auth Map'],
    );
  });

  it('Generate NKey Pair puts the seed into a new file and the public key into the configuration', async function () {
    // A browser has no disk of its own: there the seed goes to the clipboard alone.
    if (isWeb) this.skip();
    const { document } = await openFile('nats.conf');
    const seeds = fileUri('user.nk');
    // Not awaited: it ends when the person has read its last message.
    void vscode.commands.executeCommand('authlint.generateNkeyPair', 'user');
    const key = await eventually('a public key', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return /\{ nkey: (U[A-Z2-7]{55}) \}/.exec(document.getText())?.[1];
    });
    const seed = new TextDecoder().decode(await vscode.workspace.fs.readFile(seeds)).trim();
    assert.match(seed, /^SU[A-Z2-7]{56}$/);
    assert.notEqual(seed, key);
    assert.equal(document.getText().includes(seed), false);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.workspace.fs.delete(seeds);
  });

  it('Show Rule Page opens the page of a rule', async () => {
    await vscode.commands.executeCommand('authlint.showRulePage', 'workspace/invalid-config');
    await eventually('a preview', () => openPreviews().some(tab => /invalid-config/.test(tab.label)));
    const page = await textOf('workspace/invalid-config.md');
    assert.match(page, /^# workspace\/invalid-config\n/);
    assert.match(page, /Authlint says:\n\n- \*\*2:16\*\* `warn` — `warn` is no severity/);
    assert.match(page, /After the fix “Replace by warning”:/);
  });

  it('Show Output opens the log', async () => {
    await vscode.commands.executeCommand('authlint.showOutput');
  });
});
