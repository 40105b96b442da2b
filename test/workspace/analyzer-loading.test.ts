// An analyzer whose files arrive one after the other, as in an editor: what it says must never be about a part of the whole.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const root = 'file:///ws/';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'ada' })}.`;
const rulesOf = (analyzer: Analyzer, name: string) => analyzer.result(root + name).findings.map(({ rule }) => rule);

describe('analyzer', () => {
  it('calls no suppression unused before everything is loaded', () => {
    const analyzer = new Analyzer(() => 0);
    analyzer.setComplete(false);
    analyzer.setFile({ id: `${root}a.sh`, text: '# authlint: allow jwt/expired\n' });
    assert.deepEqual(rulesOf(analyzer, 'a.sh'), []);
    analyzer.setComplete(true);
    assert.deepEqual(rulesOf(analyzer, 'a.sh'), ['workspace/unused-suppression']);
  });

  it('says what one file says by itself while others are missing', () => {
    const analyzer = new Analyzer(() => 0);
    analyzer.setComplete(false);
    analyzer.setFile({ id: `${root}a.sh`, text: `echo ${unsigned}` });
    assert.deepEqual(rulesOf(analyzer, 'a.sh'), ['jwt/alg-none']);
  });

  it('forgets a file, and what it said', () => {
    const analyzer = new Analyzer(() => 0);
    analyzer.setFile({ id: `${root}a.sh`, text: `echo ${unsigned}` });
    analyzer.forget(`${root}a.sh`);
    analyzer.forget(`${root}never-there`);
    assert.deepEqual(analyzer.files(), []);
    assert.deepEqual(rulesOf(analyzer, 'a.sh'), []);
  });

  it('wishes again for a forgotten file that somebody reads', () => {
    const analyzer = new Analyzer(() => 0);
    analyzer.setFile({ id: `${root}nats.conf`, text: 'include "users.conf"\n' });
    assert.deepEqual(analyzer.wanted(), [`${root}users.conf`]);
    analyzer.setAbsent(`${root}users.conf`);
    assert.deepEqual(analyzer.wanted(), []);
    analyzer.forget(`${root}users.conf`);
    assert.deepEqual(analyzer.wanted(), [`${root}users.conf`]);
  });

  it('takes what it wishes for at once from who can give it, and what that wishes for', () => {
    const analyzer = new Analyzer(() => 0);
    const texts = new Map([
      [`${root}users.conf`, 'authorization { include "one.conf" }\n'],
      [`${root}one.conf`, 'user: ada, pasword: b\n'],
    ]);
    const asked: string[] = [];
    const readNow = (id: string) => {
      asked.push(id);
      return texts.get(id);
    };
    analyzer.setFile({ id: `${root}nats.conf`, text: 'include "users.conf"\ninclude "absent.conf"\n' });
    assert.deepEqual(analyzer.wanted(readNow), []);
    assert.deepEqual(asked.sort(), [`${root}absent.conf`, ...[...texts.keys()].sort()]);
    assert.deepEqual(rulesOf(analyzer, 'one.conf'), ['nats/unknown-field']);
  });

  it('hovers where a language has something to say', () => {
    const analyzer = new Analyzer(() => 0);
    const text = `echo ${unsigned}`;
    analyzer.setFile({ id: `${root}a.sh`, text });
    assert.deepEqual(
      analyzer.hovers(`${root}a.sh`, 9).map(({ span }) => span),
      [{ start: 5, end: text.length }],
    );
    assert.deepEqual(analyzer.hovers(`${root}a.sh`, 1), []);
    assert.deepEqual(analyzer.hovers(`${root}b.sh`, 1), []);
  });
});
