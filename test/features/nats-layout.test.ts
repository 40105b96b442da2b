// What editors do with the syntax of NATS configurations alone: layout, folding, outline and selection.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { OutlineEntry } from '../../server/src/core/language.ts';
import { foldsOf } from '../../server/src/core/nats-conf/folding.ts';
import { formatNatsConf, formatNatsConfLines } from '../../server/src/core/nats-conf/format.ts';
import { selectionsAt } from '../../server/src/core/nats-conf/selection.ts';
import { symbolsOf } from '../../server/src/core/nats-conf/symbols.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { oldest, parse, plainTree } from '../support/nats-text.ts';

/** Every configuration of the collection beside the repository; the test is skipped where there is none. */
function textsAtHand(test: Mocha.Context): (readonly [name: string, text: string])[] {
  const root = '../shared/corpus';
  if (!existsSync(root)) test.skip();
  return ['nats-a', 'nats-b'].flatMap(set => {
    const names = (readdirSync(`${root}/${set}`, { recursive: true }) as string[]).filter(name => name.endsWith('.conf'));
    return names.map(name => [name, readFileSync(`${root}/${set}/${name}`, 'utf8')] as const);
  });
}

function formats(title: string, before: string, after: string): void {
  it(title, () => {
    assert.equal(formatNatsConf(before), after);
    assert.equal(formatNatsConf(after), after);
  });
}

describe('layout of NATS configurations', () => {
  formats('indents by brackets', 'a {\nb {\n      c: 1\n}\n}\n', 'a {\n  b {\n    c: 1\n  }\n}\n');
  formats(
    'counts brackets on one line as one level',
    'u = [ {\na: 1\n} {\nb: 2\n} ]\n'.replace('} {', '}, {'),
    'u = [ {\n  a: 1\n}, {\n  b: 2\n} ]\n',
  );
  formats(
    'puts one space behind a colon and around an equal sign',
    'a:1\nb   :  2\nc=3\nd  4\n"e":5\n',
    'a: 1\nb: 2\nc = 3\nd 4\n"e": 5\n',
  );
  formats(
    'keeps values in columns',
    'tls {\n    cert_file:  "a"\n    key_file:   "b"\n  ca_file  :  "c"\n}\nport   = 1\nlisten = 2\n',
    'tls {\n  cert_file: "a"\n  key_file:  "b"\n  ca_file:   "c"\n}\nport   = 1\nlisten = 2\n',
  );
  formats(
    'takes blanks that keep no column',
    'a:   1\nb:   2\nlong:  3\n\ncert: 1\nca:   2\n',
    'a: 1\nb: 2\nlong: 3\n\ncert: 1\nca:   2\n',
  );
  formats('takes no column from lines apart', 'cert: 1\n\nca:   2\n', 'cert: 1\n\nca: 2\n');
  formats('takes blanks from the ends of lines', 'a: 1  \n# b \t\n', 'a: 1\n# b\n');
  formats('keeps one empty line and ends the file with a line end', '\n\na: 1\n\n\n\nb: 2', 'a: 1\n\nb: 2\n');
  formats('indents comments with what they stand among', 'a {\n# b\n  // c\n}\n', 'a {\n  # b\n  // c\n}\n');
  formats(
    'leaves texts over several lines alone',
    'a {\nb: "x  \n  y:1\n"\nc: (\n  z  \n)\n}\n',
    'a {\n  b: "x  \n  y:1\n"\n  c: (\n  z  \n)\n}\n',
  );
  formats('keeps Windows line ends', 'a {\r\nb:1\r\n}\r\n', 'a {\r\n  b: 1\r\n}\r\n');
  formats(
    'indents what stands between braces around everything',
    '{\n"a": 1,\n"b": {\n"c": 2\n}\n}\n',
    '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}\n',
  );
  formats('leaves a value on the line below its key', 'a {\nb:\n1\n}\n', 'a {\n  b:\n  1\n}\n');

  it('takes another indentation', () => assert.equal(formatNatsConf('a {\nb: 1\n}\n', { indent: '\t' }), 'a {\n\tb: 1\n}\n'));
  it('does not touch a text with mistakes', () => assert.equal(formatNatsConf('a {\nb: 1\n'), undefined));
  it('does not touch a text that a line end would change', () => assert.equal(formatNatsConf('a: (\nb\n)'), undefined));

  it('says the same before and after, for every file at hand', function () {
    this.timeout(180_000);
    const texts = textsAtHand(this);
    for (const [name, text] of texts) {
      for (const indent of ['  ', '\t']) {
        const formatted = formatNatsConf(text, { indent });
        if (formatted === undefined) continue;
        assert.equal(formatNatsConf(formatted, { indent }), formatted, name);
        assert.deepEqual(plainTree(parse(formatted).tree), plainTree(parse(text).tree), name);
        assert.deepEqual(plainTree(parse(formatted, oldest).tree), plainTree(parse(text, oldest).tree), name);
      }
    }
  });
});

describe('layout of some lines', () => {
  /** The text between `⟦` and `⟧` is selected. */
  function formatsLines(marked: string): string {
    const start = marked.indexOf('⟦');
    const end = marked.indexOf('⟧') - 1;
    const text = marked.replace(/[⟦⟧]/g, '');
    return applied(text, { start, end });
  }

  function applied(text: string, span: { start: number; end: number }): string {
    return applyEdits(
      text,
      formatNatsConfLines(text, span).map(edit => ({ file: '', ...edit })),
    );
  }

  it('leaves the others alone', () => assert.equal(formatsLines('a {\nb:1\n⟦c:2\n⟧d:3\n}\n'), 'a {\nb:1\n  c: 2\nd:3\n}\n'));
  it('takes the line of a caret', () => assert.equal(formatsLines('a {\nb⟦⟧:1\nc:2\n}\n'), 'a {\n  b: 1\nc:2\n}\n'));
  it('takes every line that is touched', () => assert.equal(formatsLines('a {\nb:⟦1\nc⟧:2\n}\n'), 'a {\n  b: 1\n  c: 2\n}\n'));
  it('takes out empty lines that are too many', () => assert.equal(formatsLines('⟦a: 1\n\n\n\nb:2⟧'), 'a: 1\n\nb: 2'));
  it('does not touch a text with mistakes', () => assert.equal(formatsLines('⟦a {\nb:1⟧'), 'a {\nb:1'));

  it('adds up to the layout of the whole, for every file at hand', function () {
    this.timeout(180_000);
    for (const [name, text] of textsAtHand(this)) {
      const formatted = formatNatsConf(text);
      if (formatted === undefined) continue;
      const whole = applied(text, { start: 0, end: text.length });
      assert.equal(whole.replace(/[\r\n]+$/, ''), formatted.replace(/[\r\n]+$/, ''), name);
      const middle = text.indexOf('\n', text.length / 2) + 1;
      const half = applied(text, { start: 0, end: middle });
      assert.deepEqual(plainTree(parse(half).tree), plainTree(parse(text).tree), name);
    }
  });
});

describe('folds of NATS configurations', () => {
  it('are blocks, lists, long texts and runs of comments', () => {
    const text = '# a\n# b\nc { d: 1 }\ne {\n  f [\n    1\n  ] # g\n}\nh: "x\ny"\n';
    assert.deepEqual(
      foldsOf(text, parse(text)).map(({ span, kind }) => `${kind} ${text.slice(span.start, span.end)}`),
      ['comment # a\n# b', 'region {\n  f [\n    1\n  ] # g\n}', 'region [\n    1\n  ]', 'region "x\ny"'],
    );
  });
  it('end with the file where a bracket is open', () => {
    const text = 'a {\n b: 1\n';
    assert.deepEqual(foldsOf(text, parse(text)), [{ span: { start: 2, end: 10 }, kind: 'region' }]);
  });
});

describe('outline of NATS configurations', () => {
  const shown = (symbols: readonly OutlineEntry[]): unknown[] =>
    symbols.map(({ name, kind, children }) => (children.length > 0 ? [name, kind, shown(children)] : [name, kind]));

  it('names keys, elements and includes', () => {
    assert.deepEqual(
      shown(symbolsOf(parse('port: 1\na { users [ { user: bob, password: x }, { password: y } ] }\ninclude b.conf\n"": 2'))),
      [
        ['port', 'value'],
        [
          'a',
          'block',
          [
            [
              'users',
              'list',
              [
                [
                  'bob',
                  'block',
                  [
                    ['user', 'value'],
                    ['password', 'value'],
                  ],
                ],
                ['2', 'block', [['password', 'value']]],
              ],
            ],
          ],
        ],
        ['include b.conf', 'include'],
        ['""', 'value'],
      ],
    );
  });
  it('never names an element by a seed', () => {
    assert.deepEqual(shown(symbolsOf(parse('users [ { nkey: SUABCDEF } ]'))), [['users', 'list', [['1', 'block', [['nkey', 'value']]]]]]);
  });
});

describe('selections in NATS configurations', () => {
  it('grow from the word to the file', () => {
    const text = 'a { b: [ "c d" ] }\n';
    assert.deepEqual(
      selectionsAt(text, parse(text), text.indexOf('c d') + 1).map(({ start, end }) => text.slice(start, end)),
      ['c d', '"c d"', ' "c d" ', '[ "c d" ]', 'b: [ "c d" ]', ' b: [ "c d" ] ', '{ b: [ "c d" ] }', 'a { b: [ "c d" ] }', text],
    );
  });
  it('cover one another at every place', () => {
    const text = '{ a: 1 }\n# b\nc { include d.conf; e = $F }\n';
    for (let offset = 0; offset <= text.length; offset++) {
      const spans = selectionsAt(text, parse(text), offset);
      for (let i = 1; i < spans.length; i++) {
        const [inner, outer] = [spans[i - 1], spans[i]];
        assert.ok(
          inner && outer && outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start,
        );
      }
    }
  });
});
