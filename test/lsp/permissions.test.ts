// Questions about permissions as an editor asks them: who is there, and what may they do.
import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver/node';
import { type AskPermissionsResult, askPermissionsRequest, type NatsUsersResult, natsUsersRequest } from '../../server/src/protocol.ts';
import { credentials, natsToken, operatorConf, party } from '../support/nats-tokens.ts';
import { stopClients, TestClient, TestFolder } from './client.ts';

const uri = 'untitled:nats.conf';
const text = `authorization { users: [
  { user: ana, password: hunter2, permissions: { publish: "a.>" } }
  { user: ben, password: hunter2 }
] }
`;

describe('permissions', () => {
  afterEach(stopClients);

  async function open(): Promise<TestClient> {
    const client = await TestClient.start({ initializationOptions: { commands: true } });
    client.open(uri, text, 'nats-conf');
    return client;
  }

  it('name the users of what is open', async () => {
    const client = await open();
    const { configurations } = await client.request<NatsUsersResult>(natsUsersRequest, { uri });
    const users = [
      { name: 'ana', account: '$G' },
      { name: 'ben', account: '$G' },
    ];
    assert.deepEqual(configurations, [{ uri, users }]);
  });

  it('answer for one user and for all, with the words that decide', async () => {
    const client = await open();
    const ask = (user?: string) =>
      client.request<AskPermissionsResult>(askPermissionsRequest, { configuration: uri, user, action: 'publish', subject: 'b' });
    const { verdicts } = await ask();
    assert.deepEqual(
      verdicts.map(({ user, allowed }) => [user, allowed]),
      [
        ['ana', false],
        ['ben', true],
      ],
    );
    const [ana] = (await ask('ana')).verdicts;
    assert.deepEqual([ana?.verdict, ana?.decision], ['`ana` may not publish to `b`.', 'No pattern that is allowed matches it.']);
    assert.deepEqual([ana?.uri, ana?.range], [uri, { start: { line: 1, character: 49 }, end: { line: 1, character: 56 } }]);
    assert.equal(JSON.stringify(verdicts).includes('hunter2'), false);
  });

  it('answer for users under operators whose credentials are at hand', async () => {
    const [operator, account, holder] = [party('operator'), party('account'), party('user')];
    const conf = operatorConf(natsToken('operator', operator, operator), [[account, natsToken('account', operator, account)]]);
    const creds = credentials(natsToken('user', account, holder, { pub: { allow: ['a.>'] } }, { name: 'ann' }), holder.seed);
    const folder = new TestFolder({ 'nats.conf': conf, 'keys/ann.creds': creds });
    const client = await TestClient.start({ folders: [folder] });
    const main = folder.uri('nats.conf');
    client.open(main, conf, 'nats-conf');
    await client.quiet();
    const { configurations } = await client.request<NatsUsersResult>(natsUsersRequest, { uri: main });
    assert.deepEqual(configurations, [{ uri: main, users: [{ name: 'ann', account: account.key }] }]);
    const question = { configuration: main, user: 'ann', action: 'publish', subject: 'b' };
    const { verdicts } = await client.request<AskPermissionsResult>(askPermissionsRequest, question);
    assert.deepEqual(
      verdicts.map(({ allowed, uri }) => [allowed, uri]),
      [[false, folder.uri('keys/ann.creds')]],
    );
    assert.equal(client.sent.includes(holder.seed), false);
  });

  it('know nothing of other files and of texts that are no subjects', async () => {
    const client = await open();
    const ask = (configuration: string, subject: string) =>
      client.request<AskPermissionsResult | null>(askPermissionsRequest, { configuration, action: 'publish', subject });
    assert.equal(await ask('untitled:other.conf', 'a'), null);
    assert.equal(await ask(uri, 'a..b'), null);
  });

  it('stand above users, with a way to try a subject', async () => {
    const client = await open();
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [
        ['may publish 1 pattern, subscribe to everything · Test a subject…', 'authlint.testPermission'],
        ['Test a subject…', 'authlint.testPermission'],
      ],
    );
  });
});
