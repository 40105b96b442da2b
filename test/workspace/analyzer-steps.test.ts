// Analyses in steps: they come to the same as at once, and end when what they are made of changes.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const conf = 'file:///project/nats.conf';
const part = 'file:///project/part.conf';
const text = 'include "part.conf"\nport: 4222\nauthorization { user: a, password: b }\n';

function loaded(): Analyzer {
  const analyzer = new Analyzer(() => 1_750_000_000_000);
  analyzer.setFile({ id: conf, text });
  analyzer.setFile({ id: part, text: 'debug: maybe\n' });
  return analyzer;
}

describe('analysis in steps', () => {
  it('finds what an analysis at once finds', () => {
    const [one, other] = [loaded(), loaded()];
    const steps = [...one.analysisSteps(conf)].length;
    assert.ok(steps > 50, `${steps} steps`);
    assert.ok(one.isAnalyzed(conf));
    const words = (analyzer: Analyzer) => analyzer.result(conf).findings.map(({ rule, span, message }) => ({ rule, span, message }));
    assert.deepEqual(words(one), words(other));
    assert.ok(words(one).length > 0);
  });

  it('ends early when the file or one that it reads changes, and keeps nothing', () => {
    for (const id of [conf, part]) {
      const analyzer = loaded();
      const steps = analyzer.analysisSteps(conf);
      steps.next();
      steps.next();
      analyzer.setFile({ id, text: `${analyzer.textOf(id)}trace: true\n` });
      assert.deepEqual(steps.next(), { done: true, value: undefined });
      assert.equal(analyzer.isAnalyzed(conf), false);
    }
  });

  it('leaves an analysis alone that somebody else needed at once', () => {
    const analyzer = loaded();
    const steps = analyzer.analysisSteps(conf);
    steps.next();
    const analysis = analyzer.analysis(conf);
    for (const _ of steps) assert.fail('there is nothing left to do');
    assert.equal(analyzer.analysis(conf), analysis);
  });

  it('keeps nobody waiting who asks about another file', () => {
    const [small, big] = ['file:///small/compose.yaml', 'file:///big/compose.yaml'];
    const service = (name: string) => `  ${name}:\n    image: example/${name}:1\n    environment:\n      JWT_SECRET: \${JWT_SECRET:?}\n`;
    const analyzer = new Analyzer(() => 0);
    const smallText = `services:\n${service('gateway')}`;
    analyzer.setFile({ id: small, text: smallText });
    analyzer.result(small);
    const fragments = Array.from({ length: 500 }, (_, i) => `x-${i}: &x${i}\n  JWT_ISSUER: https://id-${i}.example.com/\n`).join('');
    const merged = Array.from({ length: 1000 }, (_, i) => `${service(`s${i}`)}      <<: *x${i % 500}\n`).join('');
    analyzer.setFile({ id: big, text: `${fragments}services:\n${merged}` });
    const steps = analyzer.analysisSteps(big);
    for (let step = 0; step < 3; step++) {
      assert.equal(steps.next().done, false);
      assert.match(analyzer.hovers(small, smallText.indexOf('JWT_SECRET'))[0]?.markdown ?? '', /signs and checks tokens/);
      assert.ok(analyzer.completions(small, smallText.length - 1) && analyzer.lenses(small).length > 0);
      assert.equal(analyzer.isAnalyzed(big), false);
    }
    for (const _ of steps) assert.equal(analyzer.isAnalyzed(big), false);
    assert.ok(analyzer.isAnalyzed(big) && analyzer.workspace().files.has(big));
  });
});
