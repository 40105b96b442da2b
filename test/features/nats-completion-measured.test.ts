// How often completion knows what somebody has written: keys and values are taken out of configurations that others wrote, at
// random but always the same, and looked for among the first ten proposals.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { randomFrom } from '../support/random.ts';
import { placeAmongProposals, type Removal, readWorkspaces, removalsIn } from '../support/removed-words.ts';

const corpus = '../shared/corpus';
const seed = Number(process.env.FUZZ_SEED ?? 20261122);
const removed = 200;

describe('completion of nats.conf, measured', () => {
  it('has nine of ten removed keys and values that anybody can know among its first ten proposals', function () {
    if (!existsSync(corpus)) return this.skip();
    this.timeout(240_000);
    const random = randomFrom(seed);
    const all = readWorkspaces(corpus).flatMap(removalsIn);
    const chosen = Array.from({ length: removed }, () => all.splice(random.below(all.length), 1)[0] as Removal);
    const counts = new Map<Removal['what'], { hits: number; all: number }>();
    for (const removal of chosen) {
      const count = counts.get(removal.what) ?? { hits: 0, all: 0 };
      counts.set(removal.what, count);
      count.all++;
      const place = placeAmongProposals(removal);
      if (place >= 0 && place < 10) count.hits++;
    }
    const share = (...kinds: readonly Removal['what'][]) => {
      const chosenCounts = kinds.flatMap(kind => counts.get(kind) ?? []);
      return chosenCounts.reduce((sum, { hits }) => sum + hits, 0) / chosenCounts.reduce((sum, count) => sum + count.all, 0);
    };
    const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
    const completable = share('key', 'closed value', 'value seen elsewhere');
    const figures = [...counts].map(([what, { hits, all: of }]) => `${what} ${hits}/${of}`).join(', ');
    const allowed = share('key', 'closed value', 'value seen elsewhere', 'invented');
    const told = `of what can be known ${percent(completable)}, of all but secrets ${percent(allowed)}, of everything ${percent(share(...counts.keys()))} (${figures}; seed ${seed})`;
    console.log(`      ${told}`);
    assert.ok(completable >= 0.9, told);
    // What its author made up for one place, nobody can know; what is usual in such a place still meets two of three of them.
    assert.ok(allowed >= 0.88, told);
    assert.ok(share('key') >= 0.9 && share('closed value') >= 0.9, told);
  });
});
