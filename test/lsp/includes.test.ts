// Files that are parts of others, or that others read: a change in one of them shows in the other, whoever made it.
import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver/node';
import { type LanguageOfResult, languageOfRequest } from '../../server/src/protocol.ts';
import { applied, stopClients, TestClient, TestFolder } from './client.ts';

const about = /^nats\/(unknown-field|include-error|unresolved-variable|option-too-new)$/;
const unknownAt = (place: string) => `${place} nats/unknown-field`;

describe('files that belong together', () => {
  afterEach(stopClients);

  it('are judged as one, in the editor and on the disk', async () => {
    const folder = new TestFolder({ 'nats.conf': 'include "parts/extra.conf"\n', 'parts/extra.conf': 'ping_intervall: 10\n' });
    const client = await TestClient.start({ folders: [folder] });
    client.about = about;
    const [main, part] = [folder.uri('nats.conf'), folder.uri('parts/extra.conf')];
    await client.expect(part, [unknownAt('0:0-0:14')]);
    client.open(part, '\nping_intervall: 10\n', 'nats-conf');
    await client.expect(part, [unknownAt('1:0-1:14')], 1);
    client.open(main, 'include "parts/other.conf"\n', 'nats-conf');
    const [missing] = await client.expect(main, ['0:9-0:25 nats/include-error'], 1);
    assert.equal(missing?.severity, 1);
    folder.put('parts/other.conf', 'max_payloads: 1\n');
    client.watched([folder.uri('parts/other.conf'), 1]);
    await client.expect(main, []);
    await client.expect(folder.uri('parts/other.conf'), [unknownAt('0:0-0:12')]);
    client.close(main);
    await client.expect(part, [unknownAt('1:0-1:14')]);
  });

  it('are of one language, whatever the editor takes them for', async () => {
    const texts = {
      'nats.conf': 'authorization { include "parts/users.inc" }\n',
      'parts/users.inc': 'users = []\n',
      'app.conf': 'colour = blue\n',
    };
    const folder = new TestFolder(texts);
    const client = await TestClient.start({ folders: [folder] });
    const languageOf = (name: string) => client.request<LanguageOfResult>(languageOfRequest, { uri: folder.uri(name) });
    client.open(folder.uri('parts/users.inc'), texts['parts/users.inc'], 'plaintext');
    client.open(folder.uri('app.conf'), texts['app.conf'], 'properties');
    assert.equal(await languageOf('parts/users.inc'), 'nats-conf');
    assert.equal(await languageOf('app.conf'), null);
    const at = (name: string) => ({ textDocument: { uri: folder.uri(name) }, position: { line: 0, character: 2 } });
    const hover = await client.request<Hover | null>('textDocument/hover', at('parts/users.inc'));
    assert.match(JSON.stringify(hover), /Users of/);
    assert.equal(await client.request('textDocument/hover', at('app.conf')), null);
  });

  it('feed the judgement while git ignores them', async () => {
    const folder = new TestFolder({
      '.gitignore': 'secret.conf\n',
      'nats.conf': 'include "secret.conf"\nport: $PORT\n',
      'secret.conf': 'PORT: 4222\n',
    });
    const client = await TestClient.start({ folders: [folder] });
    client.about = about;
    const [main, secret] = [folder.uri('nats.conf'), folder.uri('secret.conf')];
    client.open(main, 'include "secret.conf"\nport: $PORT\n', 'nats-conf');
    await client.expect(main, [], 1);
    folder.put('secret.conf', 'PRT: 4222\n');
    client.watched([secret, 2]);
    const named = (uri: string, rule: string) => client.diagnostics.get(uri)?.diagnostics.some(({ code }) => code === rule) ?? false;
    await client.until(() => named(main, 'nats/unresolved-variable'));
    assert.equal(client.diagnostics.has(secret), false, 'an ignored file is shown');
    client.open(secret, 'PORT: 4222\n', 'nats-conf');
    await client.expect(main, []);
    client.close(secret);
    await client.until(() => named(main, 'nats/unresolved-variable'));
    folder.delete('secret.conf');
    client.watched([secret, 3]);
    await client.until(() => named(main, 'nats/include-error'));
    folder.put('secret.conf', 'PORT: 4222\n');
    client.watched([secret, 1]);
    await client.expect(main, []);
  });

  it('are found beside a lone document', async () => {
    const folder = new TestFolder({ 'parts/extra.conf': 'ping_intervall: 10\n', 'unrelated.conf': 'max_payloads: 1\n' });
    const client = await TestClient.start();
    client.about = about;
    const main = folder.uri('nats.conf');
    client.open(main, 'include "parts/extra.conf"\nmax_payloads: 1\n', 'nats-conf');
    await client.expect(main, [unknownAt('1:0-1:12')], 1);
    client.open(main, 'include "parts/missing.conf"\n', 'nats-conf');
    await client.expect(main, ['0:9-0:27 nats/include-error'], 1);
    assert.deepEqual([...client.diagnostics.keys()], [main]);
  });

  it('are not missed by a document that is nowhere', async () => {
    const client = await TestClient.start();
    client.about = about;
    client.open('untitled:nats.conf', 'include "anywhere.conf"\nmax_payloads: 1\n', 'nats-conf');
    await client.expect('untitled:nats.conf', [unknownAt('1:0-1:12')], 1);
  });
});

describe('the language of a document', () => {
  afterEach(stopClients);

  it('is what the editor says where nothing else tells', async () => {
    const folder = new TestFolder();
    const client = await TestClient.start({ folders: [folder] });
    client.about = about;
    const [named, unnamed] = [folder.uri('one.cfg'), folder.uri('two.cfg')];
    client.open(unnamed, 'max_payloads: 1\n', 'plaintext');
    client.open(named, 'max_payloads: 1\n', 'nats-conf');
    await client.expect(named, [unknownAt('0:0-0:12')], 1);
    await client.expect(unnamed, [], 1);
  });

  it('is what its name says, whatever the editor calls it', async () => {
    const client = await TestClient.start();
    client.about = about;
    for (const language of ['properties', 'plaintext', 'conf', 'yaml', 'nats-conf']) {
      const uri = `untitled:${language}/nats.conf`;
      client.open(uri, 'max_payloads: 1\n', language);
      await client.expect(uri, [unknownAt('0:0-0:12')], 1);
    }
  });
});

describe('the version of nats-server', () => {
  afterEach(stopClients);

  const text = 'jetstream { store_dir: "/data", strict: true }\n';
  const tooNew = (client: TestClient, uri: string) =>
    client.diagnostics.get(uri)?.diagnostics.some(({ code }) => code === 'nats/option-too-new') ?? false;

  it('comes from the configuration, unless the editor overrides it', async () => {
    const folder = new TestFolder({ '.authlint.yaml': 'natsServer: "2.9"\n', 'nats.conf': text });
    const client = await TestClient.start({ folders: [folder] });
    client.about = about;
    const uri = folder.uri('nats.conf');
    await client.until(() => tooNew(client, uri));
    client.settings = { natsServer: '2.14' };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => !tooNew(client, uri));
    client.settings = { natsServer: '' };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => tooNew(client, uri));
  });

  it('comes with the first request too', async () => {
    const folder = new TestFolder({ 'nats.conf': text });
    const client = await TestClient.start({ folders: [folder], initializationOptions: { natsServer: '2.9' } });
    client.about = about;
    await client.until(() => tooNew(client, folder.uri('nats.conf')));
  });
});

describe('a fix', () => {
  afterEach(stopClients);

  it('in a NATS configuration is an edit of its text alone', async () => {
    const client = await TestClient.start();
    client.about = about;
    const uri = 'untitled:nats.conf';
    const text = 'port: 4222\r\nmax_payloads: 1048576\r\n';
    client.open(uri, text, 'nats-conf');
    const [diagnostic] = await client.expect(uri, [unknownAt('1:0-1:12')], 1);
    const [fix] = await client.codeActions(uri, diagnostic, ['quickfix']);
    assert.equal(applied(fix, uri, text), 'port: 4222\r\nmax_payload: 1048576\r\n');
  });
});
