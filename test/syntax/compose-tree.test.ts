// The tree of a Compose file: spans, anchors, merge keys, and texts that are no YAML.
import assert from 'node:assert/strict';
import { parseTree } from '../../server/src/core/compose/tree.ts';
import { fieldOf, fieldsOf, type Node, scalarsOf } from '../../server/src/core/compose/yaml-tree.ts';

const rootOf = (text: string): Node => parseTree(text).roots[0] as Node;
const at = (root: Node, ...path: string[]) => path.reduce<Node | undefined>((node, key) => fieldOf(node, key)?.value, root);
const textAt = (text: string, span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);

describe('tree of a Compose file', () => {
  it('keeps where each value is written, through aliases and merge keys', () => {
    const text = 'x: &x\n  A: "1"\n  B: two\ny:\n  <<: *x\n  B: 3\nz: *x\n';
    const root = rootOf(text);
    const y = fieldsOf(at(root, 'y') as Node & { kind: 'mapping' });
    assert.equal(textAt(text, y.get('A')?.value.span), '"1"');
    assert.deepEqual(
      y.get('A')?.through.map(span => textAt(text, span)),
      ['*x'],
    );
    assert.equal(textAt(text, y.get('B')?.value.span), '3');
    assert.equal(textAt(text, y.get('B')?.hides?.value.span), 'two');
    assert.equal(textAt(text, fieldOf(root, 'z')?.alias), '*x');
    assert.equal(at(root, 'z'), at(root, 'x'));
  });

  it('lets the first of several merged maps win', () => {
    const root = rootOf('a: &a {K: 1}\nb: &b {K: 2, L: 3}\nc: {<<: [*a, *b]}\n');
    assert.deepEqual(
      ['K', 'L'].map(key => (at(root, 'c', key) as { text: string }).text),
      ['1', '3'],
    );
  });

  it('refuses a first key that is indented and others that are not', () => {
    const { problems } = parseTree(' version: "3"\nservices:\n  a:\n    image: x\n');
    assert.ok(problems.length > 0);
  });

  it('lets lines within quotes and brackets stand anywhere, as Compose does', () => {
    const text = 'a:\n  key: "-----BEGIN\nMII=\n\n-----END"\n  list: [\n"x", # first\n y\n]\n  map: {\nB: c\n}\nb: d\n';
    const { roots, problems } = parseTree(text);
    const root = roots[0] as Node;
    assert.deepEqual(problems, []);
    assert.equal((at(root, 'a', 'key') as { text: string }).text, '-----BEGIN MII=\n-----END');
    assert.deepEqual(
      [...scalarsOf(root)].map(({ span }) => textAt(text, span)),
      ['"-----BEGIN\nMII=\n\n-----END"', '"x"', 'y', 'c', 'd'],
    );
  });

  it('looks for a quote that is missing on the line where it is', () => {
    const text = 'a: "b\nc: "d"\n';
    const [problem] = parseTree(text).problems;
    assert.equal(text.slice(0, problem?.span.start), 'a: "b');
  });

  it('knows where the characters of a value stand', () => {
    const text = 'a: plain\nb: "quo$ted"\nc: "esc\\taped"\nd: |\n  block\ne: \'it\'\'s\'\n';
    const starts = [...scalarsOf(rootOf(text))].map(
      scalar => scalar.textSpan !== undefined && text.slice(scalar.textSpan.start, scalar.textSpan.start + 4),
    );
    assert.deepEqual(starts, ['plai', 'quo$', false, false, false]);
  });

  it('yields each written scalar once, however often it is repeated', () => {
    const root = rootOf('a: &a [1, 2]\nb: [*a, *a, *a]\nc: {<<: {K: v}}\n');
    assert.deepEqual(
      [...scalarsOf(root)].map(scalar => scalar.text),
      ['1', '2', 'v'],
    );
  });

  const problems: readonly (readonly [text: string, part: string, message: RegExp])[] = [
    ['a: 1\na: 2\n', 'a', /`a` stands twice/],
    ['a: *b\n', '*b', /No `&b` stands above/],
    ['a: &a\n  b: *a\n', '*a', /inside of the very value/],
    ['1: x\n', '1', /A key must be text, and `1` is read as a number/],
    ['a:\n  <<: 5\n', '5', /`<<` takes a map or a list of maps/],
    ['<<: {}\n<<: {}\n', '<<', /`<<` stands twice/],
  ];
  for (const [text, part, message] of problems) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      const [problem] = parseTree(text).problems;
      assert.match(problem?.message ?? '', message);
      assert.equal(textAt(text, problem?.span), part);
    });
  }

  it('reads JSON and several documents', () => {
    assert.equal((at(rootOf('{"services": {"a": {"image": "x"}}}'), 'services', 'a', 'image') as { text: string }).text, 'x');
    assert.equal(parseTree('a: 1\n---\nb: 2\n').roots.length, 2);
    assert.deepEqual(parseTree('').roots, []);
  });

  it('never throws', () => {
    for (const text of [
      '[',
      '{{',
      '"',
      '- - -\n -',
      '\t',
      'a: b: c',
      '&a',
      '*',
      '!!',
      '%YAML 3\n---',
      ': :',
      '? ',
      'a: |\n\tx',
      '<<',
      '\uFEFFa: 1',
      '---\n...\n---',
    ]) {
      assert.doesNotThrow(() => parseTree(text), JSON.stringify(text));
    }
  });

  it('survives maps that merge one another, and aliases that multiply', () => {
    const lines = ['a0: &a0 {K0: v}'];
    for (let n = 1; n < 40; n++) lines.push(`a${n}: &a${n} {<<: [*a${n - 1}, *a${n - 1}], K${n}: v}`);
    const root = rootOf(`${lines.join('\n')}\n`);
    assert.equal(fieldsOf(at(root, 'a39') as Node & { kind: 'mapping' }).size, 40);
  });
});
