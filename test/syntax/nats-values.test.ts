// Values of NATS configurations: what the server makes of a word, a number, a quoted text.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { KeyValue, ValueNode } from '../../server/src/core/nats-conf/tree.ts';
import { isRefused, oldest, type Plain, parse, plainNode, problemsOf } from '../support/nats-text.ts';

/** The value of `x:` with a text behind it. */
function readValue(source: string): ValueNode {
  return (parse(`x: ${source}\n`).tree.statements[0] as KeyValue).value;
}

function accepts(source: string, value: Plain, kind?: ValueNode['kind']): void {
  it(`${JSON.stringify(source)} is ${inspect(value)}`, () => {
    assert.deepEqual(problemsOf(`x: ${source}\n`), []);
    const node = readValue(source);
    assert.deepEqual(plainNode(node), value);
    if (kind) assert.equal(node.kind, kind);
  });
}

function refuses(source: string, ...problems: string[]): void {
  it(`${JSON.stringify(source)} is refused`, () => {
    const text = `x: ${source}\n`;
    assert.ok(isRefused(parse(text)));
    assert.deepEqual(problemsOf(text), problems);
  });
}

describe('NATS values', () => {
  describe('words', () => {
    accepts('abc', 'abc');
    accepts('abc#c', 'abc#c');
    accepts('abc//c', 'abc//c');
    accepts('a:b=c{d[e(f"g', 'a:b=c{d[e(f"g');
    accepts('s$cret', 's$cret');
    accepts('null', 'null');
    accepts('#', '#');
    accepts('$2a$11$abc', '$2a$11$abc', 'string');
    accepts('caf\u00e9\u{1f600}', 'caf\u00e9\u{1f600}');
    accepts('a\\x41\\t\\n\\r\\"\\\\b', 'aA\t\n\r"\\b');
    accepts('\\xc3\\xa9\\xff', '\u00e9\ufffd');
  });

  describe('booleans', () => {
    for (const word of ['true', 'TRUE', 'yes', 'On']) accepts(word, true);
    for (const word of ['false', 'No', 'off', 'OFF']) accepts(word, false);
    accepts('"true"', 'true');
    accepts("'on'", 'on');
    accepts('\\x79es', 'yes');
    accepts('truely', 'truely');
  });

  describe('variables', () => {
    accepts('$X', { variable: 'X' });
    accepts('$A.b', { variable: 'A.b' });
    accepts('$JS.API.>', { variable: 'JS.API.>' });
    accepts('$', { variable: '' });
    accepts('$2b$11$abc', { variable: '2b$11$abc' });
    accepts('"$X"', '$X');
    accepts('$X\\x41', '$XA');
  });

  describe('integers', () => {
    accepts('0', 0n);
    accepts('-5', -5n);
    accepts('007', 7n);
    accepts('9223372036854775807', 9223372036854775807n);
    accepts('-9223372036854775808', -9223372036854775808n);
    accepts('1k', 1000n);
    accepts('1K', 1000n);
    for (const suffix of ['kb', 'Ki', 'KiB']) accepts(`1${suffix}`, 1024n);
    accepts('2m', 2000000n);
    accepts('2MB', 2097152n);
    accepts('1g', 10n ** 9n);
    accepts('1gib', 2n ** 30n);
    accepts('3t', 3n * 10n ** 12n);
    accepts('1TB', 2n ** 40n);
    accepts('1p', 10n ** 15n);
    accepts('1pi', 2n ** 50n);
    accepts('1e', 10n ** 18n);
    accepts('1eb', 2n ** 60n);
    accepts('-1kb', -1024n);
    // It is not checked whether the product fits.
    accepts('100e', BigInt.asIntN(64, 100n * 10n ** 18n));
    refuses('9223372036854775808', '1:4 invalid-number «9223372036854775808»');
    refuses('-5abc', '1:4 invalid-number «-5abc»');
    refuses('-', '1:4 invalid-number «-»');
    refuses('-abc', '1:4 invalid-number «-abc»');
    refuses('\u0663', '1:4 invalid-number «\u0663»');

    for (const source of ['1e5', '0K1abc']) {
      it(`${source} is a text, which older servers refuse`, () => {
        assert.equal(plainNode(readValue(source)), source);
        assert.deepEqual(problemsOf(`x: ${source}\n`), []);
        assert.deepEqual(problemsOf(`x: ${source}\n`, oldest), [`1:4 invalid-number «${source}»`]);
      });
    }

    it('64kbb is an integer that is lost', () => {
      const node = readValue('64kbb');
      assert.ok(node.kind === 'integer' && node.lost);
      assert.deepEqual(node.suffix, { text: 'kbb', factor: undefined, span: { start: 5, end: 8 } });
    });

    it('knows its suffix and its places', () => {
      const node = readValue('64MB');
      assert.ok(node.kind === 'integer');
      assert.deepEqual(node.suffix, { text: 'MB', factor: 1048576, span: { start: 5, end: 7 } });
      assert.deepEqual([node.source, node.value, node.span], ['64MB', 67108864, { start: 3, end: 7 }]);
    });
  });

  describe('words that begin with digits', () => {
    accepts('3secret', '3secret');
    accepts('20s', '20s');
    accepts('5Gx', '5Gx');
    accepts('4kb/s', '4kb/s');
    accepts('5"', '5"');
    accepts("5'", "5'");
    accepts('5\\q', '5\\q');
    accepts('5#', '5#');
    accepts('127.0.0.1:4222', '127.0.0.1:4222');
    accepts('0.0.0.0', '0.0.0.0');
    accepts('1.2.3-4', '1.2.3-4');
    refuses('1.2.3x', '1:4 invalid-number «1.2.3x»');
    refuses('10.x', '1:4 invalid-number «10.x»');
  });

  describe('floats', () => {
    accepts('2.5', { float: 2.5 });
    accepts('-0.25', { float: -0.25 });
    refuses('.5', '1:4 invalid-number «.5»');
    refuses('1.', '1:4 invalid-number «1.»');
    refuses('1.5MB', '1:4 invalid-number «1.5MB»');
    refuses(`1${'0'.repeat(310)}.0`, `1:4 invalid-number «1${'0'.repeat(310)}.0»`);
  });

  describe('dates', () => {
    accepts('2026-01-31T12:00:00Z', { datetime: '2026-01-31T12:00:00Z' });
    refuses('2026-02-30T12:00:00Z', '1:4 invalid-datetime «2026-02-30T12:00:00Z»');
    refuses('2026-01-31', '1:4 invalid-datetime «2026-01-31»');
    refuses('123-abc', '1:4 invalid-datetime «123-abc»');
    refuses('2026-01-31T12:00:00Zx', '1:4 invalid-datetime «2026-01-31T12:00:00Zx»');
  });

  describe('quoted texts', () => {
    accepts('""', '');
    accepts("''", '');
    accepts('"a\nb"', 'a\nb');
    accepts("'a\nb'", 'a\nb');
    accepts('"a\\x41\\\\\\""', 'aA\\"');
    accepts("'a\\n'", 'a\\n');
    accepts('"yes"', 'yes');
    accepts('"a#b"', 'a#b');
    refuses('"a\\qb"', '1:6 invalid-escape «\\q»');
    refuses('"a\\x4"', '1:6 invalid-escape «\\x»');
    refuses('"abc', '1:4 unclosed-quote «"abc»');
    refuses("'abc", "1:4 unclosed-quote «'abc»");

    it('has its content apart from its quotes', () => {
      const node = readValue('"a\\"b"');
      assert.ok(node.kind === 'string');
      assert.deepEqual(
        [node.quote, node.span, node.contentSpan, node.escaped],
        ['double', { start: 3, end: 9 }, { start: 4, end: 8 }, true],
      );
    });
  });

  describe('blocks of text', () => {
    accepts('(\nabc\n)', '\nabc\n');
    accepts('(\na) b\n )\n)', '\na) b\n )\n');
    refuses('(abc)', '1:4 unclosed-block «(»');
    refuses('(\r\nabc\r\n)\r', '1:4 unclosed-block «(»');

    it('keeps its parenthesis at the very end of the file', () => {
      const text = 'x: (\nabc\n)';
      assert.deepEqual(problemsOf(text), []);
      assert.deepEqual(plainNode((parse(text).tree.statements[0] as KeyValue).value), '\nabc\n)');
    });
  });

  describe('a single quote in a word', () => {
    it('ends the word and is swallowed', () => {
      assert.deepEqual(problemsOf("x: bar'\n"), ["1:7 stray-text? «'»"]);
      assert.equal(plainNode(readValue("bar'")), 'bar');
      // It is no longer asked whether the word is a boolean or a variable.
      assert.equal(plainNode(readValue("true'")), 'true');
      assert.equal(plainNode(readValue("$X'")), '$X');
    });
    refuses("it's mine", "1:6 stray-text «'»");
  });

  describe('arrays', () => {
    accepts('[]', []);
    accepts('[ 1, 2 ]', [1n, 2n]);
    accepts('[ 1\n 2, 3\n]', [1n, 2n, 3n]);
    accepts('[a, b,]', ['a', 'b']);
    accepts('[5k]', ['5k']);
    accepts('[ [a], { b: 1 } ]', [['a'], { b: 1n }]);
    accepts('[a, // one\n b # two\n]', ['a', 'b']);
    refuses('[5]', '1:6 unclosed-array «]»');
    refuses('[a b]', '1:7 missing-separator «b»');
    refuses('[a,,b]', '1:7 doubled-separator «,»');
    refuses('[a;b]', '1:6 missing-separator «;»');
    refuses('[,a]', '1:5 doubled-separator «,»');
    refuses('[a', '1:4 unclosed-array «[»');
    refuses('a]', '1:5 unopened-array «]»');
  });
});
