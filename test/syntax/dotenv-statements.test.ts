// Dotenv files as Compose reads them: values, what they come from, and where Compose gives up.
import assert from 'node:assert/strict';
import { evaluateEnvFile, parseEnvFile } from '../../server/src/core/environment/env-file.ts';

const read = (text: string, environment: Readonly<Record<string, string>> = {}) => {
  const { values } = evaluateEnvFile(parseEnvFile(text), name => environment[name], new Map());
  return Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
};

describe('dotenv statements', () => {
  const cases: readonly (readonly [text: string, values: Readonly<Record<string, string>>])[] = [
    ['A=1\nB=two words \n', { A: '1', B: 'two words' }],
    ['export A=1\n', { A: '1' }],
    ['A: 1\n', { A: '1' }],
    ['A = 1\n', { A: '1' }],
    ['# comment\n\n  A=1 # comment\n', { A: '1' }],
    ['A=a#b\n', { A: 'a#b' }],
    ['A= # comment\n', { A: '# comment' }],
    ['A=\nB=1\n', { A: '', B: '1' }],
    ["A='a $B # c'\n", { A: 'a $B # c' }],
    ['A="a # b"\n', { A: 'a # b' }],
    ['A="line\nnext"\n', { A: 'line\nnext' }],
    ['A="tab\\tquote\\"dollar\\$B"\n', { A: 'tab\tquote"dollar$B' }],
    ["A='it\\'s'\n", { A: "it's" }],
    ['A="\\0101\\q"\n', { A: 'A\\q' }],
    ['A=1\nB=${A}2\n', { A: '1', B: '12' }],
    ['A=1\nA=${A}2\n', { A: '12' }],
    ['A=$$x\n', { A: '$x' }],
    ['A=${B:-d}\n', { A: 'd' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['\uFEFFA=1\n', { A: '1' }],
    ['A="x"B=1\n', { A: 'x', B: '1' }],
  ];
  for (const [text, values] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(read(text), values));
  }

  it('takes a name alone from the environment, and lets the environment answer first', () => {
    assert.deepEqual(read('A\nB\n', { A: 'outside' }), { A: 'outside' });
    assert.deepEqual(read('A=1\nB=$A\n', { A: 'outside' }), { A: '1', B: 'outside' });
  });

  it('keeps where names and values stand', () => {
    const text = "export JWT_SECRET='a b' # c\nPORT=80\n";
    const told = parseEnvFile(text).statements.map(({ nameSpan, valueSpan, span }) =>
      [nameSpan, valueSpan, span].map(s => text.slice(s.start, s.end)),
    );
    assert.deepEqual(told, [
      ['JWT_SECRET', "'a b'", "export JWT_SECRET='a b'"],
      ['PORT', '80', 'PORT=80'],
    ]);
  });

  it('keeps where a variable in a value stands', () => {
    const text = 'A="x${B}y"\n';
    const { values } = evaluateEnvFile(parseEnvFile(text), () => undefined, new Map());
    const span = values.get('A')?.uses[0]?.span;
    assert.equal(span && text.slice(span.start, span.end), '${B}');
  });

  const refused: readonly (readonly [text: string, part: string])[] = [
    ['A="x\n', '"x'],
    ['A B=1\n', 'A B'],
    ['A!=1\n', '!'],
  ];
  for (const [text, part] of refused) {
    it(`gives up at ${JSON.stringify(part)}`, () => {
      const { problem } = parseEnvFile(text);
      assert.equal(problem && text.slice(problem.span.start, problem.span.end), part);
    });
  }

  it('reads the raw format behind a byte order mark; blanks within names and values without a name are refused', () => {
    assert.deepEqual(
      parseEnvFile('\uFEFFA=1\n\u00A0B=2\n', 'raw').statements.map(({ name }) => name),
      ['A', 'B'],
    );
    assert.equal(parseEnvFile('A B=1\n', 'raw').problem?.message, 'A variable name cannot hold a blank');
    assert.equal(parseEnvFile('=1\n', 'raw').problem?.message, 'No name stands before the `=`');
  });

  it('reads the raw format without quotes and variables', () => {
    const { statements } = parseEnvFile('A="$B" # c\n# comment\nC\n', 'raw');
    assert.deepEqual(
      statements.map(({ name, raw }) => [name, raw]),
      [
        ['A', '"$B" # c'],
        ['C', undefined],
      ],
    );
  });
});
