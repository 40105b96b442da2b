// Any text at all goes through the reading of NATS configurations: nothing throws or hangs, every span lies in its text, every tree nests.
// FUZZ_SEED repeats a run, FUZZ_ROUNDS makes it longer; both are printed with a failure.
import assert from 'node:assert/strict';
import { foldsOf } from '../../server/src/core/nats-conf/folding.ts';
import { formatNatsConf } from '../../server/src/core/nats-conf/format.ts';
import { inspectValue } from '../../server/src/core/nats-conf/inspect.ts';
import { selectionsAt } from '../../server/src/core/nats-conf/selection.ts';
import { symbolsOf } from '../../server/src/core/nats-conf/symbols.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { beforeBlocks, evaluateFiles, isRefused, nestingFaults, newest, oldest, parse } from '../support/nats-text.ts';
import { randomFrom } from '../support/random.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20260831);
const rounds = Number(process.env.FUZZ_ROUNDS ?? 1500);

const sample = `# A server with most of the syntax in it
server_name: "n\\x31" ; port: 4222, http = 127.0.0.1:8222
PASS: $2a$11$abc
{ "debug": false }
include './users.conf'
cluster {
  name: east // the region
  listen: 0.0.0.0:6222
  authorization { user: route, password: $PASS, timeout: 0.5 }
  routes = [
    nats-route://a:6222
    "nats-route://b:6222", 'nats-route://c:6222'
  ]
}
accounts: {
  A { users: [ { user: a, password: "b\\tc" }, {nkey: UABC} ], jetstream { max_mem: 64MB } }
  'B c' { exports: [ { stream: "b.>" } ] }
}
note (
 text
)
at: 2026-01-31T12:00:00Z
`;

const atoms = [
  ...'{}[]()\n\n\r \t,;:=#/"\'\\$-.*0~\0',
  ...['\r\n', '//', '/*', '*/', '$X', '$2a$', '${X}', '12', '4kb', '1kbb', '1e5', '1.5', '1.2.3', '2020-', '2020-01-02T03:04:05Z', 'true'],
  ...[
    'include x',
    'include "',
    'a: 1',
    'b {',
    'c [',
    '\n)\n',
    "it's",
    '\\x4',
    '\\q',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u{1f600}',
    '\ud800',
    '\u0663',
  ],
];

function check(text: string): void {
  for (const version of [oldest, beforeBlocks, newest]) {
    const parsed = parse(text, version);
    assert.deepEqual(nestingFaults(text, parsed), []);
    for (const { fix } of parsed.errors) {
      if (!fix) continue;
      const fixed = applyEdits(
        text,
        fix.edits.map(edit => ({ file: '', ...edit })),
      );
      assert.notEqual(fixed, text, `the fix «${fix.title}» changes nothing`);
      parse(fixed, version);
    }
  }
  foldsOf(text, parse(text));
  symbolsOf(parse(text));
  selectionsAt(text, parse(text), text.length >> 1);
  const formatted = formatNatsConf(text);
  if (formatted !== undefined) assert.equal(formatNatsConf(formatted), formatted, 'formatting twice changes more than formatting once');
  const { root } = evaluateFiles({ 'nats.conf': text, x: text, 'users.conf': 'A: 1' });
  inspectValue(root);
}

/** Runs one text and, when it fails, says how to meet it again. */
function checkNamed(text: string, round: number | string): void {
  try {
    check(text);
  } catch (error) {
    throw new Error(`seed ${seed}, round ${round}, text ${JSON.stringify(text)}: ${error instanceof Error ? error.message : error}`);
  }
}

describe(`NATS syntax under random texts, seed ${seed}`, () => {
  it('reads the sample as it stands', () => {
    assert.ok(!isRefused(parse(sample)));
    check(sample);
  });

  it('reads every beginning and every end of it', () => {
    for (let i = 0; i <= sample.length; i++) {
      checkNamed(sample.slice(0, i), `beginning ${i}`);
      checkNamed(sample.slice(i), `end ${i}`);
    }
  });

  it('reads it with any one character gone', () => {
    for (let i = 0; i < sample.length; i++) checkNamed(sample.slice(0, i) + sample.slice(i + 1), `without ${i}`);
  });

  it('reads it with random changes', () => {
    const random = randomFrom(seed);
    for (let round = 0; round < rounds; round++) {
      let text = sample;
      for (let changes = 1 + random.below(6); changes > 0; changes--) {
        const at = random.below(text.length + 1);
        text =
          text.slice(0, at) +
          (random.next() < 0.7 ? random.pick(atoms) : '') +
          text.slice(at + (random.next() < 0.5 ? 0 : random.below(4)));
      }
      checkNamed(text, round);
    }
  });

  it('reads random pieces of syntax', () => {
    const random = randomFrom(seed + 1);
    for (let round = 0; round < rounds * 2; round++) {
      let text = '';
      for (let pieces = 1 + random.below(24); pieces > 0; pieces--) text += random.pick(atoms);
      checkNamed(text, round);
    }
  });

  it('reads random bytes', () => {
    const random = randomFrom(seed + 2);
    for (let round = 0; round < rounds / 3; round++) {
      const bytes = Array.from({ length: random.below(200) }, () => random.below(256));
      checkNamed(Buffer.from(bytes).toString(round % 2 ? 'latin1' : 'utf8'), round);
    }
  });

  it('ends soon with long texts of one piece', () => {
    // Each would take minutes, or all memory, if any step were repeated for every character behind it.
    const pieces = [...new Set(atoms), '{a:', '[{', '"x\na: ', "'\nb: ", 'a: "b\nc: "d" e\n', 'a:\nb', 'x {\n', '(a\n', '$X\n', 'a: $X '];
    for (const piece of [...pieces, '{ user: \n', 'm [ 1\n }\n', 'a { b: } ', '} a,', '"a": "b",\n', 'a { ]\n', 'a:$X\nX:1\n']) {
      const text = piece.repeat(8000);
      const parsed = parse(text);
      // Deeper than the tree is kept, so that this may recurse.
      assert.deepEqual(nestingFaults(text, parsed).slice(0, 3), []);
      inspectValue(evaluateFiles({ 'nats.conf': text }).root);
    }
  });
});
