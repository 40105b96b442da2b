// Hover and the report on a token: what they say, and what they must never say.
import assert from 'node:assert/strict';
import type { CodeLens, Hover, MarkupContent } from 'vscode-languageserver/node';
import { checkTokenRequest, explainErrorRequest, type TokenAtResult, tokenAtRequest } from '../../server/src/protocol.ts';
import { signed, unverifiable } from '../support/tokens.ts';
import { stopClients, TestClient, TestFolder, testSignature, token } from './client.ts';

const uri = 'untitled:notes.txt';
const ada = token({ sub: 'ada', exp: 4_000_000_000 });

/** What is said of a token in the first line of a file. */
async function textAt(client: TestClient, file: string): Promise<string> {
  const params = { textDocument: { uri: file }, position: { line: 0, character: 20 } };
  const hover = await client.request<Hover | null>('textDocument/hover', params);
  return ((hover?.contents ?? {}) as MarkupContent).value;
}

/** The same once it speaks of the workspace: a hover does without what takes long. */
async function inWorkspace(client: TestClient, file: string): Promise<string> {
  for (;;) {
    const text = await textAt(client, file);
    if (text.includes('In this workspace')) return text;
  }
}

describe('hover', () => {
  afterEach(stopClients);

  const hoverAt = (client: TestClient, line: number, character: number) =>
    client.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });

  it('decodes a token, over exactly the token', async () => {
    const client = await TestClient.start();
    client.open(uri, `first\n🔑 ${ada} last`);
    const hover = await hoverAt(client, 1, 20);
    assert.deepEqual(hover?.range, { start: { line: 1, character: 3 }, end: { line: 1, character: 3 + ada.length } });
    const { kind, value } = (hover?.contents ?? {}) as MarkupContent;
    assert.equal(kind, 'markdown');
    assert.match(value, /ada/);
    assert.match(value, /HS256/);
    assert.equal(value.includes(testSignature), false);
    assert.equal(value.includes(ada.split('.')[1] as string), false);
  });

  it('says who in the workspace accepts it, and why the others do not', async () => {
    const secret = 'kP9-x2Lw_7Qz.4Rt8vYb1NmC6sDf3GhJ0';
    const service = (audience: string) =>
      `    image: acme/gateway\n    environment: { JWT_SECRET: ${secret}, JWT_ISSUER: shop, JWT_AUDIENCE: ${audience} }\n`;
    const folder = new TestFolder({ 'compose.yaml': `services:\n  orders:\n${service('orders')}  billing:\n${service('billing')}` });
    const client = await TestClient.start({ folders: [folder] });
    const jwt = await signed({ iss: 'shop', sub: 'ada', aud: 'orders', exp: 4_000_000_000 }, new TextEncoder().encode(secret), {
      alg: 'HS256',
    });
    const file = folder.uri('try.sh');
    client.open(file, `TOKEN=${jwt}\n`);
    const value = await inWorkspace(client, file);
    assert.match(
      value,
      /In this workspace:\n\n- `service orders` \(`compose.yaml`\) accepts it\.\n- `service billing` \(`compose.yaml`\) refuses it: .*aud/,
    );
    for (const hidden of [secret, ...jwt.split('.')]) assert.ok(!value.includes(hidden));
  });

  it('names those together who refuse it for the same reason, and nobody to whom no such token would be shown', async () => {
    const service =
      '    image: acme/gateway\n    environment: { JWT_SECRET: kP9-x2Lw_7Qz.4Rt8vYb1NmC6sDf3GhJ0, JWT_ISSUER: shop, JWT_AUDIENCE: api }\n';
    const folder = new TestFolder({ 'compose.yaml': `services:\n  orders:\n${service}  billing:\n${service}` });
    const client = await TestClient.start({ folders: [folder] });
    client.open(folder.uri('try.sh'), `TOKEN=${ada}`);
    assert.match(
      await inWorkspace(client, folder.uri('try.sh')),
      /\n- `service orders` \(`compose.yaml`\) and `service billing` \(`compose.yaml`\) refuse it: .*$/,
    );
    const nats = token({ sub: 'U', iss: 'A', nats: { type: 'user', version: 2 } }, { alg: 'ed25519-nkey', typ: 'JWT' });
    client.open(folder.uri('nats.sh'), `TOKEN=${nats}`);
    assert.doesNotMatch(await textAt(client, folder.uri('nats.sh')), /In this workspace/);
  });

  it('says nothing elsewhere', async () => {
    const client = await TestClient.start();
    client.open(uri, `first\n${ada}\n`);
    assert.equal(await hoverAt(client, 0, 2), null);
    assert.equal(await hoverAt(client, 77, 2), null);
    client.close(uri);
    assert.equal(await hoverAt(client, 1, 2), null);
  });

  it('speaks plainly to a client that knows no Markdown', async () => {
    const client = await TestClient.start({ capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } } });
    client.open(uri, ada);
    const hover = await hoverAt(client, 0, 2);
    assert.equal((hover?.contents as MarkupContent | undefined)?.kind, 'plaintext');
  });
});

describe('the token at a place', () => {
  afterEach(stopClients);

  it('comes in one piece, whatever piece of it the place is in', async () => {
    const client = await TestClient.start();
    const whole = unverifiable({ sub: 'ada' });
    const [a, b] = [whole.slice(0, 40), whole.slice(40)];
    client.open(uri, `t = "${a}" +\n  "${b}"\nend\n`);
    const at = (offset: number) => client.request<TokenAtResult>(tokenAtRequest, { uri, offset });
    for (const offset of [5, 30, 60]) assert.equal(await at(offset), whole);
    for (const offset of [0, a.length + b.length + 20]) assert.equal(await at(offset), null);
    assert.equal(await client.request<TokenAtResult>(tokenAtRequest, { uri: 'untitled:other', offset: 5 }), null);
  });

  it('is what the lenses above it say, and no token is in their arguments', async () => {
    const client = await TestClient.start({ initializationOptions: { commands: true } });
    client.open(uri, `\n${ada}\n`);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [
        ['Decode JWT', 'authlint.decodeToken'],
        ['Check token', 'authlint.checkToken'],
      ],
    );
    assert.ok(!JSON.stringify(lenses).includes(testSignature));
    const [place] = lenses[0]?.command?.arguments ?? [];
    assert.equal(await client.request<TokenAtResult>(tokenAtRequest, { uri: place.file, offset: place.offset }), ada);
  });
});

describe('errors in logs', () => {
  afterEach(stopClients);

  it('are explained on hover, over the line; other files and other lines are not', async () => {
    const client = await TestClient.start();
    const log = 'started\n[ERR] 10.0.0.1 - cid:5 - "SHOP/user:ada" - Publish Violation - Subject "orders.new"\n';
    const at = (name: string, line: number) =>
      client.request<Hover | null>('textDocument/hover', { textDocument: { uri: name }, position: { line, character: 8 } });
    for (const name of ['untitled:server.log', 'untitled:notes.md']) client.open(name, log);
    const hover = await at('untitled:server.log', 1);
    assert.match((hover?.contents as MarkupContent | undefined)?.value ?? '', /^\*\*The user may not publish to this subject\.\*\* /);
    assert.deepEqual(hover?.range, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: (log.split('\n')[1] as string).length },
    });
    assert.equal(await at('untitled:server.log', 0), null);
    assert.equal(await at('untitled:notes.md', 1), null);
  });

  it('are explained by the folders that are open, wherever somebody has pasted them', async () => {
    const folder = new TestFolder({
      'nats.conf': 'authorization { users: [ { user: ada, password: $ADA, permissions: { publish: "data.>" } } ] }\n',
    });
    const client = await TestClient.start({ folders: [folder] });
    const text = 'Permissions Violation for Publish to "orders.new"';
    client.open('untitled:Untitled-1', text, 'plaintext');
    const explained = await client.request<{ markdown: string } | null>(explainErrorRequest, { text, uri: 'untitled:Untitled-1' });
    assert.match(explained?.markdown ?? '', /\[nats\.conf:1\]/);
  });

  it('are explained on request, with links to the words that decide', async () => {
    const client = await TestClient.start();
    client.open(
      'untitled:nats.conf',
      'authorization { users = [\n  { user: ada, password: $ADA, permissions: { publish: "data.>" } }\n] }\n',
      'nats-conf',
    );
    const text = 'Permissions Violation for Publish to "orders.new"';
    const explained = await client.request<{ markdown: string } | null>(explainErrorRequest, { text, uri: 'untitled:nats.conf' });
    assert.match(
      explained?.markdown ?? '',
      /- \[[^\]]*nats\.conf:2\]\(untitled:[^)]*nats\.conf#L2,\d+\): `ada` may not publish to `orders\.new`/,
    );
    assert.equal(await client.request(explainErrorRequest, { text: 'all is well' }), null);
  });
});

describe('check token', () => {
  afterEach(stopClients);

  it('reports on a token and keeps it secret', async () => {
    const client = await TestClient.start();
    const { markdown } = await client.request<{ markdown: string }>(checkTokenRequest, { token: ada });
    assert.match(markdown, /ada/);
    assert.equal(markdown.includes(testSignature), false);
  });

  it('says kindly that a text is no token', async () => {
    const client = await TestClient.start();
    const { markdown } = await client.request<{ markdown: string }>(checkTokenRequest, { token: 'hunter2-hunter2' });
    assert.match(markdown, /no token/);
    assert.equal(markdown.includes('hunter2'), false);
  });
});
