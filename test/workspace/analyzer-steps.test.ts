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
});
