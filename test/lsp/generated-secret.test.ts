// A new secret is made when somebody chooses that, stands in `.env` alone, and nobody else is told.
import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import { applied, stopClients, TestClient, TestFolder } from './client.ts';

const compose = 'services:\n  gateway:\n    image: example/gateway:1\n    environment:\n      JWT_SECRET: changeme\n';

async function generating(files: Readonly<Record<string, string>>, open: string, language: string, rule: string) {
  const folder = new TestFolder(files);
  const client = await TestClient.start({ folders: [folder] });
  const uri = folder.uri(open);
  client.open(uri, files[open] ?? '', language);
  const find = () => client.diagnostics.get(uri)?.diagnostics.find(({ code }) => code === rule);
  await client.until(() => find() !== undefined);
  const action = (await client.codeActions(uri, find())).find(({ title }) => title.startsWith('Generate a strong secret'));
  assert.ok(action);
  assert.equal(action.edit, undefined);
  const resolved = await client.request<CodeAction>('codeAction/resolve', action);
  return { client, folder, uri, resolved };
}

function secretIn(text: string): string {
  const secret = /^JWT_SECRET=([\w+/]{88})$/m.exec(text)?.[1];
  assert.ok(secret, 'there is a new secret');
  return secret;
}

describe('a generated secret', () => {
  afterEach(stopClients);

  it('goes into .env, and the Compose file requires it', async () => {
    const files = { 'compose.yaml': compose, '.env': 'OTHER=1' };
    const { client, folder, uri, resolved } = await generating(files, 'compose.yaml', 'yaml', 'compose/weak-jwt-secret');
    assert.equal(applied(resolved, uri, compose), compose.replace('changeme', '${JWT_SECRET:?set JWT_SECRET in .env}'));
    const dotenv = applied(resolved, folder.uri('.env'), files['.env']);
    assert.match(dotenv, /^OTHER=1\nJWT_SECRET=/);
    const secret = secretIn(dotenv);
    assert.ok(!client.logs.join('\n').includes(secret) && !client.errors.includes(secret));
    assert.ok(!JSON.stringify([...client.diagnostics.values()]).includes(secret));
  });

  it('is another one each time', async () => {
    const files = { 'compose.yaml': compose, '.env': '' };
    const one = await generating(files, 'compose.yaml', 'yaml', 'compose/weak-jwt-secret');
    const other = await generating(files, 'compose.yaml', 'yaml', 'compose/weak-jwt-secret');
    assert.notEqual(
      secretIn(applied(one.resolved, one.folder.uri('.env'), '')),
      secretIn(applied(other.resolved, other.folder.uri('.env'), '')),
    );
  });

  it('fills a variable that nothing sets', async () => {
    const text = compose.replace('changeme', '${JWT_SECRET}');
    const { uri, folder, resolved } = await generating(
      { 'compose.yaml': text, '.env': '' },
      'compose.yaml',
      'yaml',
      'compose/undefined-variable',
    );
    assert.equal(applied(resolved, uri, text), compose.replace('changeme', '${JWT_SECRET:?set JWT_SECRET in .env}'));
    secretIn(applied(resolved, folder.uri('.env'), ''));
  });

  it('replaces a weak one in .env', async () => {
    const text = 'A=1\nJWT_SECRET="shortXq7" # mine\nB=2\n';
    const { uri, resolved } = await generating({ '.env': text }, '.env', 'dotenv', 'dotenv/weak-secret');
    const changed = applied(resolved, uri, text);
    assert.equal(changed.replace(/=[\w+/]{88} /, '="shortXq7" '), text);
  });

  it('is the same for every service that shared the old one', async () => {
    const service = (name: string, environment: string) => `  ${name}:\n    image: example/${name}:1\n    environment: ${environment}\n`;
    const text = [
      'x-auth: &auth\n  JWT_SECRET: changeme\nservices:\n',
      service('gateway', '\n      <<: *auth'),
      service('orders', '\n      <<: *auth'),
      service('users', '{JWT_SECRET: changeme, NODE_ENV: x}'),
      service('mail', '[NODE_ENV=x, JWT_SECRET=changeme]'),
      service('shop', '\n      - JWT_SECRET=${SHOP_SECRET}'),
      service('other', '\n      JWT_SECRET: another-one-of-its-own'),
      service('graphql', `\n      HASURA_GRAPHQL_JWT_SECRET: '{"type":"HS256","key":"changeme"}'`),
      '    env_file: graphql.env\n',
      service('jobs', '{}').replace('environment: {}', 'env_file: jobs.env'),
    ].join('');
    const files = { 'compose.yaml': text, '.env': 'SHOP_SECRET=changeme\n', 'jobs.env': 'JWT_SECRET=changeme\n', 'graphql.env': 'A=b\n' };
    const { folder, uri, resolved } = await generating(files, 'compose.yaml', 'yaml', 'compose/weak-jwt-secret');
    const required = '${JWT_SECRET:?set JWT_SECRET in .env}';
    const expected = text
      .replace('JWT_SECRET: changeme\n', `JWT_SECRET: ${required}\n`)
      .replace('{JWT_SECRET: changeme,', `{JWT_SECRET: "${required}",`)
      .replace('JWT_SECRET=changeme]', `"JWT_SECRET=${required}"]`)
      .replace('"key":"changeme"', `"key":"${required}"`);
    assert.equal(applied(resolved, uri, text), expected);
    const dotenv = applied(resolved, folder.uri('.env'), files['.env']);
    const secret = secretIn(dotenv);
    assert.equal(dotenv, `SHOP_SECRET=${secret}\nJWT_SECRET=${secret}\n`);
    assert.equal(applied(resolved, folder.uri('jobs.env'), files['jobs.env']), `JWT_SECRET=${secret}\n`);
  });
});
