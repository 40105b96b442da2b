// Entry of the tests that run inside of an extension host. VS Code calls `run`; its rejection is a failed run. The runner gets
// the figures from between ##RESULT and ##, and on the desktop from a file.
import 'mocha';

/** Set by the bundler. */
declare const FAIL_ON_PURPOSE: boolean;
declare const GREP: string;

interface Figures {
  readonly passed: number;
  readonly failed: number;
  /** `test: error` of each that failed. */
  readonly failures: readonly string[];
}

const { Mocha: MochaClass } = globalThis as unknown as { Mocha: typeof Mocha };

export async function run(): Promise<void> {
  const mocha = new MochaClass({
    ui: 'bdd',
    reporter: ConsoleReporter as unknown as Mocha.ReporterConstructor,
    timeout: 120_000,
    slow: 5_000,
  });
  if (GREP) mocha.grep(new RegExp(GREP));
  // `describe` and `it` come into being here, so the tests are loaded after it.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./open-workspace.ts');
  await import('./findings.test.ts');
  await import('./editing.test.ts');
  await import('./commands.test.ts');
  await import('./server.test.ts');
  if (FAIL_ON_PURPOSE) it('fails on purpose', () => Promise.reject(new Error('this test shows that a failure is seen')));
  const figures = await new Promise<Figures>(done => {
    const failures: string[] = [];
    const runner = mocha.run(() => done({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0, failures }));
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${String(error.message).split('\n')[0]}`));
  });
  console.log(`##RESULT ${JSON.stringify(figures)} ##`);
  await writeReport(figures);
  if (figures.failed > 0) throw new Error(`${figures.failed} tests failed`);
}

/** Mocha's own reporter for browsers writes HTML; a worker has no page. */
class ConsoleReporter {
  constructor(runner: Mocha.Runner) {
    runner.on('pass', test => console.log(`  passed: ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('pending', test => console.log(`  skipped: ${test.fullTitle()}`));
    runner.on('fail', (test, error) => console.log(`  FAILED: ${test.fullTitle()}\n${error.stack ?? error.message}`));
  }
}

async function writeReport(figures: Figures): Promise<void> {
  const path = typeof process === 'undefined' ? undefined : process.env.AUTHLINT_SUITE_REPORT;
  if (!path) return;
  const { Uri, workspace } = await import('vscode');
  await workspace.fs.writeFile(Uri.file(path), new TextEncoder().encode(JSON.stringify(figures)));
}
