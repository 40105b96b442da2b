// Typing into a NATS configuration: what is said after each edit, most of it taken over from before, is what a fresh look at the text says.
// FUZZ_SEED types something else.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { Renaming } from '../../server/src/core/language.ts';
import type { NatsConf } from '../../server/src/core/nats-conf/model.ts';
import { parseNatsConf } from '../../server/src/core/nats-conf/parser.ts';
import type { Entry, ParsedConf, ValueNode } from '../../server/src/core/nats-conf/tree.ts';
import type { Span } from '../../server/src/core/text/span.ts';
import { newest } from '../support/nats-text.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { edited } from '../support/random-edits.ts';
import { parseRulePage } from '../support/rule-page.ts';

const corpus = '../shared/corpus/nats-a';
const pages = 'server/src/core/nats-conf/rules';

/** A file with most of what changes hands between accounts, users and the rest. */
function example(accounts: number): string {
  const user = (i: number, u: number) =>
    `      { user: u${i}-${u}, password: ${u ? '$PW' : `"plain-${i}"`}, permissions { publish { allow: ["app.${i}.>", "x.b*"], deny: "app.>" }, subscribe: [${u ? '"_INBOX.*"' : ''}] } } # who\n`;
  const one = (i: number) =>
    `  A${i}: {\n    jetstream: enabled\n    users = [\n${user(i, 0)}${user(i, 1)}${user(i, 0)}    ]\n    exports [ { service: "q.${i}.>" }, { stream: "s.*" } ]\n    imports [ { service: { account: A${i + 1}, subject: "q.${i + 1}.>" } } ]\n  }\n`;
  const all = Array.from({ length: accounts }, (_, i) => one(i)).join('');
  const logins = [0, 1, 2].map(i => `    { user: "c${i}", password: "p${i}" // weak\n      permissions: { subscribe: ">" } }\n`).join('');
  return `PW: "kiwi" # all of them\nport: 4222\naccounts {\n${all}  SYS { users: [{user: sys, password: ""}] }\n}\nsystem_account: SYS\nauthorization {\n  default_permissions { publish: ["a.>"] }\n  users: [\n${logins}  ]\n}\n`;
}

const snippets = [
  ...'{}[]()\n \t,;:=#/"\'\\$1x*>.',
  '\r\n',
  '$PW',
  '${X}',
  'include part.conf\n',
  'users [ { user: z } ]',
  '{ user: y, password: "secret" }\n',
  'user: w',
  'A0 { }\n',
  '64kbb ',
  '\n)\n',
  '// ',
  '"a.b*"',
  '5]',
];

/** A tree without what spans move with. */
function plain({ tree, errors, comments, groups }: ParsedConf): unknown {
  const at = (span: Span | undefined) => span && [span.start, span.end];
  const entry = (it: Entry): unknown => {
    if (it.kind === 'include') return [it.path, at(it.pathSpan), at(it.keywordSpan), at(it.span)];
    return [it.key, at(it.keySpan), it.keyQuote, at(it.separatorSpan), at(it.span), it.garbled, node(it.value)];
  };
  const node = (it: ValueNode): unknown => {
    if (it.kind === 'map') return ['map', at(it.span), at(it.open), at(it.close), it.statements.map(entry)];
    if (it.kind === 'array') return ['array', at(it.span), at(it.open), at(it.close), it.items.map(node)];
    if (it.kind === 'string') return ['string', it.value, it.quote, at(it.span), at(it.contentSpan), it.escaped];
    if (it.kind === 'variable') return ['variable', it.name, at(it.span), at(it.nameSpan)];
    return [it.kind, at(it.span), 'source' in it ? it.source : '', 'lost' in it && it.lost];
  };
  const problems = errors.map(({ kind, span, message, refused, related, fix }) => [
    ...[kind, at(span), message, refused, related.map(one => [at(one.span), one.message])],
    ...[fix?.title, fix?.edits.map(edit => [at(edit.span), edit.newText])],
  ]);
  return { tree: node(tree), problems, comments: comments.map(at), groups: groups.map(({ open, close }) => [at(open), at(close)]) };
}

const id = 'file:///srv/nats.conf';

class Editor {
  readonly analyzer = new Analyzer(() => 1_750_000_000_000);

  /** Everything that is said about all files. */
  look(texts: ReadonlyMap<string, string>): unknown {
    for (const [file, text] of texts) this.analyzer.setFile({ id: file, text }, file === id ? 'nats-conf' : undefined);
    for (let wanted = this.analyzer.wanted(); wanted.length > 0; wanted = this.analyzer.wanted()) {
      for (const file of wanted) this.analyzer.setAbsent(file);
    }
    const findings = [...texts.keys()].map(file =>
      this.analyzer.result(file).findings.map(({ fixes, prepared, ...finding }) => ({
        ...(prepared ? { prepared: { title: prepared.title, work: prepared.work, edits: prepared.edits('x').map(plainEdit) } } : {}),
        ...finding,
        fixes: fixes.map(({ title, safety, edits }) => ({ title, safety, edits: edits().map(plainEdit) })),
      })),
    );
    assert.deepEqual(this.analyzer.faults(), []);
    const { model } = this.analyzer.owner(id) as { model: NatsConf };
    const [main] = model.evaluation.files;
    return [findings, main && plain(main.parsed), this.analyzer.effective(id), this.#atPlaces(texts.get(id) ?? '')];
  }

  #atPlaces(text: string): unknown {
    const { analyzer } = this;
    const at = ({ start, end }: Span) => [start, end];
    // In front of a list a value is tried, which must leave no trace.
    const places = [text.length >> 1, text.indexOf('['), text.length >> 2, text.lastIndexOf('['), text.length - 1].map(offset => [
      analyzer.hovers(id, offset).map(({ span, markdown }) => [at(span), markdown]),
      analyzer.completions(id, offset).map(({ span, ...proposal }) => [at(span), proposal]),
      analyzer
        .namesAt(id, offset)
        .map(({ kind, name, definitions, references, rename }) => [
          ...[kind, name, definitions.map(({ span }) => at(span)), references.map(({ span }) => at(span))],
          plainRenaming(rename?.('A0')),
          plainRenaming(rename?.('zz')),
        ]),
    ]);
    const folds = analyzer.owner(id)?.language.folds?.(analyzer.owner(id)?.model) ?? [];
    return [
      ...places,
      folds.map(({ span, kind }) => [at(span), kind]),
      analyzer.semanticTokens(id)?.map(({ span, type, modifiers }) => [at(span), type, modifiers]),
      analyzer.lenses(id).map(({ span, title, command }) => [at(span), title, command]),
      analyzer.hints(id, { start: 0, end: text.length }).map(({ offset, label }) => [offset, label]),
    ];
  }
}

function plainRenaming(renaming: Renaming | undefined): unknown {
  return renaming && 'edits' in renaming ? renaming.edits.map(plainEdit) : renaming;
}

function plainEdit({ file, span, newText }: { file: string; span: Span; newText: string }): unknown {
  return [file, span.start, span.end, newText];
}

/** Types into a text, and takes half of it back. */
function type(first: string, edits: number, random: Random, others: readonly (readonly [string, string])[] = []): void {
  const editor = new Editor();
  const texts = new Map([[id, first], ...others]);
  editor.look(texts);
  const history = [[...texts]];
  for (let edit = 0; edit < edits; edit++) {
    const file = [...texts.keys()][random.next() < 0.9 ? 0 : random.below(texts.size)] as string;
    const before = texts.get(file) as string;
    texts.set(file, edited(before, snippets, random));
    history.push([...texts]);
    assert.deepEqual(editor.look(texts), new Editor().look(texts), JSON.stringify(history));
    if (edit % 2) texts.set(file, before);
  }
}

describe('edits of NATS configurations', () => {
  it('give the tree of the whole text', function () {
    this.timeout(180_000);
    const random = randomFrom(Number(process.env.FUZZ_SEED ?? 7));
    for (let round = 0; round < 16; round++) {
      let text = example(1 + (round % 4));
      let parsed = parseNatsConf(text, { version: newest });
      assert.ok(parsed.parts.length > 3, 'the example has parts');
      for (let edit = 0; edit < 16; edit++) {
        const before = text;
        const next = edited(text, snippets, random);
        parsed = parseNatsConf(next, { version: newest, before: { text, parts: parsed.parts } });
        text = next;
        assert.deepEqual(plain(parsed), plain(parseNatsConf(text, { version: newest })), JSON.stringify([before, text]));
        if (edit % 3 < 2) {
          parsed = parseNatsConf(before, { version: newest, before: { text, parts: parsed.parts } });
          text = before;
        }
      }
    }
  });

  it('give the findings of a fresh look, with other files beside', function () {
    this.timeout(180_000);
    const random = randomFrom(Number(process.env.FUZZ_SEED ?? 11));
    const part = ['file:///srv/part.conf', 'PW: "other"\nusers [ { user: q, password: $PW } ]\n'] as const;
    for (let round = 0; round < 6; round++) type(example(1 + (round % 3)), 8, random, round % 2 ? [part] : []);
  });

  it('give what every rule finds in its examples', function () {
    this.timeout(180_000);
    const random = randomFrom(Number(process.env.FUZZ_SEED ?? 13));
    for (const name of readdirSync(pages).filter(one => one.endsWith('.md'))) {
      const { scenarios } = parseRulePage(readFileSync(join(pages, name), 'utf8'));
      const texts = scenarios.flatMap(({ files }) => (files[0]?.name.endsWith('.conf') ? [files[0].text] : []));
      const chosen = texts.filter(text => /accounts|users/.test(text)).slice(0, 1);
      for (const text of chosen) type(text, 2, random);
    }
  });

  it('agree on given files too', function () {
    if (!existsSync(corpus)) this.skip();
    this.timeout(120_000);
    const random = randomFrom(Number(process.env.FUZZ_SEED ?? 17));
    const files = readdirSync(corpus, { recursive: true })
      .map(name => join(corpus, String(name)))
      .filter(path => path.endsWith('.conf') && statSync(path).size < 20_000)
      .filter(path => /accounts|users/.test(readFileSync(path, 'utf8')));
    for (let i = 0; i < files.length; i += Math.ceil(files.length / 20)) type(readFileSync(files[i] as string, 'utf8'), 2, random);
  });
});
