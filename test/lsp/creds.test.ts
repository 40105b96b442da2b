// Credentials in an editor: what git and the disk say about the file reaches the findings, and nothing that is sent holds the seed.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity, type Hover, type MarkupContent } from 'vscode-languageserver/node';
import { credentials, natsToken, party } from '../support/nats-tokens.ts';
import { stopClients, TestClient, TestFolder } from './client.ts';

const [account, user] = [party('account'), party('user')];
const text = credentials(natsToken('user', account, user), user.seed);
const seedLine = text.split('\n').indexOf(user.seed);
const exposed = `${seedLine}:0-${seedLine}:58 creds/seed-exposed`;

describe('credentials in an editor', () => {
  afterEach(stopClients);

  const start = async (files: Record<string, string>) => {
    const folder = new TestFolder(files);
    const client = await TestClient.start({ folders: [folder] });
    client.about = /^creds\//;
    return { folder, client };
  };

  it('are a warning where version control keeps them, and information once it ignores them', async () => {
    const { folder, client } = await start({ '.git/HEAD': 'ref: refs/heads/main\n', 'user.creds': text });
    chmodSync(join(folder.path, 'user.creds'), 0o600);
    const uri = folder.uri('user.creds');
    client.open(uri, text, 'creds');
    await client.until(
      () => client.diagnostics.get(uri)?.diagnostics.some(({ severity }) => severity === DiagnosticSeverity.Warning) === true,
    );
    await client.expect(uri, [exposed]);
    folder.put('.gitignore', '*.creds\n');
    client.watched([folder.uri('.gitignore'), 1]);
    await client.until(
      () =>
        client.diagnostics.get(uri)?.diagnostics.find(({ code }) => code === 'creds/seed-exposed')?.severity ===
        DiagnosticSeverity.Information,
    );
    assert.equal(client.sent.includes(user.seed), false);
  });

  it('that others may read are told about, without being opened', async function () {
    if (process.platform === 'win32') this.skip();
    const { folder, client } = await start({ 'user.creds': text });
    chmodSync(join(folder.path, 'user.creds'), 0o644);
    client.watched([folder.uri('user.creds'), 2]);
    await client.expect(folder.uri('user.creds'), [`${seedLine}:0-${seedLine}:58 creds/loose-file-mode`, exposed]);
  });

  it('show the public key of a seed and not the seed', async () => {
    const { folder, client } = await start({ 'user.creds': text });
    const uri = folder.uri('user.creds');
    client.open(uri, text, 'creds');
    const hover = await client.request<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: seedLine, character: 20 },
    });
    const { value } = (hover?.contents ?? {}) as MarkupContent;
    assert.match(value, /SECRET/);
    assert.ok(value.includes(user.key));
    assert.equal(client.sent.includes(user.seed), false);
  });

  it('are repaired without the seed on the wire before somebody asks for the repair', async () => {
    const wrapped = text.replace(user.seed, `${user.seed.slice(0, 30)}\n${user.seed.slice(30)}`);
    const { folder, client } = await start({ 'user.creds': wrapped });
    const uri = folder.uri('user.creds');
    client.open(uri, wrapped, 'creds');
    const [finding] = await client.expect(uri, [`${seedLine}:0-${seedLine + 1}:28 creds/malformed-armour`]);
    assert.equal(client.sent.includes(user.seed.slice(30)), false);
    const [action] = await client.codeActions(uri, finding);
    assert.equal(action?.title, 'Write it as nsc does');
  });
});
