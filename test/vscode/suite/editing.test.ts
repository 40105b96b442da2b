// Hover, quick fixes, names, links, hints and colours, asked for as the editor asks.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, isVirtual, openFile, ownFindings, ruleOf } from './workspace.ts';

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
    // The editor may have begun to save by itself, and is then asked in vain.
    await eventually('the corrected text on the disk', async () =>
      /^max_connections: 1000$/m.test(new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri))),
    );
  });

  it('a Compose file says above a service how it checks tokens, and takes variables that fit', async () => {
    const { document } = await openFile('docker-compose.yml');
    const lens = await eventually('a lens above the service', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
      return lenses.find(({ command }) => /from login\.orders\.test/.test(command?.title ?? ''));
    });
    assert.equal(lens.range.start.line, 1);
    const at = document.positionAt(document.getText().indexOf('JWKS_URI') + 2);
    await eventually('a proposal', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
      return list.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'DEVELOPMENT_AUTH_ENABLED');
    });
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

  describe('of names and what a text shows', () => {
    const text = [
      'include parts/vars.conf',
      'authorization {',
      '  users: [{ user: ana, password: $secret }]',
      '}',
      'no_auth_user: ana',
      'max_payload: 8388608',
      '',
    ].join('\n');
    const main = fileUri('named.nats.conf');
    const part = fileUri('parts/vars.conf');

    const placesOf = (locations: readonly (vscode.Location | vscode.LocationLink)[]): string[] =>
      locations
        .map(location => ('uri' in location ? location : { uri: location.targetUri, range: location.targetRange }))
        .map(({ uri, range }) => `${uri.path.split('/').at(-1)} ${range.start.line}:${range.start.character}-${range.end.character}`)
        .sort();

    /** Asks a provider until it has an answer: it is registered a moment after the file is opened. */
    const asked = <T>(what: string, command: string, ...rest: unknown[]) =>
      eventually(what, async () => {
        const answer = await vscode.commands.executeCommand<T[] | undefined>(command, ...rest);
        return answer && answer.length > 0 ? answer : undefined;
      });

    before(async () => {
      await vscode.workspace.fs.writeFile(part, new TextEncoder().encode('secret: "kiwi"\n'));
      await vscode.workspace.fs.writeFile(main, new TextEncoder().encode(text));
      await openFile('named.nats.conf');
    });

    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(main);
      await vscode.workspace.fs.delete(fileUri('parts'), { recursive: true });
    });

    it('a variable leads to its definition in an included file', async () => {
      const found = await asked<vscode.Location>('a definition', 'vscode.executeDefinitionProvider', main, new vscode.Position(2, 36));
      assert.deepEqual(placesOf(found), ['vars.conf 0:0-6']);
    });

    it('a user is renamed wherever it is used', async () => {
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        main,
        new vscode.Position(4, 15),
        'ben',
      );
      assert.deepEqual(
        edit
          .get(main)
          .map(({ range, newText }) => `${range.start.line}:${range.start.character} ${newText}`)
          .sort(),
        ['2:18 ben', '4:14 ben'],
      );
    });

    it('a name that cannot be written is refused with the reason', async () => {
      // The reason comes back as an answer or as an error, by the version of VS Code.
      const reason = await eventually('a reason', async () => {
        const renaming = Promise.resolve(
          vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', main, new vscode.Position(2, 36), 'a b'),
        );
        const said = String(await renaming.then(JSON.stringify, String));
        // Right behind another renaming the editor sometimes gives up before it asks.
        return /No result|can't be renamed/.test(said) ? undefined : said;
      });
      assert.match(reason, /begins with a letter/);
    });

    it('an included file is of the same language', async () => {
      const { document } = await openFile('parts/vars.conf');
      assert.equal(document.uri.path, part.path);
      await eventually('the language of NATS', () =>
        vscode.workspace.textDocuments.some(({ uri, languageId }) => uri.path === part.path && languageId === 'nats-conf'),
      );
      // A person's choice stays.
      await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(part), 'properties');
      await findingOf('nats.conf', 'nats/plaintext-password');
      assert.equal((await vscode.workspace.openTextDocument(part)).languageId, 'properties');
      await openFile('named.nats.conf');
    });

    it('a new file is of the same language once it is saved and its content says so', async () => {
      const uri = fileUri('fresh.conf');
      await vscode.workspace.fs.writeFile(uri, new Uint8Array());
      const { document } = await openFile('fresh.conf');
      assert.notEqual(document.languageId, 'nats-conf');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), 'port: 4222\nmax_payload: 1MB\n');
      await vscode.workspace.applyEdit(edit);
      await document.save();
      const isNats = (one: vscode.TextDocument) => one.uri.path === uri.path && one.languageId === 'nats-conf';
      await eventually('the language of NATS', () => vscode.workspace.textDocuments.some(isNats));
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(uri);
      await openFile('named.nats.conf');
    });

    it('an included file is linked', async () => {
      const found = await asked<vscode.DocumentLink>('a link', 'vscode.executeLinkProvider', main);
      const link = found.find(({ range }) => range.start.line === 0);
      assert.equal(link?.target?.path, part.path);
    });

    it('the outline and the names of the workspace are there', async function () {
      // In a folder without a search provider the editor does not answer for any language.
      if (isVirtual) this.skip();
      const symbols = await asked<vscode.DocumentSymbol>('an outline', 'vscode.executeDocumentSymbolProvider', main);
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['include parts/vars.conf', 'authorization', 'no_auth_user', 'max_payload'],
      );
      const names = await asked<vscode.SymbolInformation>('a symbol', 'vscode.executeWorkspaceSymbolProvider', 'ana');
      assert.ok(placesOf(names.map(({ location }) => location)).includes('named.nats.conf 2:18-21'));
    });

    it('hints say what numbers amount to and who is unrestricted', async () => {
      const whole = new vscode.Range(0, 0, 6, 0);
      const hints = await asked<vscode.InlayHint>('a hint', 'vscode.executeInlayHintProvider', main, whole);
      assert.deepEqual(
        hints.map(({ position, label }) => `${position.line}:${position.character} ${label}`),
        ['2:21 unrestricted', '5:20 = 8 MiB'],
      );
    });

    it('words are coloured by their meaning', async () => {
      const legend = await eventually('a legend', async () =>
        vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>('vscode.provideDocumentSemanticTokensLegend', main),
      );
      const { data } = await eventually('semantic tokens', async () =>
        vscode.commands.executeCommand<vscode.SemanticTokens | undefined>('vscode.provideDocumentSemanticTokens', main),
      );
      assert.deepEqual([...data.slice(0, 3), legend.tokenTypes[data[3] as number]], [0, 0, 7, 'keyword']);
    });

    it('some lines are laid out', async () => {
      const edits = await asked<vscode.TextEdit>('a layout', 'vscode.executeFormatRangeProvider', main, new vscode.Range(2, 0, 3, 0), {
        tabSize: 4,
        insertSpaces: true,
      });
      assert.deepEqual(
        edits.map(({ newText }) => newText).join(''),
        '    users: [{ user: ana, password: $secret }]'.slice(0, edits[0]?.newText.length ?? 0),
      );
    });
  });
});
