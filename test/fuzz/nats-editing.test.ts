// Everything that an editor asks about a NATS configuration, asked about texts with something missing or too much: nothing throws, every place
// lies in its text, and a renaming that is offered changes nothing but the name. FUZZ_SEED repeats a run, FUZZ_ROUNDS makes it longer.
import assert from 'node:assert/strict';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { inspectValue } from '../../server/src/core/nats-conf/inspect.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import type { Span } from '../../server/src/core/text/span.ts';
import { completionsAt, modelOf, partOf } from '../support/nats-models.ts';
import { type Random, randomFrom } from '../support/random.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20260901);
const rounds = Number(process.env.FUZZ_ROUNDS ?? 400);

const part = 'PW: "x"\nusers: [{ user: eve, password: $PW }]\n';
const sample = `size = 8388608 # bytes
max_payload: $size
ping_interval: 120
authorization {
  PW: "kiwi"
  default_permissions { publish: ["a.>", "b.*"], subscribe: "_INBOX.>" }
  users: [
    { user: ana, password: $PW }
    { user: "b c", password: $OTHER, permissions: { publish: { deny: ">" } } }
  ]
}
no_auth_user: ana
accounts: {
  'SYS' { users [ { user: sys, password: $PW } ] }
  APP { include part.conf, exports: [{ service: "q.>", accounts: [SYS, "APP"] }] }
}
system_account = "SYS"
leafnodes { remotes: [ { url: "nats://hub", account: APP, credentials: "./a.creds" } ] }
note (
 text
)
`;
const atoms = [
  ...'{}[]()\n \t,;:=#/"\'\\$',
  '\r\n',
  '${X}',
  '$size',
  '$PW',
  'include part.conf',
  'a: 1',
  'b {',
  'c [',
  'APP',
  'ana',
  '1kbb',
  '\n)\n',
];

/** A few pieces cut out, put in or moved. */
function mutated(random: Random): string {
  let text = sample;
  for (let changes = random.below(4); changes >= 0; changes--) {
    const from = random.below(text.length + 1);
    const to = Math.min(text.length, from + random.below(random.below(3) === 0 ? 60 : 4));
    text = text.slice(0, from) + (random.below(2) === 0 ? random.pick(atoms) : '') + text.slice(to);
  }
  return random.below(4) === 0 ? text.slice(0, random.below(text.length)) : text;
}

function ask(text: string, offset: number): void {
  const files = { 'nats.conf': text, 'part.conf': part, 'a.creds': '' };
  const model = modelOf(files);
  const { conf, context } = model;
  const within = ({ start, end }: Span, source: string) => assert.ok(0 <= start && start <= end && end <= source.length);
  const textOf = (file: string) => files[file.slice('file:///w/'.length) as keyof typeof files];
  let end = 0;
  for (const { span } of natsConf.semanticTokens?.(conf, context) ?? []) {
    assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
    end = span.end;
  }
  for (const hint of natsConf.hints?.(conf, { start: 0, end: text.length }, context) ?? [])
    within({ start: hint.offset, end: hint.offset }, text);
  for (const link of natsConf.links?.(conf, context) ?? []) within(link.span, text);
  natsConf.hover?.(conf, offset, context);
  completionsAt(model, offset);
  applyEdits(text, natsConf.formatRange?.(conf, { start: offset, end: Math.min(text.length, offset + 80) }, '  ') ?? []);
  for (const { definitions, references, rename } of natsConf.names?.(conf, context) ?? []) {
    for (const { file, span } of [...definitions, ...references]) within(span, textOf(file));
    const renaming = offset % 8 === 0 ? rename?.('zz_new') : undefined;
    if (!renaming || 'problem' in renaming) continue;
    const changed = Object.fromEntries(
      Object.entries(files).map(([name, source]) => [
        name,
        applyEdits(
          source,
          renaming.edits.filter(({ file }) => textOf(file) === source),
        ),
      ]),
    );
    const shape = (value: unknown) => JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const after = modelOf(changed).conf.evaluation;
    assert.equal(shape(inspectValue(after.root)), shape(inspectValue(conf.evaluation.root)));
    assert.deepEqual(
      after.variables.map(({ outcome }) => outcome.kind),
      conf.evaluation.variables.map(({ outcome }) => outcome.kind),
    );
  }
  const inPart = partOf(files, 'part.conf');
  natsConf.semanticTokens?.(inPart.conf, inPart.context);
  natsConf.hover?.(inPart.conf, offset % part.length, inPart.context);
  completionsAt(inPart, offset % part.length);
  natsConf.hints?.(inPart.conf, { start: 0, end: part.length }, inPart.context);
}

describe('editing of any text as nats.conf', () => {
  it('never fails', function () {
    this.timeout(120_000);
    const random = randomFrom(seed);
    for (let round = 0; round < rounds; round++) {
      const text = mutated(random);
      const offset = random.below(text.length + 1);
      try {
        ask(text, offset);
      } catch (error) {
        throw new Error(`FUZZ_SEED=${seed}, round ${round}, offset ${offset}:\n${JSON.stringify(text)}`, { cause: error });
      }
    }
  });
});
