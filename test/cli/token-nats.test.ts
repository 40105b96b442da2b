// `authlint token` for NATS JWTs: the chain of trust of a server's configuration decides.
import assert from 'node:assert/strict';
import { Folder } from '../support/command-line.ts';
import { credentials, natsToken, operatorConf, party } from '../support/nats-tokens.ts';

const now = '2026-01-01T00:00:00Z';
const [operator, stranger, account, user] = [party('operator'), party('operator'), party('account'), party('user')];
const operatorToken = natsToken('operator', operator, operator);
const accountToken = natsToken('account', operator, account);
const userToken = natsToken('user', account, user);

interface Report {
  readonly code: number;
  readonly checks: readonly { readonly check: string; readonly outcome: string; readonly why: string }[];
  readonly verifiers: readonly { readonly name: string; readonly accepts: boolean | null; readonly why: readonly string[] }[];
}

describe('authlint token with NATS JWTs', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'nats.conf': operatorConf(operatorToken, [[account, accountToken]]),
      'user.creds': credentials(userToken, user.seed),
    });
  });
  afterEach(() => folder.remove());

  async function report(...args: readonly string[]): Promise<Report> {
    const { out, err, code } = await folder.run(['token', '--json', '--now', now, ...args]);
    assert.equal(`${out}${err}`.includes(user.seed), false);
    return { ...JSON.parse(out), code };
  }
  const outcome = ({ checks }: Report, name: string) => checks.find(({ check }) => check === name)?.outcome;

  it('asks every server of the folder', async () => {
    const found = await report('user.creds');
    assert.equal(found.code, 0);
    assert.deepEqual(found.verifiers, [{ name: 'NATS server of nats.conf', path: 'nats.conf', accepts: true, why: [] }]);
  });

  it('asks the server that is named first, and exits with 1 where it refuses', async () => {
    folder.put('other.conf', operatorConf(natsToken('operator', stranger, stranger), [[account, accountToken]]));
    const found = await report('user.creds', '--verify', 'nats=other.conf');
    assert.equal(found.code, 1);
    assert.deepEqual(
      found.verifiers.map(({ name, accepts }) => [name, accepts]),
      [
        ['NATS server of other.conf', false],
        ['NATS server of nats.conf', true],
      ],
    );
    assert.equal(outcome(found, 'issuer'), 'fail');
    assert.equal(outcome(found, 'signature'), 'pass');
  });

  it('says nothing final about tokens with which nobody logs in', async () => {
    for (const token of [operatorToken, accountToken]) {
      const found = await report(token, '--verify', 'nats=nats.conf');
      assert.equal(found.verifiers[0]?.accepts, null);
      assert.equal(outcome(found, 'issuer'), 'pass');
      assert.equal(found.code, 0);
    }
  });

  it('refuses what was changed, what has expired, and what is no NATS JWT', async () => {
    const changed = userToken.replace(/\.[^.]*$/, `.${'A'.repeat(86)}`);
    assert.equal((await report(changed, '--verify', 'nats=nats.conf')).verifiers[0]?.accepts, false);
    const expired = natsToken('user', account, user, {}, { exp: 1767139300 });
    const late = await report(expired, '--verify', 'nats=nats.conf');
    assert.equal(late.verifiers[0]?.accepts, false);
    assert.equal(outcome(late, 'issuer'), 'pass');
    const foreign = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"a"}').toString('base64url')}.${'A'.repeat(43)}`;
    assert.equal((await report(foreign, '--verify', 'nats=nats.conf')).verifiers[0]?.accepts, false);
  });

  it('finds the issues of the claims', async () => {
    const found = await report(natsToken('user', account, user, { src: ['10.0.0.0'] }), '--verify', 'nats=nats.conf');
    assert.equal(outcome(found, 'claims'), 'fail');
    assert.equal(found.verifiers[0]?.accepts, false);
  });

  it("looks for accounts in the resolver's folder, and cannot know others", async () => {
    folder.put('full.conf', `operator: ${operatorToken}\nresolver: { type: full, dir: "./jwt" }\nsystem_account: ${account.key}\n`);
    assert.equal((await report('user.creds', '--verify', 'nats=full.conf')).verifiers[0]?.accepts, null);
    folder.put(`jwt/${account.key}.jwt`, accountToken);
    assert.equal((await report('user.creds', '--verify', 'nats=full.conf')).verifiers[0]?.accepts, true);
  });

  it('takes the operator from a file', async () => {
    folder.put('operator.jwt', `-----BEGIN NATS OPERATOR JWT-----\n${operatorToken}\n------END NATS OPERATOR JWT------\n`);
    folder.put('file.conf', operatorConf('"./operator.jwt"', [[account, accountToken]]));
    assert.equal((await report('user.creds', '--verify', 'nats=file.conf')).verifiers[0]?.accepts, true);
  });

  it('says when a configuration checks no JWTs, or is not there', async () => {
    folder.put('plain.conf', 'port: 4222\n');
    for (const file of ['plain.conf', 'none.conf']) {
      const { code, err } = await folder.run(['token', userToken, '--verify', `nats=${file}`]);
      assert.equal(code, 2);
      assert.match(err, new RegExp(`nats=${file}: (cannot be read|it names no operator)`));
    }
  });
});
