// The test runner is what everybody trusts: a failure, a hang, a missing component and a run of nothing must not look like success.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
interface Result extends Counts {
  readonly failures: readonly string[];
  readonly tests: readonly string[];
  readonly retried: readonly string[];
  readonly reasons: readonly string[];
}
interface Tier {
  readonly name: string;
  readonly limit?: number;
  readonly counts?: boolean;
  readonly needs?: readonly string[];
  readonly alone?: boolean;
  readonly requires?: () => readonly (() => Promise<string | undefined>)[];
  readonly wants?: () => readonly (() => Promise<string | undefined>)[];
  readonly steps: () => readonly (readonly [string, readonly [string, readonly string[]]])[];
}
const load = (path: string) => import(pathToFileURL(resolve(path)).href);

/** A tier of one program that prints a text and ends with a code. */
function tier(name: string, output: string, code: number, more: Partial<Tier> = {}): Tier {
  const script = `process.stdout.write(${JSON.stringify(output)}); process.exitCode = ${code};`;
  return { name, limit: 60, counts: true, steps: () => [['program', [process.execPath, ['-e', script]]]], ...more };
}

/** Results by name, without what is printed meanwhile. */
async function run(tiers: readonly Tier[], strict = false): Promise<ReadonlyMap<string, Result>> {
  const { runTiers } = await load('scripts/testing/run-tiers.mjs');
  const log = console.log;
  console.log = () => undefined;
  try {
    return await runTiers(
      tiers.map(one => ({ what: '', ...one, name: `try-${one.name}`, needs: one.needs?.map(name => `try-${name}`) })),
      { strict, verbose: false },
    );
  } finally {
    console.log = log;
  }
}
const counts = ({ passed, failed, skipped }: Counts) => `${passed}/${failed}/${skipped}`;

describe('the test runner', () => {
  it('reads the closing lines of mocha and of our own runners', async () => {
    const { countTests } = await load('scripts/testing/counts.mjs');
    assert.equal(counts(countTests('\n  ....\n\n  1204 passing (3s)\n  2 pending\n  1 failing\n\n  1) a\n')), '1204/1/2');
    assert.equal(counts(countTests('\x1b[92m \x1b[0m\x1b[32m 7 passing\x1b[0m\x1b[90m (5ms)\x1b[0m\n')), '7/0/0');
    assert.equal(counts(countTests('web, oldest: 5 passed, 0 failed (3 s)\n9 passed, 1 failed\n')), '9/1/0');
    assert.equal(counts(countTests('3 passed, 0 failed, 2 skipped\n')), '3/0/2');
    assert.equal(counts(countTests('nothing at all')), '0/0/0');
  });

  it('reads which tests failed, and which passed only the second time', async () => {
    const { failedTests, retriedTests } = await load('scripts/testing/counts.mjs');
    const mocha = [
      '  a suite',
      '    1) tells the truth',
      '\n  8 passing (3s)\n  3 failing\n',
      '  1) a suite\n       tells the truth:\n\n      AssertionError [ERR_ASSERTION]: no finding\n      at here\n',
      '  2) a suite\n       is short:\n     Error: it took too long\n      at here\n',
      '  3) counts: too:\n\n      AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2\n\n      + expected\n',
    ];
    assert.deepEqual(failedTests(mocha.join('\n')), [
      'a suite, tells the truth: AssertionError [ERR_ASSERTION]: no finding',
      'a suite, is short: Error: it took too long',
      'counts: too: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal: 1 !== 2',
    ]);
    const own = 'ui: a step\nfailed: ui: a step: no hover\npassed only the second time: ui: another: late\n3 passed, 1 failed\n';
    assert.deepEqual(failedTests(own), ['ui: a step: no hover']);
    assert.deepEqual(retriedTests(own), ['ui: another: late']);
    assert.deepEqual(failedTests('  3 passing (1s)\n'), []);
  });

  it('says at the very end which tests failed and why, briefly', async () => {
    const { summarize } = await load('scripts/testing/summary.mjs');
    const ui = 'failed: ui: a step: no hover\npassed only the second time: ui: another: late\n3 passed, 1 failed\n';
    const results = await run([
      tier('good', '  3 passing (1s)\n', 0),
      tier('ui', `${'many words\n'.repeat(500)}${ui}`, 1),
      tier('types', 'a.ts(1,2): error TS2322: no\n', 2, { counts: false }),
      tier('late', '', 0, { requires: () => [async () => 'no browser'] }),
    ]);
    const lines: readonly string[] = summarize(new Map([...results].sort()), false);
    assert.deepEqual(lines, [
      '',
      'LEFT OUT:',
      '  try-late: no browser',
      '',
      'PASSED ONLY THE SECOND TIME:',
      '  try-ui: ui: another: late',
      '',
      'FAILED. Run one tier again with: npm test -- --only try-types',
      '  try-types: program ended with 2',
      '    a.ts(1,2): error TS2322: no',
      '  try-ui: program ended with 1',
      '    ui: a step: no hover',
    ]);
    assert.deepEqual(summarize(await run([tier('good', '  3 passing (1s)\n', 0)]), false), []);
  });

  const secondAttempts: readonly (readonly [what: string, failing: readonly number[], until: number, output: RegExp, status: number])[] = [
    ['is run once more, and passes loudly', [1, 0, 0, 0], 60_000, /^passed only the second time: ui, a: step: no\n8 passed, 0 failed$/m, 0],
    ['fails when it fails again', [2, 0, 0, 0], 60_000, /^failed: ui, a: step: no\n7 passed, 1 failed$/m, 1],
    ['fails at once where most failed', [1, 1, 1, 0], 60_000, /^failed: ui, c: step: no\n5 passed, 3 failed$/m, 1],
    ['fails at once where there is no time', [1, 0, 0, 0], -1, /^failed: ui, a: step: no\n7 passed, 1 failed$/m, 1],
  ];
  for (const [what, failing, until, output, status] of secondAttempts) {
    it(`a variant in which a test failed ${what}`, () => {
      // Each variant fails so many times, and passes from then on.
      const script = `import { runTier } from ${JSON.stringify(pathToFileURL(resolve('scripts/editor/tier.mjs')).href)};
        const left = Object.fromEntries(${JSON.stringify(failing)}.map((times, i) => ['abcd'[i], times]));
        const run = async name => left[name]-- > 0 ? { passed: 1, failed: 1, failures: ['step: no'] } : { passed: 2, failed: 0, failures: [] };
        await runTier('ui', Object.keys(left), run, { lanes: 2, retries: true });`;
      const env = { ...process.env, AUTHLINT_RETRY_UNTIL: String(Date.now() + until) };
      const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
      assert.match(ended.stdout.trimEnd(), output, ended.stderr);
      assert.equal(ended.status, status);
    });
  }

  const ends: readonly (readonly [what: string, tier: Tier, counts: string, failure: RegExp | undefined])[] = [
    ['tests that pass', tier('a', '  3 passing (1s)\n', 0), '3/0/0', undefined],
    ['tests that fail', tier('a', '  3 passing (1s)\n  2 failing\n', 2), '3/2/0', /program ended with 2/],
    ['failures that end with 0', tier('a', '  3 passing (1s)\n  2 failing\n', 0), '3/2/0', /had failures and ended with 0/],
    ['no test at all', tier('a', '  0 passing (1ms)\n', 0), '0/1/0', /ran no test/],
    ['a crash without a word', tier('a', '', 7), '0/1/0', /ended with 7/],
    ['a crash after the tests', tier('a', '  3 passing (1s)\n', 1), '3/1/0', /ended with 1/],
    ['only skipped tests', tier('a', '  0 passing (1ms)\n  4 pending\n', 0), '0/1/4', /ran no test/],
    ['a program that does not exist', tier('a', '', 0, { steps: () => [['x', ['/no/such/program', []]]] }), '0/1/0', /x ended with 127/],
    ['no steps', tier('a', '', 0, { steps: () => [] }), '0/1/0', /has no tests/],
    ['a check that fails', tier('a', 'words', 1, { counts: false }), '0/1/0', /ended with 1/],
    ['a check that passes', tier('a', 'words', 0, { counts: false }), '1/0/0', undefined],
  ];
  for (const [what, one, expected, failure] of ends) {
    it(`judges ${what}`, async () => {
      const result = (await run([one])).get('try-a') as Result;
      assert.equal(counts(result), expected);
      if (failure) assert.match(result.failures.join('\n'), failure);
      else assert.deepEqual(result.failures, []);
    });
  }

  it('reports what could not run as skipped, and as a failure where everything must be there', async () => {
    const missing = () => [async () => 'no such thing here'];
    const tiers = [
      tier('required', '  1 passing (1s)\n', 0, { requires: missing }),
      tier('wanted', '  1 passing (1s)\n', 0, { wants: missing }),
      tier('said', 'ui: skipped: no browser\n0 passed, 0 failed\n', 77),
    ];
    // They end in any order.
    const inOrder = (results: ReadonlyMap<string, Result>) => tiers.map(({ name }) => results.get(`try-${name}`) as Result);
    const lenient = inOrder(await run(tiers));
    assert.deepEqual(lenient.map(counts), ['0/0/1', '1/0/0', '0/0/1']);
    assert.deepEqual(
      lenient.map(result => result.reasons),
      [['no such thing here'], ['no such thing here'], ['no browser']],
    );
    assert.deepEqual(
      inOrder(await run(tiers, true)).map(result => result.failed),
      [1, 1, 1],
    );
  });

  it('does not run what needs something that failed', async () => {
    const results = await run([tier('a', '', 1), tier('b', '  1 passing (1s)\n', 0, { needs: ['a'] })]);
    assert.match(results.get('try-b')?.failures.join() ?? '', /not run, since try-a failed/);
  });

  it('lets a tier that wants the machine for itself run alone', async () => {
    const marks = (name: string, more: Partial<Tier> = {}) =>
      tier(name, '', 0, {
        steps: () => [
          [
            'x',
            [
              process.execPath,
              ['-e', "const t = Date.now(); setTimeout(() => console.log(t + ' ' + Date.now() + '\\n  1 passing (1s)'), 150)"],
            ],
          ],
        ],
        ...more,
      });
    const order = await run([marks('last', { alone: true }), marks('a'), marks('b')]);
    assert.deepEqual([...order.keys()].at(-1), 'try-last');
  });

  it('ends what takes too long, with everything that it started', async () => {
    const script = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log('child ' + pid); setInterval(() => {}, 1000);`;
    const { run: start } = await load('scripts/testing/processes.mjs');
    const { timedOut, output } = await start(process.execPath, ['-e', script], { limit: 1 });
    assert.equal(timedOut, true);
    const child = Number(/child (\d+)/.exec(output)?.[1]);
    assert.ok(child > 0);
    await gone(child);
  });

  it('takes everything with it when it is interrupted', async () => {
    const script = `import { run } from ${JSON.stringify(pathToFileURL(resolve('scripts/testing/processes.mjs')).href)};
      run(process.execPath, ['-e', "console.log('child ' + process.pid); setInterval(() => {}, 1000)"], { live: true });`;
    const runner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const child = await new Promise<number>(found => {
      let output = '';
      runner.stdout.on('data', text => {
        output += text;
        const pid = /child (\d+)/.exec(output)?.[1];
        if (pid) found(Number(pid));
      });
    });
    const ended = new Promise(done => runner.once('exit', done));
    runner.kill('SIGINT');
    assert.equal(await ended, 130);
    await gone(child);
  });

  it('knows its tiers by name', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/test.mjs', '--only', 'everything'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /There is no tier "everything": static, build, unit/);
  });
});

/** Resolves when a process has ended, fails when it lives on. */
async function gone(pid: number): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 50) {
    try {
      process.kill(pid, 0);
      // Dead, and nobody has asked yet how it ended.
      if (existsSync('/proc/self') && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail(`process ${pid} lives on`);
}
