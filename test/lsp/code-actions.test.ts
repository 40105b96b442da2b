// Quick fixes, fix all, and suppression comments, as edits that an editor applies.
import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import { applied, fullCapabilities, stopClients, TestClient, TestFolder, token } from './client.ts';

const config = 'ruls:\n  a: off\nnatServer: "2.14"\n';
const unsigned = token({ sub: 'ada' }, { alg: 'none' });

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
const named = (actions: readonly CodeAction[], title: string) => actions.find(action => action.title === title);

describe('a fix that a command goes on with', () => {
  afterEach(stopClients);

  it('names the command to editors that have it, and to no others', async () => {
    for (const commands of [true, false]) {
      const client = await TestClient.start({ initializationOptions: { commands } });
      const uri = 'untitled:nats.conf';
      client.open(uri, 'authorization { token: $TOKEN }\n', 'nats-conf');
      while (!client.diagnostics.has(uri)) await new Promise(next => setTimeout(next, 10));
      const diagnostic = client.diagnostics.get(uri)?.diagnostics.find(({ code }) => code === 'nats/bearer-token');
      assert.ok(diagnostic);
      const fix = named(await client.codeActions(uri, diagnostic), 'Replace the token by users with nkeys');
      assert.ok(fix?.edit);
      const { command, arguments: given } = fix.command ?? {};
      assert.deepEqual([command, given], commands ? ['authlint.generateNkeyPair', ['user', '$CLIENT_NKEY']] : [undefined, undefined]);
    }
  });
});

describe('code actions', () => {
  let client: TestClient;

  afterEach(stopClients);

  /** Opens a text alone and gives the diagnostics. */
  async function open(uri: string, text: string, languageId = 'plaintext') {
    client.open(uri, text, languageId);
    const done = client.diagnostics.get(uri);
    while (client.diagnostics.get(uri) === done) await new Promise(next => setTimeout(next, 10));
    return client.diagnostics.get(uri)?.diagnostics ?? [];
  }

  async function allow(name: string, text: string, languageId = 'plaintext'): Promise<{ title: string; text: string } | undefined> {
    const uri = `untitled:${name}`;
    const diagnostics = await open(uri, text, languageId);
    const diagnostic = diagnostics.find(({ code }) => code === 'jwt/alg-none');
    assert.ok(diagnostic, `nothing found in ${name}`);
    const action = (await client.codeActions(uri, diagnostic, ['quickfix'])).find(({ title }) => title.startsWith('Allow '));
    if (!action) return undefined;
    const changed = applied(action, uri, text);
    const version = client.change(uri, { text: changed });
    while (client.diagnostics.get(uri)?.version !== version) await new Promise(next => setTimeout(next, 10));
    assert.deepEqual(
      client.diagnostics.get(uri)?.diagnostics.filter(({ code }) => code === 'jwt/alg-none' || code === 'workspace/unused-suppression'),
      [],
      `the comment does not allow the finding:\n${changed}`,
    );
    return { title: action.title, text: changed };
  }

  describe('on findings', () => {
    const uri = 'file:///nowhere/.authlint.yaml';

    beforeEach(async () => {
      client = await TestClient.start();
    });

    it('fix the one that was asked about', async () => {
      const [first, second] = await open(uri, config);
      const actions = await client.codeActions(uri, first);
      assert.deepEqual(titles(actions), [
        'Replace by rules',
        'Allow workspace/invalid-config on this line',
        'Fix all safe Authlint findings in this file',
      ]);
      const fix = named(actions, 'Replace by rules');
      assert.equal(fix?.kind, 'quickfix');
      assert.equal(fix?.isPreferred, true);
      assert.deepEqual(
        fix?.diagnostics?.map(({ code, range }) => [code, range]),
        [['workspace/invalid-config', first?.range]],
      );
      assert.equal(applied(fix, uri, config), config.replace('ruls', 'rules'));
      const others = await client.codeActions(uri, second);
      assert.deepEqual(titles(others).slice(0, 1), ['Replace by natsServer']);
    });

    it('name the version that they are for', async () => {
      const [first] = await open(uri, config);
      const [fix] = await client.codeActions(uri, first);
      assert.deepEqual(
        fix?.edit?.documentChanges?.map(change => 'textDocument' in change && change.textDocument),
        [{ uri, version: 1 }],
      );
    });

    it('follow the text without waiting for diagnostics', async () => {
      const [first] = await open(uri, config);
      client.change(uri, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' });
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [first] },
      });
      assert.equal(applied(named(actions, 'Replace by rules'), uri, `\n${config}`), `\n${config.replace('ruls', 'rules')}`);
    });

    it('fix all', async () => {
      await open(uri, config);
      for (const only of ['source', 'source.fixAll', 'source.fixAll.authlint']) {
        const actions = await client.codeActions(uri, undefined, [only]);
        assert.deepEqual(titles(actions), ['Fix all safe Authlint findings in this file']);
        assert.equal(actions[0]?.kind, 'source.fixAll.authlint');
        assert.equal(applied(actions[0], uri, config), 'rules:\n  a: off\nnatsServer: "2.14"\n');
      }
    });

    it('fix all once that is chosen among others', async () => {
      const [first] = await open(uri, config);
      const among = named(await client.codeActions(uri, first), 'Fix all safe Authlint findings in this file');
      assert.ok(among);
      assert.equal(among.edit, undefined);
      client.change(uri, { text: `\n${config}` });
      const chosen = await client.request<CodeAction>('codeAction/resolve', among);
      assert.equal(applied(chosen, uri, `\n${config}`), '\nrules:\n  a: off\nnatsServer: "2.14"\n');
    });

    it('fix what becomes wrong, or mendable, by other fixes', async () => {
      const twice = 'natsServr: "2.14"\nrules:\n  jwt/expird: of\n';
      await open(uri, twice);
      const [action] = await client.codeActions(uri, undefined, ['source.fixAll']);
      assert.equal(applied(action, uri, twice), 'natsServer: "2.14"\nrules:\n  jwt/expired: off\n');
    });

    it('are none where nobody asked for their kind, or nothing is found', async () => {
      const [first] = await open(uri, config);
      assert.deepEqual(await client.codeActions(uri, first, ['refactor']), []);
      assert.deepEqual(await client.codeActions(uri, first, ['source.organizeImports']), []);
      assert.deepEqual(await client.codeActions(uri, first, ['source.fixAll.eslint']), []);
      assert.deepEqual(
        titles(await client.codeActions(uri, undefined, ['quickfix'])),
        titles(await client.codeActions(uri, first, ['quickfix'])),
      );
      const nowhere = { start: { line: 99, character: 9 }, end: { line: 99, character: 9 } };
      const params = { textDocument: { uri }, range: nowhere, context: { diagnostics: [], only: ['quickfix'] } };
      assert.deepEqual(await client.request('textDocument/codeAction', params), []);
      const elsewhere = { ...params, textDocument: { uri: 'file:///nowhere/else' } };
      assert.deepEqual(await client.request('textDocument/codeAction', elsewhere), []);
    });

    it('leave the light bulb of other lines dark', async () => {
      await open(uri, `\n\n\n${config}`);
      const start = { line: 0, character: 0 };
      const params = { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [], triggerKind: 2 } };
      assert.deepEqual(await client.request('textDocument/codeAction', params), []);
    });
  });

  it('change files plainly for a client that knows no versions', async () => {
    const { workspace: _, ...capabilities } = fullCapabilities;
    client = await TestClient.start({ capabilities });
    const uri = 'file:///nowhere/.authlint.yaml';
    const [first] = await open(uri, config);
    const [fix] = await client.codeActions(uri, first);
    assert.equal(fix?.edit?.documentChanges, undefined);
    assert.equal(applied(fix, uri, config), config.replace('ruls', 'rules'));
  });

  it('work in a file of the workspace that nobody opened', async () => {
    const folder = new TestFolder({ '.authlint.yaml': config });
    client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('.authlint.yaml');
    const [first] = await client.expect(uri, ['0:0-0:4 workspace/invalid-config', '2:0-2:9 workspace/invalid-config']);
    const [fix] = await client.codeActions(uri, first);
    assert.equal(applied(fix, uri, config), config.replace('ruls', 'rules'));
  });

  describe('that allow a finding', () => {
    const rule = 'jwt/alg-none';
    const onLine = `Allow ${rule} on this line`;
    const inFile = `Allow ${rule} in this file`;
    const cases: readonly (readonly [name: string, text: string, title: string, expected: string])[] = [
      ['a.sh', `if x\n  curl ${unsigned}\n`, onLine, `if x\n  # authlint: allow ${rule}\n  curl ${unsigned}\n`],
      ['a.yaml', `a:\n  - b: ${unsigned}\n`, onLine, `a:\n  # authlint: allow ${rule}\n  - b: ${unsigned}\n`],
      ['a.ts', `const t = '${unsigned}';\r\n`, onLine, `// authlint: allow ${rule}\r\nconst t = '${unsigned}';\r\n`],
      ['.env.local', `A=1\nT=${unsigned}`, onLine, `A=1\n# authlint: allow ${rule}\nT=${unsigned}`],
      ['a.sql', `select '${unsigned}'`, onLine, `-- authlint: allow ${rule}\nselect '${unsigned}'`],
      ['a.ini', `t=${unsigned}`, onLine, `; authlint: allow ${rule}\nt=${unsigned}`],
      ['a.html', `<b>${unsigned}</b>`, onLine, `<!-- authlint: allow ${rule} -->\n<b>${unsigned}</b>`],
      ['deploy', `#!/bin/sh\ncurl ${unsigned}\n`, onLine, `#!/bin/sh\n# authlint: allow ${rule}\ncurl ${unsigned}\n`],
      ['Dockerfile', `ENV T=${unsigned}\n`, onLine, `# authlint: allow ${rule}\nENV T=${unsigned}\n`],
      ['a.md', `Take ${unsigned}\nand go\n`, onLine, `Take ${unsigned} <!-- authlint: allow ${rule} -->\nand go\n`],
      [
        'fence.md',
        `---\ntitle: x\n---\n\n\`\`\`sh\ncurl ${unsigned}\n\`\`\`\n`,
        inFile,
        `---\ntitle: x\n---\n<!-- authlint: allow-file ${rule} -->\n\n\`\`\`sh\ncurl ${unsigned}\n\`\`\`\n`,
      ],
      ['last.sh', `curl \\\n  -H ${unsigned}\n`, onLine, `curl \\\n  -H ${unsigned} # authlint: allow ${rule}\n`],
      [
        'middle.sh',
        `#!/bin/sh\ncurl \\\n  -H ${unsigned} \\\n  x\n`,
        inFile,
        `#!/bin/sh\n# authlint: allow-file ${rule}\ncurl \\\n  -H ${unsigned} \\\n  x\n`,
      ],
      ['block.yaml', `a: |\n  b\n  ${unsigned}\n`, inFile, `# authlint: allow-file ${rule}\na: |\n  b\n  ${unsigned}\n`],
    ];
    it('write the comment that the file can hold', async () => {
      client = await TestClient.start();
      for (const [name, text, title, expected] of cases) {
        const written = await allow(name, text).catch(error => assert.fail(`${name}: ${error}`));
        assert.deepEqual(written, { title, text: expected }, name);
      }
    });

    it('join a comment that is there already', async () => {
      client = await TestClient.start();
      const text = `# authlint: allow jwt/alg-none -- old\necho ${unsigned} ${token({ exp: 1 })}\n`;
      const uri = 'untitled:both.sh';
      const diagnostics = await open(uri, text);
      const expired = diagnostics.find(({ code }) => code === 'jwt/expired');
      const actions = await client.codeActions(uri, expired, ['quickfix']);
      const action = named(actions, 'Allow jwt/expired on this line');
      assert.equal(applied(action, uri, text).split('\n')[0], '# authlint: allow jwt/alg-none jwt/expired -- old');
    });

    it('are not offered where a file can hold no comment', async () => {
      client = await TestClient.start();
      assert.equal(await allow('data.json', `{"t": "${unsigned}"}`), undefined);
      assert.equal(await allow('notes.txt', unsigned), undefined);
    });
  });
});
