// A password becomes its hash when somebody chooses that, and not before.
import assert from 'node:assert/strict';
import { compare } from 'bcryptjs';
import type { CodeAction } from 'vscode-languageserver/node';
import { applied, fullCapabilities, stopClients, TestClient } from './client.ts';

const uri = 'file:///nowhere/nats.conf';
// Made up on the spot: no password of anybody.
const password = `p${Math.random().toString(36).slice(2)}`;
const text = `listen: 127.0.0.1:4222\nauthorization { users: [ { user: shop, password: "${password}" } ] }\n`;

describe('fixes that take work', () => {
  afterEach(stopClients);

  async function hashing(client: TestClient, content = text): Promise<CodeAction | undefined> {
    client.open(uri, content, 'nats-conf');
    while (!client.diagnostics.get(uri)) await new Promise(next => setTimeout(next, 10));
    const diagnostic = client.diagnostics.get(uri)?.diagnostics.find(({ code }) => code === 'nats/plaintext-password');
    assert.ok(diagnostic);
    return (await client.codeActions(uri, diagnostic)).find(({ title }) => title.includes('bcrypt'));
  }

  it('hash a password once they are chosen', async () => {
    const client = await TestClient.start();
    const action = await hashing(client);
    assert.ok(action);
    assert.equal(action.edit, undefined);
    assert.ok(!JSON.stringify(action).includes(password));
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    const changed = applied(resolved, uri, text);
    const hash = /password: "(\$2[aby]\$11\$[^"]{53})"/.exec(changed)?.[1];
    assert.ok(hash, changed.replaceAll(password, '***'));
    assert.ok(await compare(password, hash));
    assert.ok(!changed.includes(password));
  });

  it('do nothing once the text has changed', async () => {
    const client = await TestClient.start();
    const action = await hashing(client);
    client.change(uri, { text: text.replace(password, `${password}2`) });
    const resolved = await client.request<CodeAction>('codeAction/resolve', { ...action, data: { ...action?.data, start: 0 } });
    assert.equal(resolved.edit, undefined);
  });

  it('are for editors that ask again', async () => {
    const { codeAction: _, ...textDocument } = fullCapabilities.textDocument;
    const client = await TestClient.start({ capabilities: { ...fullCapabilities, textDocument } });
    assert.equal(await hashing(client), undefined);
  });

  it('are not for passwords that bcrypt would cut', async () => {
    const client = await TestClient.start();
    assert.equal(await hashing(client, text.replace(password, password.repeat(20))), undefined);
  });
});
