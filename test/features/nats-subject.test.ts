// Subjects and patterns, compared with what they match of all short subjects: whoever names a set of subjects must mean that set.
import assert from 'node:assert/strict';
import {
  coversSubject,
  intersectSubjects,
  isValidSubject,
  matchesSubject,
  narrowestCover,
  subjectsOverlap,
  subtractSubject,
  withoutCovered,
} from '../../server/src/core/nats-auth/subject.ts';
import { SubjectIndex } from '../../server/src/core/nats-auth/subject-index.ts';

function words(tokens: readonly string[], longest: number): string[] {
  let last = [...tokens];
  const all = [...last];
  for (let length = 2; length <= longest; length++) {
    last = last.flatMap(word => tokens.map(token => `${word}.${token}`));
    all.push(...last);
  }
  return all;
}

/** No pattern names `c`, so it stands for every other word; subjects are longer than patterns, so `>` shows what it is. */
const subjects = words(['a', 'b', 'c'], 4);
const patterns = words(['a', 'b', '*', '>'], 3).filter(isValidSubject);

/** What a pattern matches, by the definition of the documentation. */
function meaning(pattern: string): ReadonlySet<string> {
  const source = pattern.split('.').map(token => (token === '*' ? '[^.]+' : token === '>' ? '.+' : token));
  const form = new RegExp(`^${source.join('\\.')}$`);
  return new Set(subjects.filter(subject => form.test(subject)));
}

const meanings = new Map(patterns.map(pattern => [pattern, meaning(pattern)]));
const mean = (pattern: string) => meanings.get(pattern) ?? meaning(pattern);
const union = (some: readonly string[]) => new Set(some.flatMap(pattern => [...mean(pattern)]));
const within = (inner: ReadonlySet<string>, outer: ReadonlySet<string>) => [...inner].every(subject => outer.has(subject));
const sorted = (some: Iterable<string>) => [...some].sort();

describe('nats subjects', () => {
  it('are matched by their patterns', () => {
    for (const pattern of patterns) {
      for (const subject of subjects) assert.equal(matchesSubject(pattern, subject), mean(pattern).has(subject), `${pattern} ${subject}`);
    }
  });

  it('match as text, wildcards and all', () => {
    assert.ok(matchesSubject('foo.*', 'foo.>'));
    assert.ok(matchesSubject('foo.>', 'foo.*.bar'));
    assert.ok(!matchesSubject('foo.bar', 'foo.*'));
    assert.ok(!matchesSubject('fo', 'foo'));
    assert.ok(!matchesSubject('foo.b*', 'foo.bar'));
    for (const broken of ['', 'foo.', '.foo', 'foo..bar']) assert.ok(!matchesSubject('>', broken), broken);
  });

  it('cover and overlap as the sets that they are', () => {
    for (const a of patterns) {
      for (const b of patterns) {
        assert.equal(coversSubject(a, b), within(mean(b), mean(a)), `${a} covers ${b}`);
        const common = [...mean(a)].filter(subject => mean(b).has(subject));
        assert.equal(subjectsOverlap(a, b), common.length > 0, `${a} overlaps ${b}`);
        const intersection = intersectSubjects(a, b);
        assert.deepEqual(intersection === undefined ? [] : sorted(mean(intersection)), common.sort(), `${a} and ${b}`);
      }
    }
  });

  it('are taken away from one another wherever patterns can say what is left', () => {
    for (const whole of patterns) {
      for (const part of patterns) {
        const left = new Set([...mean(whole)].filter(subject => !mean(part).has(subject)));
        const said = subtractSubject(whole, part);
        if (said) {
          assert.deepEqual(sorted(union(said)), sorted(left), `${whole} without ${part}`);
          assert.equal(
            said.reduce((sum, pattern) => sum + mean(pattern).size, 0),
            left.size,
            `${whole} without ${part} says things twice`,
          );
        } else {
          const sayable = union(patterns.filter(pattern => within(mean(pattern), left)));
          assert.notDeepEqual(sorted(sayable), sorted(left), `${whole} without ${part} can be said`);
        }
      }
    }
  });

  it('have a narrowest common cover', () => {
    assert.equal(narrowestCover(['analytics.events.a', 'analytics.events.b.c']), 'analytics.events.>');
    assert.equal(narrowestCover(['orders.1.created', 'orders.2.created']), 'orders.*.created');
    assert.equal(narrowestCover(['orders', 'orders.new']), '>');
    assert.equal(narrowestCover([]), undefined);
    for (const a of patterns) {
      for (const b of patterns) {
        const cover = narrowestCover([a, b]) as string;
        assert.ok(coversSubject(cover, a) && coversSubject(cover, b), `${cover} for ${a} and ${b}`);
        const other = patterns.find(p => coversSubject(p, a) && coversSubject(p, b) && !coversSubject(p, cover));
        assert.equal(other, undefined, `${other} instead of ${cover} for ${a} and ${b}`);
      }
    }
  });

  it('lose those that others cover, and no meaning', () => {
    assert.deepEqual(withoutCovered(['a.b', 'a.*', 'b', 'a.*', 'a.>']), ['b', 'a.>']);
    for (const a of patterns) {
      const some = [a, 'a.*', 'b', a];
      assert.deepEqual(sorted(union(withoutCovered(some))), sorted(union(some)));
      assert.equal(new Set(withoutCovered(some)).size, withoutCovered(some).length);
    }
  });
});

describe('an index of nats subjects', () => {
  const index = new SubjectIndex<string>();
  for (const pattern of patterns) index.add(pattern, pattern);

  it('finds what looking at every pattern finds', () => {
    for (const subject of [...subjects, ...patterns]) {
      assert.deepEqual(sorted(index.matching(subject)), sorted(patterns.filter(pattern => matchesSubject(pattern, subject))), subject);
    }
    for (const wanted of patterns) {
      const expected = patterns.filter(pattern => subjectsOverlap(pattern, wanted));
      assert.deepEqual(sorted(index.overlapping(wanted)), sorted(expected), wanted);
    }
    assert.deepEqual(index.matching('a..b'), []);
  });

  it('looks at few of many patterns', () => {
    const many = new SubjectIndex<number>();
    for (let i = 0; i < 10_000; i++) many.add(`area${i % 100}.${i}.${i % 3 === 0 ? '>' : '*'}`, i);
    let looks = 0;
    const { get } = Map.prototype;
    Map.prototype.get = function (key) {
      looks++;
      return get.call(this, key);
    };
    try {
      for (let i = 0; i < 10_000; i++) assert.deepEqual(many.matching(`area${i % 100}.${i}.x`), [i]);
    } finally {
      Map.prototype.get = get;
    }
    // Three tokens, three words to look for at each: one hundred million comparisons become a few for each subject.
    assert.ok(looks <= 10_000 * 12, String(looks));
  });
});
