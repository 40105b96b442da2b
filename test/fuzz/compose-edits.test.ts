// Typing into a Compose file: what is said after each edit, most of it taken over from before, is what a fresh look at the text says.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { parseTree } from '../../server/src/core/compose/tree.ts';
import { type Node, parseWhole, type Tree } from '../../server/src/core/compose/yaml-tree.ts';
import { randomFrom } from '../support/random.ts';
import { edited } from '../support/random-edits.ts';

const corpus = '../shared/corpus/compose';

/** A file with most of what Compose files hold: anchors, merges, lists, flows, block texts, comments, variables. */
function example(services: number): string {
  const list = (i: number) =>
    `      - NODE_ENV=production\n      - JWT_SECRET=\${JWT_SECRET:-secret-${i}}\n      - JWT_ISSUER=https://a.example.com/\n`;
  const map = (i: number) => `      <<: *auth\n      JWKS_URI: "https://a.example.com/keys"\n      CLIENT_SECRET: \${SECRET_${i}}\n`;
  const one = (i: number) =>
    `  svc-${i}:\n    image: acme/svc-${i}:1\n    # a comment\n    environment:\n${i % 2 ? list(i) : map(i)}    ports: ["${8000 + i}:80"]\n    command: |\n      run\n        --it\n\n`;
  const all = Array.from({ length: services }, (_, i) => one(i)).join('');
  return `# services\nx-auth: &auth\n  JWT_ISSUER: https://a.example.com\n  JWT_AUDIENCE: api\n\nservices: # all\n${all}  broker: &b\n    image: nats\n    ports: ['4222:4222']\n  second: *b\n\nnetworks:\n  backend: {}\n`;
}

const snippets = [
  '\n',
  ' ',
  '  ',
  ':',
  '- ',
  '"',
  "'",
  '#',
  '&x ',
  '*auth',
  '{',
  '}',
  '[',
  '|',
  '>',
  '\t',
  '---\n',
  'a: b\n',
  '    x: 1\n',
  '<<: *auth\n',
  '${A',
  '!reset ',
  'services:\n',
  '  svc-0:\n',
  '\r\n',
  '*b',
  '&auth ',
  'x',
];

/** A tree without shared objects, getters and caches. */
function plain({ roots, problems, broken }: Tree): unknown {
  const seen = new Map<Node, number>();
  const spanOf = (span: { start: number; end: number } | undefined) => span && [span.start, span.end];
  const node = (it: Node | undefined): unknown => {
    if (it === undefined) return undefined;
    const known = seen.get(it);
    if (known !== undefined) return `node ${known}`;
    seen.set(it, seen.size);
    const base = { kind: it.kind, span: spanOf(it.span), tag: it.tag };
    if (it.kind === 'scalar') return { ...base, type: it.type, text: it.text, textSpan: spanOf(it.textSpan), quoted: it.quoted };
    if (it.kind === 'sequence') return { ...base, items: it.items.map(({ value, alias }) => [node(value), spanOf(alias)]) };
    const entries = it.entries.map(({ key, keySpan, value, alias }) => [key, spanOf(keySpan), node(value), spanOf(alias)]);
    const merges = it.merges.map(({ keySpan, sources, listed }) => [
      spanOf(keySpan),
      listed,
      sources.map(({ mapping, span }) => [node(mapping), spanOf(span)]),
    ]);
    return { ...base, entries, merges };
  };
  const said = problems
    .map(({ span, message, related }) => [span.start, span.end, message, related && spanOf(related.span)])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { roots: roots.map(node), problems: said, broken };
}

const id = 'file:///project/compose.yaml';
const override = 'file:///project/compose.override.yaml';
const dotenv = 'file:///project/.env';

class Editor {
  readonly analyzer = new Analyzer(() => 1_750_000_000_000);

  /** Everything that is said about all files. */
  look(texts: ReadonlyMap<string, string>): unknown {
    for (const [file, text] of texts) this.analyzer.setFile({ id: file, text });
    for (let wanted = this.analyzer.wanted(); wanted.length > 0; wanted = this.analyzer.wanted()) {
      for (const file of wanted) this.analyzer.setAbsent(file);
    }
    assert.deepEqual(this.analyzer.faults(), []);
    return [...texts.keys()].map(file =>
      this.analyzer.result(file).findings.map(({ fixes, prepared, ...finding }) => ({
        ...(prepared ? { prepared: { title: prepared.title, work: prepared.work } } : {}),
        ...finding,
        fixes: fixes.map(({ title, safety, edits }) => ({
          title,
          safety,
          edits: edits().map(({ file: of, span, newText }) => [of, span.start, span.end, newText]),
        })),
      })),
    );
  }
}

describe('edits of Compose files', () => {
  it('give the tree of the whole text', function () {
    this.timeout(180_000);
    const random = randomFrom(7);
    for (let round = 0; round < 40; round++) {
      let text = example(1 + (round % 5));
      let tree = parseTree(text);
      assert.ok(tree.parts.length > 3, 'the example is read in parts');
      for (let edit = 0; edit < 25; edit++) {
        const before = text;
        text = edited(text, snippets, random);
        tree = parseTree(text, tree);
        assert.deepEqual(plain(tree), plain(parseWhole(text)), `${JSON.stringify(before)}\n${JSON.stringify(text)}`);
        if (edit % 3 === 2) {
          text = before;
          tree = parseTree(text, tree);
        }
      }
    }
  });

  it('give the findings of a fresh look, with other files beside', function () {
    this.timeout(180_000);
    const random = randomFrom(11);
    for (let round = 0; round < 12; round++) {
      const editor = new Editor();
      const texts = new Map([
        [id, example(1 + (round % 6))],
        [dotenv, 'JWT_SECRET=changeme\nSECRET_0=x\n'],
        ...(round % 2
          ? [[override, 'services:\n  svc-0:\n    environment:\n      - DEV_AUTH=true\n  svc-1:\n    ports: ["1:1"]\n'] as const]
          : []),
      ]);
      editor.look(texts);
      for (let edit = 0; edit < 15; edit++) {
        const file = [...texts.keys()][random.next() < 0.8 ? 0 : random.below(texts.size)] as string;
        const before = texts.get(file) as string;
        texts.set(file, edited(before, snippets, random));
        assert.deepEqual(editor.look(texts), new Editor().look(texts), JSON.stringify([...texts]));
        if (edit % 2) texts.set(file, before);
      }
    }
  });

  it('on trial, in a fork, change nothing about the file itself', () => {
    const random = randomFrom(17);
    const editor = new Editor();
    const texts = new Map([[id, example(4)]]);
    const before = editor.look(texts);
    const trial = editor.analyzer.fork();
    for (let edit = 0; edit < 5; edit++) {
      trial.setText(id, edited(example(4), snippets, random));
      trial.result(id);
      assert.deepEqual(editor.look(texts), before);
    }
    const next = new Map([[id, edited(example(4), snippets, random)]]);
    assert.deepEqual(editor.look(next), new Editor().look(next));
  });

  it('agree on given files too', function () {
    if (!existsSync(corpus)) this.skip();
    this.timeout(120_000);
    const random = randomFrom(13);
    const files = readdirSync(corpus, { recursive: true })
      .map(name => join(corpus, String(name)))
      .filter(path => /\.ya?ml$/.test(path) && statSync(path).size < 20_000);
    for (const path of files) {
      let text = readFileSync(path, 'utf8');
      let tree = parseTree(text);
      const editor = new Editor();
      for (let edit = 0; edit < 4; edit++) {
        assert.deepEqual(plain(tree), plain(parseWhole(text)), `${path}: ${JSON.stringify(text)}`);
        assert.deepEqual(editor.look(new Map([[id, text]])), new Editor().look(new Map([[id, text]])), `${path}: ${JSON.stringify(text)}`);
        text = edited(text, snippets, random);
        tree = parseTree(text, tree);
      }
    }
  });
});
