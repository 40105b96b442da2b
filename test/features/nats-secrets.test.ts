// Nothing that the editor shows of a NATS configuration holds one of its secrets: hovers, hints, lenses, proposals, outlines, what takes effect.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { type NatsConf, secretFormats, settingsOfFormat } from '../../server/src/core/nats-conf/model.ts';
import { answerPermission } from '../../server/src/core/nats-conf/permission-answer.ts';
import { decisionInWords, verdictInWords } from '../../server/src/core/nats-conf/permission-words.ts';
import { stringsIn } from '../../server/src/core/nats-conf/strings.ts';
import { usersOf } from '../../server/src/core/nats-conf/user-access.ts';

const id = 'file:///secrets/nats.conf';
const now = Date.UTC(2026, 0, 1);

/** Values that nobody should see, except those that the text has elsewhere too (who has the name for a password shows both) and plain words. */
function secretsOf(conf: NatsConf, text: string): readonly string[] {
  const given = [...settingsOfFormat(conf, ...secretFormats)].flatMap(({ value }) => [...stringsIn(value)].map(one => one.value));
  const inUrls = [...text.matchAll(/:\/\/[^\s:@/"']*:([^\s@/"']+)@/g)].map(match => match[1] ?? '');
  const seeds = [...text.matchAll(/\bS[ACNOUX][A-Z2-7]{56,}/g)].map(match => match[0]);
  return [...new Set([...given, ...inUrls, ...seeds])].filter(
    one => one.length >= 5 && /\d|.{10}/.test(one) && !one.startsWith('$') && text.split(one).length === 2,
  );
}

/** Everything that is shown of the file, with a name for each. */
function* shownOf(analyzer: Analyzer, conf: NatsConf, text: string): Generator<readonly [what: string, shown: string]> {
  for (const { rule, message, related, fixes, prepared } of analyzer.result(id).findings) {
    yield [rule, [message, ...related.map(one => one.message), ...fixes.map(({ title }) => title), prepared?.title].join('\n')];
  }
  const step = Math.max(1, Math.floor(text.length / 400));
  for (let offset = 0; offset < text.length; offset += step) {
    yield [
      `hover at ${offset}`,
      analyzer
        .hovers(id, offset)
        .map(({ markdown }) => markdown)
        .join('\n'),
    ];
    if (offset % (step * 8) !== 0) continue;
    const proposals = analyzer.completions(id, offset);
    yield [
      `proposals at ${offset}`,
      proposals.map(({ label, detail, documentation, insertText }) => [label, detail, documentation, insertText]).join('\n'),
    ];
  }
  yield ['hints', JSON.stringify(analyzer.hints(id, { start: 0, end: text.length }))];
  yield ['lenses', JSON.stringify(analyzer.lenses(id))];
  yield ['what takes effect', analyzer.effective(id) ?? ''];
  yield ['outline', JSON.stringify(analyzer.analysis(id)?.layers.map(({ language, model }) => language.outline?.(model)))];
  for (const user of usersOf(conf)) {
    const question = { action: 'publish', subject: 'a.b' } as const;
    const answer = answerPermission(conf, user, question);
    yield ['permission', [verdictInWords(user.name, question, answer), decisionInWords(answer), ...answer.notes].join('\n')];
  }
}

function assertSilent(text: string, name: string): number {
  const analyzer = new Analyzer(() => now);
  analyzer.setFile({ id, text }, 'nats-conf');
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  const conf = analyzer.owner(id)?.model as NatsConf;
  const secrets = secretsOf(conf, text);
  if (secrets.length === 0) return 0;
  for (const [what, shown] of shownOf(analyzer, conf, text)) {
    const leaked = secrets.find(secret => shown.includes(secret));
    assert.equal(leaked, undefined, `${name}: ${what} shows a secret: ${shown.slice(0, 300)}`);
  }
  return secrets.length;
}

describe('secrets of NATS configurations', () => {
  it('are not shown, wherever they stand', () => {
    const text = `pw: "behind-a-variable-1"
authorization {
  token: "shared-by-all-2"
  users: [
    { user: ana, password: "plain-word-3", permissions: { publish: "a.>" } }
    { user: ben, password: $pw }
    { user: cid, pass: 'near-miss-4' }
  ]
}
cluster { routes: ["nats://r:route-word-5@b:6222"], authorization { user: r, password: route-word-6 } }
leafnodes { remotes: [ { url: "nats://leaf:leaf-word-7@hub:7422" } ] }
jetstream { key: "at-rest-key-8" }
websocket { port: 443, token: "web-token-9" }
`;
    assert.ok(assertSilent(text, 'own') >= 7);
  });

  it('are not shown of configurations that other people wrote', function () {
    const corpus = '../shared/corpus';
    if (!existsSync(corpus)) this.skip();
    const files = ['nats-b', 'nats-a'].flatMap(folder =>
      readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.conf'))
        .map(name => join(corpus, folder, name)),
    );
    this.timeout(240_000);
    // Every third says enough, and takes a third of the time.
    const held = files.filter((_, i) => i % 3 === 0).map(file => assertSilent(readFileSync(file, 'utf8'), file));
    assert.ok(held.some(count => count > 0));
  });
});
