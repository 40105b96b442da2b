// How nats-server reads durations, addresses, URLs, keys and subjects: small readers that many rules stand on.
import assert from 'node:assert/strict';
import { parseUrl, urlProblem } from '../../server/src/core/nats-auth/go-url.ts';
import { isPublicNkey, isSignedBy, publicKeyOf, readNkey } from '../../server/src/core/nats-auth/nkey.ts';
import {
  coversSubject,
  isLiteralSubject,
  isValidSubject,
  subjectProblem,
  subjectsOverlap,
} from '../../server/src/core/nats-auth/subject.ts';
import { mappingProblem, transformProblem, withPlaceholders, withWildcards } from '../../server/src/core/nats-auth/subject-transform.ts';
import { listenProblem, splitHostPort } from '../../server/src/core/nats-conf/address.ts';
import { formatSeconds, parseDuration } from '../../server/src/core/nats-conf/duration.ts';
import { sizeOf } from '../../server/src/core/nats-conf/value-form.ts';

const seed = 'SUAF3UDQ5QCOHPIBRZ22JIY4P7JDU5AC2SZV7JIBP4ONLYPLL4U3PKZ6XM';
const user = 'UAI2IDTQF5SJB2ZB3WGRR3OIEE3BGLAMNQVSTYXV2P2GCMXJDBAAOA27';
const account = 'ADVJH4SEYKKBSQ2HKHMAGQMQ54FWJVAWOX4MX6LIT7QUAYHQY4CAGCXN';
const curveSeed = 'SXABGLRZWSKA334WNKLL3HVQMECBH33MS24P4LD7GMCONJVXDDGO6NKX2A';
const newest = [2, 15, 2] as const;
const old = [2, 9, 25] as const;

describe('nats values', () => {
  describe('keys', () => {
    it('tells kinds and roles by prefix and checksum', () => {
      assert.deepEqual(readNkey(seed), { kind: 'seed', role: 'user' });
      assert.deepEqual(readNkey(user), { kind: 'public', role: 'user' });
      assert.deepEqual(readNkey(account), { kind: 'public', role: 'account' });
      assert.deepEqual(readNkey(curveSeed), { kind: 'seed', role: 'curve' });
    });

    it('takes nothing whose checksum, length or alphabet is wrong', () => {
      for (const text of [
        '',
        'U',
        user.slice(0, -1),
        `${user}A`,
        user.replace('UAI2', 'UAI3'),
        user.toLowerCase(),
        user.replace('2', '1'),
      ]) {
        assert.equal(readNkey(text), undefined, text);
      }
      assert.equal(isPublicNkey(account, 'user'), false);
      assert.equal(isPublicNkey(seed), false);
    });

    it('derives the public key of a seed, and of nothing else', () => {
      assert.equal(publicKeyOf(seed), user);
      assert.match(publicKeyOf(curveSeed) ?? '', /^X/);
      assert.equal(publicKeyOf(user), undefined);
    });

    it('refuses signatures of the wrong length without a fault', () => {
      assert.equal(isSignedBy(user, new Uint8Array(3), new Uint8Array(10)), false);
      assert.equal(isSignedBy(user, new Uint8Array(3), new Uint8Array(64)), false);
    });
  });

  it('reads durations as Go does', () => {
    const good: [string, number][] = [
      ['0', 0],
      ['10s', 10e9],
      ['1h30m', 5400e9],
      ['-1.5h', -5400e9],
      ['+5ms', 5e6],
      ['.5s', 5e8],
      ['1.s', 1e9],
      ['100us', 1e5],
      ['100µs', 1e5],
    ];
    for (const [text, nanoseconds] of good) assert.equal(parseDuration(text), nanoseconds, text);
    for (const text of ['', '5', 's', '1d', '1 h', '1h 30m', '.s', '1..5s', '-', '10S', '1e3s', '300000000000000h']) {
      assert.equal(parseDuration(text), undefined, text);
    }
    assert.deepEqual([20, 90, 3600, 3661, 1.5].map(formatSeconds), ['20s', '1m30s', '1h', '1h1m1s', '1.5s']);
  });

  it('ends soon for long texts that are almost durations', () => {
    assert.equal(parseDuration('1'.repeat(200_000)), undefined);
    assert.equal(parseDuration('1.'.repeat(100_000)), undefined);
  });

  it('reads sizes in strings', () => {
    assert.deepEqual(['', '10G', '1K', '-1M'].map(sizeOf), [0, 10 * 2 ** 30, 1024, -(2 ** 20)]);
    for (const text of ['10', '10GB', '10g', 'G', '1.5G']) assert.equal(sizeOf(text), undefined, text);
  });

  it('splits hosts and ports as Go does', () => {
    assert.deepEqual(splitHostPort('[::1]:4222'), { host: '::1', port: '4222' });
    assert.deepEqual(splitHostPort(':4222'), { host: '', port: '4222' });
    for (const text of ['localhost', '::1:4222', '[::1]', '[::1', 'a]:1', '[a]b:1']) assert.equal(splitHostPort(text), undefined, text);
    assert.deepEqual(['0.0.0.0:4222', 'h:-1', 'h:x', 'h:', 'h'].map(listenProblem), [undefined, undefined, 'port', 'port', 'address']);
  });

  it('reads URLs as leniently as Go does', () => {
    for (const text of ['nats://u:p@h:4222', 'h', 'host-1:6222', '', '/path', 'nats://[::1]:4222', 'nats://h:', 'a:b:c', ' nats://h ']) {
      assert.equal(urlProblem(text), undefined, text);
    }
    const bad: [string, string][] = [
      ['127.0.0.1:6222', 'colon'],
      [':4222', 'scheme'],
      ['nats://h:port', 'port'],
      ['nats://a b', 'host'],
      ['nats://u:p w@h', 'user'],
      ['nats://u:%zz@h', 'escape'],
      ['nats://h/%', 'escape'],
      ['nats://[::1', 'host'],
      ['nats://\u0001', 'control-character'],
    ];
    for (const [text, problem] of bad) assert.equal(urlProblem(text), problem, text);
    const url = parseUrl('nats://user:pa:ss@host:1/x');
    assert.ok(typeof url !== 'string');
    assert.deepEqual([url.scheme, url.userInfo, url.userInfoStart, url.host], ['nats', 'user:pa:ss', 7, 'host:1']);
  });

  describe('subjects', () => {
    it('are valid as nats-server says', () => {
      for (const subject of ['a', 'a.b', '>', 'a.>', '*.b', 'foo.b*', 'x>', '$SYS.>', 'a,b', 'ü'])
        assert.ok(isValidSubject(subject), subject);
      const bad: [string, string][] = [
        ['', 'empty'],
        ['.', 'empty-token'],
        ['a..b', 'empty-token'],
        ['a.', 'empty-token'],
        ['a.>.b', 'wildcard-not-last'],
        ['>.b', 'wildcard-not-last'],
        ['a b', 'space'],
        ['a.\t', 'space'],
      ];
      for (const [subject, problem] of bad) assert.equal(subjectProblem(subject), problem, subject);
      assert.deepEqual(['a.b', 'a.*', 'a*', 'a..b'].map(isLiteralSubject), [true, false, true, false]);
    });

    it('cover and overlap each other', () => {
      assert.ok(coversSubject('a.>', 'a.b.c') && coversSubject('*', '*') && coversSubject('>', 'a.*'));
      assert.ok(!coversSubject('a.>', 'a') && !coversSubject('a.*', 'a.>') && !coversSubject('a.b', 'a.*'));
      assert.ok(subjectsOverlap('a.*', '*.b') && subjectsOverlap('a.>', 'a.b.c'));
      assert.ok(!subjectsOverlap('a.*', 'b.>') && !subjectsOverlap('a', 'a.b'));
    });

    it('are mapped with placeholders', () => {
      assert.equal(withPlaceholders('a.*.b.*'), 'a.$1.b.$2');
      assert.equal(withWildcards('a.$2.{{wildcard(1)}}.$x'), 'a.*.*.$x');
      assert.equal(mappingProblem('a.*.*', 'b.$2.{{wildcard(1)}}', newest), undefined);
      assert.equal(mappingProblem('a.*', 'b', newest), undefined);
      assert.equal(mappingProblem('a.*', 'b', old)?.kind, 'unused-wildcards');
      assert.equal(mappingProblem('a.*', 'b.{{left(1,2)}}', [2, 14, 6])?.kind, 'function-not-yet');
      assert.equal(mappingProblem('a.*', 'b.{{left(1,2)}}', [2, 14, 7]), undefined);
      assert.equal(mappingProblem('a', 'b.{{partition(3)}}', newest), undefined);
      assert.equal(mappingProblem('a', 'b.{{partition(3)}}', [2, 11, 17])?.kind, 'arguments');
      assert.equal(transformProblem('a.*', 'b.{{split(1,-)}}', newest, true)?.kind, 'function-in-import');
    });
  });
});
