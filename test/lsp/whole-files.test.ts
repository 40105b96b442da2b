// Requests of our own client about whole files: what takes effect, all fixes of a workspace, and what a real server has said.
import assert from 'node:assert/strict';
import {
  type CompareWithServerResult,
  compareWithServerRequest,
  type EffectiveConfigurationResult,
  effectiveConfigurationRequest,
  type FixWorkspaceResult,
  fixWorkspaceRequest,
} from '../../server/src/protocol.ts';
import { stopClients, TestClient, TestFolder } from './client.ts';

describe('requests about whole files', () => {
  afterEach(stopClients);

  it('show what takes effect, with what the editor has not saved, and no secret', async () => {
    const folder = new TestFolder({
      'nats.conf': 'include users.conf\n',
      'users.conf': 'authorization { user: a, password: correct-horse }\n',
    });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('nats.conf');
    client.open(uri, 'port: 4333\ninclude users.conf\n');
    await client.quiet();
    const result = await client.request<EffectiveConfigurationResult>(effectiveConfigurationRequest, { uri });
    assert.equal(result?.language, 'nats-conf');
    assert.match(result?.text ?? '', /^port: 4333 {2}# line 1$/m);
    assert.match(result?.text ?? '', /^ {2}password: <redacted> {2}# users\.conf:1$/m);
    const nothing = await client.request(effectiveConfigurationRequest, { uri: folder.uri('nowhere.conf') });
    assert.equal(nothing, null);
  });

  it('fix all files of a workspace until nothing changes', async () => {
    const folder = new TestFolder({
      '.authlint.yaml': 'natsServr: "2.14"\nrules:\n  jwt/expird: of\n',
      'nats.conf': 'max_conections: 5\n',
    });
    const client = await TestClient.start({ folders: [folder] });
    const uri = folder.uri('nats.conf');
    client.open(uri, 'max_conections: 7\n');
    await client.quiet();
    const { files } = await client.request<FixWorkspaceResult>(fixWorkspaceRequest, {});
    const changes = new Map(
      files.map(({ uri: file, version, isNew, edits }) => [file, { version, isNew, texts: edits.map(({ newText }) => newText) }]),
    );
    assert.deepEqual(changes.get(uri), { version: 1, isNew: false, texts: ['n'] });
    assert.deepEqual(changes.get(folder.uri('.authlint.yaml'))?.version, null);
    assert.equal(changes.size, 2);
  });

  describe('hold what a server has said against what Authlint says', () => {
    async function compare(text: string, exitCode: number, output: string, open = text): Promise<CompareWithServerResult> {
      const folder = new TestFolder({ 'nats.conf': text });
      const client = await TestClient.start({ folders: [folder] });
      const uri = folder.uri('nats.conf');
      client.open(uri, open);
      const said = output.replaceAll('FILE', `${folder.path}/nats.conf`);
      return client.request<CompareWithServerResult>(compareWithServerRequest, { uri, version: '2.15.2', exitCode, output: said });
    }

    it('both accept', async () => {
      const { outcome, message, places } = await compare('port: 4222\n', 0, 'nats-server: configuration file FILE is valid\n');
      assert.deepEqual([outcome, message, places], ['accepted', 'nats-server 2.15.2 accepts nats.conf.', []]);
    });

    it('both refuse, with the lines that the server names', async () => {
      const output = 'nats-server: FILE:2:1: unknown field "foo"\nFILE:3:1: unknown field "baz"\n\n';
      const { outcome, message, places } = await compare('port: 4222\nfoo: 1\n  baz: x\n', 1, output);
      assert.equal(outcome, 'refused');
      assert.equal(message, 'nats-server 2.15.2 refuses nats.conf, as Authlint says: unknown field "foo"');
      assert.deepEqual(
        places.map(({ range, message: words }) => [range.start.line, range.start.character, range.end.character, words]),
        [
          [1, 0, 6, 'unknown field "foo"'],
          [2, 2, 8, 'unknown field "baz"'],
        ],
      );
    });

    it('one refuses and the other does not: please report', async () => {
      const wrong = await compare('foo: 1\n', 0, '');
      assert.equal(wrong.outcome, 'disagreement');
      assert.match(
        wrong.message,
        /^nats-server 2\.15\.2 accepts nats\.conf, though Authlint says that it refuses it\..*please report it\.$/,
      );
      const missed = await compare('port: 4222\n', 1, 'nats-server: FILE:1:1: the port is unlucky\n');
      assert.equal(missed.outcome, 'disagreement');
      assert.match(missed.message, /Authlint did not see why: please report it\. The server says: the port is unlucky$/);
    });

    it('the machine is the obstacle', async () => {
      const text = 'tls { cert_file: a.pem, key_file: b.pem }\n';
      const said = 'nats-server: FILE:1:1: error parsing X509 certificate/key pair: open a.pem: no such file or directory\n';
      assert.equal((await compare(text, 1, said)).outcome, 'machine');
      const variable = "nats-server: variable reference for 'X' on line 1 can not be found\n";
      assert.equal((await compare('port: $X\n', 1, variable)).outcome, 'machine');
    });

    it('says that unsaved changes are not in it, and judges what is on the disk', async () => {
      const { outcome, message } = await compare('foo: 1\n', 1, 'nats-server: FILE:1:1: unknown field "foo"\n', 'port: 4222\n');
      assert.equal(outcome, 'refused');
      assert.match(message, /What was checked is on the disk: unsaved changes of nats\.conf are not in it\.$/);
    });

    it('says that -t does not try to start', async () => {
      const text =
        'accounts { A { users: [{ user: a, password: "$2a$11$kT8vQ2wL5nB9xC3mZ7rYpedQAFGejUCwa9bOoyKvuKRZuyXu18dA." }] } }\nno_auth_user: b\n';
      const { outcome, message } = await compare(text, 0, '');
      assert.equal(outcome, 'accepted');
      assert.match(message, /Yet it would not start with it/);
    });

    it('never repeats a secret', async () => {
      const text = 'authorization { user: a, password: correct-horse, timeout: correct-horse }\n';
      const { message, places } = await compare(text, 1, 'nats-server: FILE:1:51: error parsing "correct-horse"\n');
      assert.equal(JSON.stringify([message, places]).includes('correct-horse'), false);
      assert.equal(places[0]?.message, 'error parsing "***"');
    });
  });
});
