// A small sample of texts that nobody wrote, judged by us and by the real servers. "node scripts/oracle/mutate.mjs" asks about many more.
import assert from 'node:assert/strict';
import { disagreements, variants } from './differential.ts';
import { findFixtures } from './fixtures.ts';
import { isolation } from './jail.ts';
import { judges, serverOrSkip } from './nats-server.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261122);
const count = Number(process.env.FUZZ_ROUNDS ?? 150);

describe(`configurations that nobody wrote, seed ${seed}`, () => {
  const seeds = findFixtures().flatMap(({ files, main }) => (files.size === 1 ? [files.get(main) as string] : []));
  for (const version of judges) {
    it(`are judged as nats-server ${version} judges them`, async function () {
      const server = serverOrSkip(this, version);
      if (isolation() === 'none') return this.skip();
      this.timeout(300_000);
      const found = await disagreements(server, variants(seeds, seed, count), 4);
      assert.equal(
        found.map(({ text, claim, verdict, message }) => `we say ${claim}, the server ${verdict} (${message}):\n${text}`).join('\n\n'),
        '',
      );
    });
  }
});
