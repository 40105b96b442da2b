// Credentials beside the servers of a workspace: who is asked, how sure the answer is, and that it follows every change.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { credentials, natsToken, operatorConf, party } from '../support/nats-tokens.ts';

const now = Date.parse('2026-01-01');
const [operator, account, user] = [party('operator'), party('account'), party('user')];
const operatorToken = natsToken('operator', operator, operator);
const userToken = natsToken('user', account, user);
const good = natsToken('account', operator, account);
const revoked = natsToken('account', operator, account, { revocations: { [user.key]: 1767139200 } });
const confWith = (token: string) => operatorConf(operatorToken, [[account, token]]);

function open(files: Readonly<Record<string, string>>): { analyzer: Analyzer; said: (name?: string) => string[] } {
  const analyzer = new Analyzer(() => now);
  for (const [name, text] of Object.entries(files)) analyzer.setFile({ id: `file:///w/${name}`, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  const said = (name = 'user.creds') =>
    analyzer
      .result(`file:///w/${name}`)
      .findings.flatMap(({ rule, severity }) => (/^creds\/(not|exp)/.test(rule) ? [`${rule} ${severity}`] : []));
  return { analyzer, said };
}

describe('credentials and the servers of a workspace', () => {
  const file = credentials(userToken, user.seed);

  it('are refused by the server that knows the account, with its place', () => {
    const { analyzer, said } = open({ 'nats.conf': confWith(revoked), 'user.creds': file });
    assert.deepEqual(said(), ['creds/not-accepted error']);
    const [finding] = analyzer.result('file:///w/user.creds').findings.filter(({ rule }) => rule === 'creds/not-accepted');
    const [place] = finding?.related ?? [];
    assert.equal(place?.file, 'file:///w/nats.conf');
    assert.equal(confWith(revoked).slice(place?.span.start, place?.span.end), revoked);
  });

  it('are fine as soon as one server takes them', () => {
    assert.deepEqual(open({ 'a.nats.conf': confWith(revoked), 'b.nats.conf': confWith(good), 'user.creds': file }).said(), []);
  });

  it('are doubted only, where a resolver may know better', () => {
    const conf = confWith(revoked).replace('MEMORY', '{ type: full, dir: "./jwt" }');
    assert.deepEqual(open({ 'nats.conf': conf, 'user.creds': file }).said(), ['creds/not-accepted warning']);
  });

  it('are information in a fixture', () => {
    const files = { 'nats.conf': confWith(revoked), 'test/fixtures/user.creds': file };
    assert.deepEqual(open(files).said('test/fixtures/user.creds'), ['creds/not-accepted information']);
  });

  it('are judged again when the account changes', () => {
    const { analyzer, said } = open({ 'nats.conf': confWith(revoked), 'user.creds': file });
    analyzer.setFile({ id: 'file:///w/nats.conf', text: confWith(good) });
    assert.deepEqual(said(), []);
    analyzer.setFile({ id: 'file:///w/nats.conf', text: confWith(natsToken('account', operator, account, {}, { exp: 1767139200 })) });
    assert.deepEqual(said(), ['creds/expired error']);
  });

  it('are judged again when an account ends', () => {
    const { analyzer } = open({
      'nats.conf': confWith(natsToken('account', operator, account, {}, { exp: now / 1000 + 60 })),
      'user.creds': file,
    });
    assert.equal(analyzer.recheckAt(), now + 61_000);
  });

  it('are left alone where nobody knows their account, or who signs', () => {
    const stranger = party('account');
    const other = operatorConf(operatorToken, [[stranger, natsToken('account', operator, stranger)]]);
    assert.deepEqual(open({ 'nats.conf': other, 'user.creds': file }).said(), []);
    const elsewhere = operatorConf('"/etc/nats/operator.jwt"', [[account, revoked]]);
    assert.deepEqual(open({ 'nats.conf': elsewhere, 'user.creds': file }).said(), []);
  });
});

describe('the system account of a server under an operator', () => {
  it('becomes the one that the operator names', () => {
    const [system, slip] = [party('account'), party('account')];
    const token = natsToken('operator', operator, operator, { system_account: system.key });
    const text = operatorConf(token, [[system, natsToken('account', operator, system)]], `system_account: "${slip.key}"\n`);
    const { analyzer } = open({ 'nats.conf': text });
    const [finding] = analyzer.result('file:///w/nats.conf').findings.filter(({ rule }) => rule === 'nats/operator-conflict');
    const fix = finding?.fixes.find(({ title }) => title === 'Write the account that the operator names');
    assert.equal(applyEdits(text, fix?.edits() ?? []), text.replace(`"${slip.key}"`, system.key));
  });
});
