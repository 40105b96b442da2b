// Permissions as each version of nats-server judges them. Real servers have confirmed each of these; the oracle tries many more.
import assert from 'node:assert/strict';
import type { Release } from '../../server/src/core/facts/nats-release.ts';
import { heldBack, judgePublish, judgeSubscribe, type PermissionEntry, publishShare } from '../../server/src/core/nats-auth/permission.ts';
import { transformSubject } from '../../server/src/core/nats-auth/transform-subject.ts';

const newest: Release = [2, 15, 2];
const oldest: Release = [2, 9, 10];

function entries(...texts: readonly string[]): readonly PermissionEntry[] {
  return texts.map(text => {
    const [subject = '', queue] = text.split(' ');
    return { subject, queue };
  });
}

const lists = (allow: readonly string[], deny: readonly string[] = []) => ({ allow: entries(...allow), deny: entries(...deny) });

describe('nats permissions', () => {
  it('let everything through where nothing is said, and where a list is empty', () => {
    assert.deepEqual(judgePublish(undefined, 'a', newest), { allowed: true, by: 'absent' });
    assert.equal(judgePublish({ publish: lists([]) }, 'a', newest).allowed, true);
    assert.equal(judgeSubscribe({ publish: lists(['x']) }, { subject: 'a' }, newest).allowed, true);
  });

  it('say which entry decides', () => {
    const permissions = { publish: lists(['orders.>', 'a'], ['orders.secret.>']) };
    assert.equal(judgePublish(permissions, 'orders.new', newest).entry?.subject, 'orders.>');
    const denied = judgePublish(permissions, 'orders.secret.x', newest);
    assert.deepEqual([denied.allowed, denied.by, denied.entry?.subject], [false, 'deny', 'orders.secret.>']);
    const unmatched = judgePublish(permissions, 'b', newest);
    assert.deepEqual([unmatched.allowed, unmatched.by, unmatched.entry], [false, 'allow', undefined]);
  });

  it('close publishing to all but replies', () => {
    const responses = { max: 1, expires: 120e9 };
    assert.equal(judgePublish({ responses }, 'a', newest).by, 'allow_responses');
    assert.equal(judgePublish({ publish: lists([], ['x']), responses }, 'a', newest).allowed, false);
    assert.equal(judgePublish({ publish: lists(['a']), responses }, 'a', newest).allowed, true);
  });

  it('keep the subjects of the server itself', () => {
    assert.equal(judgePublish(undefined, '_GR_.x', oldest).by, 'reserved');
    assert.equal(judgePublish(undefined, '$NRG.x', newest).allowed, false);
    assert.equal(judgePublish(undefined, '$NRG.x', newest, { system: true }).allowed, true);
    assert.equal(judgePublish(undefined, '$SYS.REQ.USER.AUTH', newest, { callout: true }).by, 'reserved');
    assert.equal(judgePublish(undefined, '$NRG.x', oldest).allowed, true);
  });

  it('compare the words of a subscription', () => {
    const permissions = { subscribe: lists(['foo.*']) };
    const may = (subject: string) => judgeSubscribe(permissions, { subject }, newest).allowed;
    assert.deepEqual([may('foo.a'), may('foo.*'), may('foo.>'), may('>'), may('foo.a.b')], [true, true, true, false, false]);
  });

  it('tell queue groups apart', () => {
    const may = (allow: readonly string[], queue?: string) =>
      judgeSubscribe({ subscribe: lists(allow) }, { subject: 'foo', queue }, newest).allowed;
    assert.deepEqual([may(['foo'], 'q'), may(['foo q']), may(['foo q'], 'q'), may(['foo', 'foo q'], 'other')], [true, false, true, false]);
    assert.deepEqual(
      [may(['foo v.*'], 'v.1'), may(['foo v.*'], 'w.1'), may(['foo >'], 'x.y'), may([], '_sys_')],
      [true, false, true, false],
    );
  });

  it('hold denied messages back from wider subscriptions', () => {
    const permissions = { subscribe: lists([], ['foo.secret', 'b.*.c']) };
    const held = heldBack(permissions, { subject: 'foo.*' }, newest);
    assert.deepEqual(
      [held.entries.map(({ subject }) => subject), held.holds('foo.secret'), held.holds('foo.open')],
      [['foo.secret'], true, false],
    );
    // Not a part of the subscription, only in its way: advisory secnote-2026-17.
    const overlapping = (version: Release) => heldBack(permissions, { subject: 'b.x.>' }, version);
    assert.deepEqual([overlapping(newest).holds('b.x.c'), overlapping(newest).leaks], [true, []]);
    assert.deepEqual(
      [overlapping(oldest).holds('b.x.c'), overlapping(oldest).leaks.map(({ gap }) => gap)],
      [false, ['deny-filters-overlap']],
    );
  });

  it('once forgot what is denied to all for the sake of a queue group', () => {
    const permissions = { subscribe: lists([], ['foo', 'foo other']) };
    const subscription = { subject: 'foo', queue: 'mine' };
    assert.equal(judgeSubscribe(permissions, subscription, newest).allowed, false);
    const old = judgeSubscribe(permissions, subscription, oldest);
    assert.deepEqual([old.allowed, old.overlooked?.entry.subject, old.overlooked?.gap], [true, 'foo', 'plain-deny-beats-queue']);
  });

  it('once overlooked a star beside a longer pattern', () => {
    const allow = { publish: lists(['*', 'orders.>']) };
    const deny = { publish: lists([], ['*', 'orders.>']) };
    const version: Release = [2, 10, 29];
    assert.deepEqual(
      [newest, oldest, version].map(one => judgePublish(allow, 'orders', one).allowed),
      [true, true, false],
    );
    assert.deepEqual(
      [newest, oldest, version].map(one => judgePublish(deny, 'orders', one).allowed),
      [false, false, true],
    );
    assert.equal(judgePublish(deny, 'orders', version).overlooked?.entry.subject, '*');
    const delivered = heldBack({ subscribe: lists([], ['a.*', 'a.b.c']) }, { subject: '>' }, version);
    assert.deepEqual([delivered.holds('a.x'), delivered.holds('a.b'), delivered.leaks[0]?.entry.subject], [true, false, 'a.b']);
  });

  it('never match a message with a queue group in a publish list', () => {
    assert.equal(judgePublish({ publish: lists([], ['foo q']) }, 'foo', oldest).allowed, true);
    assert.equal(judgePublish({ publish: lists(['foo q']) }, 'foo', oldest).allowed, false);
  });

  it('are the same in long lists as in short ones', () => {
    const some = ['a.*', 'b.>', '*.c', 'd q'];
    const long = lists([...some, ...Array.from({ length: 10_000 }, (_, i) => `area.${i}.x`)], ['a.secret']);
    const short = lists(some, ['a.secret']);
    for (let i = 0; i < 10_000; i++)
      assert.equal(judgePublish({ publish: long }, `area.${i}.x`, newest).entry, long.allow[i + some.length]);
    for (const subject of ['a.x', 'a.secret', 'b', 'b.c', 'x.c', 'd', 'e']) {
      const judged = judgePublish({ publish: long }, subject, newest);
      const expected = judgePublish({ publish: short }, subject, newest);
      assert.deepEqual(
        [judged.allowed, judged.by, judged.entry?.subject],
        [expected.allowed, expected.by, expected.entry?.subject],
        subject,
      );
    }
  });

  it('cover a pattern as a whole, in part or not at all', () => {
    const permissions = { publish: lists(['orders.>'], ['orders.secret.>']) };
    const share = (pattern: string) => publishShare(permissions, pattern, newest);
    assert.deepEqual(
      [share('orders.*'), share('orders.>'), share('*'), share('orders.secret.*'), share('orders.new')],
      ['all', 'some', 'none', 'none', 'all'],
    );
  });
});

describe('nats subject transforms', () => {
  it('fill in what the wildcards matched', () => {
    const cases: readonly (readonly [source: string, destination: string, subject: string, result: string])[] = [
      ['a.*.*', 'b.$2.{{wildcard(1)}}', 'a.x.y', 'b.y.x'],
      ['a.*.>', 'b.>', 'a.x.y.z', 'b.y.z'],
      ['a', 'b.c', 'a', 'b.c'],
      ['a.*', '{{split(1,-)}}', 'a.x-y--z', 'x.y.z'],
      ['a.*', '{{splitFromRight(1,2)}}', 'a.abcde', 'abc.de'],
      ['a.*', '{{sliceFromLeft(1,2)}}', 'a.abcde', 'ab.cd.e'],
      ['a.*', '{{slicefromright(1,2)}}', 'a.abcde', 'a.bc.de'],
      ['a.*', '{{left(1,2)}}.{{right(1,1)}}', 'a.abcde', 'ab.e'],
      ['a.*', 'r.{{random(3)}}', 'a.x', 'r.*'],
    ];
    for (const [source, destination, subject, result] of cases)
      assert.equal(transformSubject(source, destination, subject), result, destination);
    assert.match(transformSubject('a.*', 'p.{{partition(3,1)}}', 'a.x'), /^p\.[012]$/);
  });
});
