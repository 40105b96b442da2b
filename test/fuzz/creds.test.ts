// Hostile texts under the names of credentials: nothing throws, and time grows with the text's length only.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { credentials, natsToken, party } from '../support/nats-tokens.ts';

const [account, user] = [party('account'), party('user')];
const file = credentials(natsToken('user', account, user), user.seed);
const many = 60_000;
const hostile: Readonly<Record<string, string>> = {
  dashes: '-'.repeat(many),
  'dashes that begin': `${'-'.repeat(many)}BEGIN`,
  'dashes with words between': '---BEGIN NATS USER JWT--- '.repeat(many / 20),
  'words without an end': `-----BEGIN ${'A '.repeat(many)}`,
  'empty lines': `-----BEGIN USER NKEY SEED-----\n${'\n'.repeat(many)}`,
  'lines of dashes': '------\n'.repeat(many / 4),
  'half a seed': 'SU'.repeat(many),
  'white space': `eyJ${' '.repeat(many)}\t\r\n`,
  'no text': '',
};

describe('hostile credentials', () => {
  const findings = (text: string) => {
    const analyzer = new Analyzer(() => 0);
    analyzer.setFile({ id: 'file:///w/user.creds', text });
    const { findings } = analyzer.result('file:///w/user.creds');
    assert.deepEqual(analyzer.faults(), []);
    return findings;
  };

  for (const [name, text] of Object.entries(hostile)) {
    it(name, () => void findings(text)).timeout(30_000);
  }

  it('cut at every place', () => {
    for (let end = 0; end < file.length; end += 7) {
      for (const { span, message } of findings(file.slice(0, end))) {
        assert.ok(span.start >= 0 && span.end <= end && span.start <= span.end, message);
        assert.equal(message.includes(user.seed), false);
      }
    }
  }).timeout(60_000);
});
