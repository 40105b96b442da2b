// Statements of NATS configurations: keys, separators, braces, comments, includes, and what differs between servers.
import assert from 'node:assert/strict';
import type { ServerVersion } from '../../server/src/core/lint/settings.ts';
import type { Include, KeyValue } from '../../server/src/core/nats-conf/tree.ts';
import { beforeBlocks, isRefused, newest, oldest, type Plain, parse, plainTree, problemsOf } from '../support/nats-text.ts';

function accepts(text: string, value: Plain, version?: ServerVersion): void {
  it(`${JSON.stringify(text)} is read${version ? ` by ${version.join('.')}` : ''}`, () => {
    assert.deepEqual(problemsOf(text, version), []);
    assert.deepEqual(plainTree(parse(text, version).tree), value);
  });
}

/** Read by the server, though surely not as it was meant. */
function doubts(text: string, version: ServerVersion, ...problems: string[]): void {
  it(`${JSON.stringify(text)} is doubtful to ${version.join('.')}`, () => {
    assert.deepEqual(problemsOf(text, version), problems);
    assert.ok(!isRefused(parse(text, version)));
  });
}

function refuses(text: string, version: ServerVersion, ...problems: string[]): void {
  it(`${JSON.stringify(text)} is refused by ${version.join('.')}`, () => {
    assert.deepEqual(problemsOf(text, version), problems);
    assert.ok(isRefused(parse(text, version)));
  });
}

describe('NATS statements', () => {
  describe('keys and separators', () => {
    accepts('a: 1\nb=2\nc 3', { a: 1n, b: 2n, c: 3n });
    accepts('a : 1\nb\t=\t2', { a: 1n, b: 2n });
    accepts('"a b": 1\n\'c\' = 2\n"" 3', { 'a b': 1n, c: 2n, '': 3n });
    accepts('a\n{ b: 1 }', { a: { b: 1n } });
    accepts('a\n\n= 1', { a: 1n });
    accepts('m { a:\n 1\n b\n=\n2 }', { m: { a: 1n, b: 2n } });
    accepts('a.b-c*>$: 1', { 'a.b-c*>$': 1n });
    accepts('a: 1; b: 2, c: 3', { a: 1n, b: 2n, c: 3n });
    accepts('m { a: 1; b: 2, c: 3, }', { m: { a: 1n, b: 2n, c: 3n } });
    accepts('a: 1\rb: 2\r\nc: 3', { a: 1n, b: 2n, c: 3n });
    accepts('a: 1\r\n\u00a0b: 2', { a: 1n, b: 2n });
    accepts('a: 1\na: 2', { a: 2n });
    refuses('a b c', newest, '1:5 stray-text «c»');
    refuses('a: 1 b: 2', newest, '1:6 missing-separator «b:»');
    refuses('a: 1,, b: 2', newest, '1:6 doubled-separator «,»');
    refuses(', a: 1', newest, '1:1 doubled-separator «,»');
    refuses('m { a: 1,, b: 2 }', newest, '1:10 doubled-separator «,»');
    refuses(':a = 1', newest, '1:1 missing-key «:»');
    refuses('m { = 1 }', newest, '1:5 missing-key «=»');
    refuses('a == 1', newest, '1:3 doubled-separator «==»');
    refuses('a := 1', newest, '1:3 doubled-separator «:=»');
    refuses('a => 1', newest, '1:3 doubled-separator «=>»');
    refuses('a:\nb: 2', newest, '1:1 missing-value «a»');
    refuses('a:\n[ 1 ]', newest, '1:1 missing-value «a»');
    refuses('m { a:\n b: 2 }', newest, '1:5 missing-value «a»');
    refuses('m { a: , b: 2 }', newest, '1:5 missing-value «a»');
    refuses('m{ a: 1 }', newest, '1:1 missing-separator «m»');
    // The key runs up to the next quote, and the quote behind the value is a part of it.
    doubts('"a: 1\nb: "x"', newest, '1:1 unclosed-quote? «"a: 1\nb: "»');

    it('knows its places', () => {
      const [pair] = parse('  "a b" = [ $X ]').tree.statements as [KeyValue];
      assert.deepEqual(
        [pair.keySpan, pair.keyQuote, pair.separator, pair.separatorSpan, pair.span, pair.value.span],
        [{ start: 3, end: 6 }, 'double', 'equal', { start: 8, end: 9 }, { start: 2, end: 16 }, { start: 10, end: 16 }],
      );
    });
  });

  describe('values that are missing', () => {
    doubts('a: ;', newest, '1:1 missing-value? «a»');
    doubts('a:', newest, '1:1 missing-value? «a»');
    doubts('m { a: }', newest, '1:5 missing-value? «a»');
    doubts('m { a }', newest, '1:5 missing-value? «a»');
    doubts('a: 1\nb', oldest, '2:1 missing-value? «b»');
    doubts('a: 1\nb\n\n', [2, 9, 21], '2:1 missing-value? «b»');
    refuses('a: 1\nb', [2, 9, 22], '2:1 missing-value «b»');
    refuses('a: 1\nb', newest, '2:1 missing-value «b»');
  });

  describe('comments', () => {
    accepts('# a\n// b\nx: 1 # c\ny: 2//d\nz: 3#e', { x: 1n, y: '2//d', z: '3#e' });
    refuses('port: 4222# the port', newest, '1:11 stray-text «# the port»');
    refuses('a: b// c', newest, '1:5 stray-text «// c»');
    it('are kept with their places', () => {
      const text = '# a\nx: 1 // b\nm { # c\n y: 1 }';
      assert.deepEqual(
        parse(text).comments.map(({ start, end }) => text.slice(start, end)),
        ['# a', '// b', '# c'],
      );
    });
    doubts('a: 1 /\n', newest, '1:6 stray-text? «/»');
    doubts('m { /a: 1 }', newest, '1:5 stray-text? «/»');
    refuses('/ a: 1', newest, '1:1 stray-text «/»');
    refuses('/* a\n b */\nx: 1', newest, '1:1 block-comment «/* a\n b */»');
    refuses('m {\n /* a */ x: 1\n}', newest, '2:2 block-comment «/* a */»');
    refuses('x: 1 /* a */\ny: 2', newest, '1:6 block-comment «/* a */»');
  });

  describe('braces around everything', () => {
    for (const version of [oldest, beforeBlocks, newest]) {
      accepts('{ a: 1 }', { a: 1n }, version);
      accepts('{\n "a": 1,\n "b": { "c": 2 }\n}\n', { a: 1n, b: { c: 2n } }, version);
      accepts('{}', {}, version);
    }
    accepts('{ a: 1 }\n{ b: 2 }\nc: 3', { a: 1n, b: 2n, c: 3n });
    accepts('{ {a: 1}, b: 2 }', { a: 1n, b: 2n });
    accepts('{ a: 1 }\n# end', { a: 1n });
    accepts('{ a: 1\n}\n# end', { a: 1n });
    refuses('{ {a: 1} b: 2 }', newest, '1:10 missing-separator «b:»');
    accepts('{ {a: 1} b: 2 }', { a: 1n, b: 2n }, beforeBlocks);
    refuses('{ a: 1\n}\n# the end', beforeBlocks, '2:1 unopened-map «}»');
    refuses('{ a: 1', newest, '1:1 unclosed-map «{»');
    doubts('{ a: 1\n', newest, '1:1 unclosed-map? «{»');
    doubts('{ a: 1', oldest, '1:1 unclosed-map? «{»');

    it('are kept with their places', () => {
      assert.deepEqual(parse('{ { a: 1 } }').groups, [
        { open: { start: 0, end: 1 }, close: { start: 11, end: 12 } },
        { open: { start: 2, end: 3 }, close: { start: 9, end: 10 } },
      ]);
    });
  });

  describe('brackets that do not fit', () => {
    for (const version of [oldest, newest]) {
      doubts('a: 1\n}\n', version, '2:1 unopened-map? «}»');
      doubts('a: 1 }\n', version, '1:6 unopened-map? «}»');
      refuses('a: 1\n}\nb: 2\n', version, '2:1 unopened-map «}»');
      // The second brace ends the value of the first, which is a key then.
      refuses('a: 1\n}\n}\n', version, '2:1 unopened-map «}»', '3:1 unopened-map? «}»');
      refuses('m { a: 1', version, '1:3 unclosed-map «{»');
      refuses('m [ { a: 1 ]', version, '1:5 unclosed-map «{»');
      refuses('m { a: [ x }', version, '1:8 unclosed-array «[»');
      refuses('m [\n x\n}', version, '3:1 wrong-bracket «}»');
      refuses('m {\n a: 1\n]', version, '3:1 wrong-bracket «]»');
      refuses('m { a: 1 }\n]\nb: 2', version, '2:1 unopened-array «]»');
      refuses('[ a ]\nb: 2', version, '1:1 missing-key «[ a ]»');
      refuses('u [\n { a: 1\n { b: 2 }\n]', version, '2:2 unclosed-map «{»');
      refuses('a: b {\n c: 1\n}', version, '1:6 missing-separator «{»');
    }

    it('finds the bracket that was forgotten by its indentation', () => {
      const text = 'a {\n  b {\n    c: 1\n\n  d {\n    e: 1\n  }\n}\nf: 1\n';
      const [problem] = parse(text).errors;
      assert.deepEqual(problemsOf(text), ['2:5 unclosed-map «{»']);
      assert.deepEqual(problem?.related, [
        { span: { start: 39, end: 40 }, message: 'This bracket closes it, though it is indented like that of a block around it.' },
      ]);
    });

    it('finds several mistakes in one text, each at its place', () => {
      assert.deepEqual(problemsOf('a := 1\nb: 1.5MB\nc: "x\nd: "y"\ne: [ 1 2 ]\nm { f: \n g: 1\n'), [
        '1:3 doubled-separator «:=»',
        '2:4 invalid-number «1.5MB»',
        '3:4 unclosed-quote «"x»',
        '5:8 missing-separator «2»',
        '6:3 unclosed-map «{»',
        '6:5 missing-value «f»',
      ]);
    });
  });

  describe('includes', () => {
    it('know their places', () => {
      const { statements: entries } = parse('include a.conf\nINCLUDE "b c.conf"; m { include \'d.conf\' }').tree;
      assert.deepEqual(entries[0], {
        kind: 'include',
        path: 'a.conf',
        pathSpan: { start: 8, end: 14 },
        quote: 'none',
        keywordSpan: { start: 0, end: 7 },
        span: { start: 0, end: 14 },
      });
      assert.deepEqual([(entries[1] as Include).path, (entries[1] as Include).quote], ['b c.conf', 'double']);
      const inner = (entries[2] as KeyValue).value;
      assert.ok(inner.kind === 'map' && inner.statements[0]?.kind === 'include' && inner.statements[0].path === 'd.conf');
    });
    it('are keys when a separator follows', () => {
      assert.deepEqual(plainTree(parse('include: a.conf').tree), { include: 'a.conf' });
      assert.equal((parse('include = a.conf').tree.statements[0] as Include).path, '=');
    });
    refuses('include\na: 1', newest, '1:1 invalid-include «include»');
    refuses('include ""', newest, '1:1 invalid-include «include»');
    refuses('include 1.conf', newest, '1:9 invalid-include «1.conf»');
    refuses('include "a.conf\nb: 1', newest, '1:9 unclosed-quote «"a.conf»');
  });

  describe('odd bytes', () => {
    refuses('\ufeffa: 1', newest, '1:1 byte-order-mark «\ufeff»');
    doubts('a: 1\0', newest, '1:5 nul-byte? «\0»');
    refuses('a: 1\n\0', newest, '2:1 nul-byte «\0»');
  });

  describe('a quote at the very end', () => {
    // Directly behind it the server sees the end of the file and no mistake.
    doubts('u [ "', newest, '1:5 unclosed-quote? «"»');
    doubts('a: 1\n"', newest, '2:1 unclosed-quote? «"»');
    doubts('a: "', oldest, '1:4 unclosed-quote? «"»');
    refuses('a: "', newest, '1:4 unclosed-quote «"»');
    refuses('a: "b', newest, '1:4 unclosed-quote «"b»');
  });

  it('keeps deep nesting out of the tree', () => {
    const text = `a: ${'['.repeat(5000)}${']'.repeat(5000)}`;
    assert.deepEqual(
      parse(text).errors.map(problem => [problem.kind, problem.refused]),
      [['too-deep', false]],
    );
  });
});
