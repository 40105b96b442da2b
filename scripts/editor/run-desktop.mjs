// Runs the same tests in desktop VS Code: the one whose binary VSCODE names, the one on the PATH, or one that
// @vscode/test-electron downloads when VSCODE_VERSION names a version. On Linux without a screen: xvfb-run -a node …
//   node scripts/editor/run-desktop.mjs [--failing] [--grep=REGEXP]
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../bundle.mjs';
import { buildSuite, ensureBuilt } from './build-suite.mjs';
import { onPath } from './programs.mjs';
import { readArguments, runTier, Unavailable, within } from './tier.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

const { options } = readArguments();

/** `bin/code` is a script around the program that takes the test's arguments. */
function installedCode() {
  if (process.env.VSCODE) return process.env.VSCODE;
  const script = onPath('code');
  if (!script || process.platform !== 'linux') return undefined;
  return join(dirname(dirname(realpathSync(script))), 'code');
}

await runTier('desktop', [''], async () => {
  const version = process.env.VSCODE_VERSION;
  const vscodeExecutablePath = installedCode();
  if (!vscodeExecutablePath && !version) {
    throw new Unavailable(
      'no desktop VS Code: put `code` on the PATH, or name a binary in VSCODE or a version to download in VSCODE_VERSION',
    );
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Unavailable('desktop VS Code needs a screen: run this with xvfb-run -a');
  }
  await ensureBuilt();
  const suite = await buildSuite('node', options);
  const data = mkdtempSync(join(tmpdir(), 'authlint-code-'));
  const report = join(data, 'result.json');
  try {
    const run = runTests({
      ...(vscodeExecutablePath ? { vscodeExecutablePath } : { version }),
      extensionDevelopmentPath: root,
      extensionTestsPath: `${root}${suite}`,
      extensionTestsEnv: { AUTHLINT_SUITE_REPORT: report },
      launchArgs: [
        copyWorkspace(`${root}test/vscode/workspace`),
        `--user-data-dir=${join(data, 'user')}`,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--no-sandbox',
      ],
    });
    const code = await within(180_000, 'the suite', run).catch(error => (/took longer/.test(error.message) ? Promise.reject(error) : 1));
    const { readFileSync } = await import('node:fs');
    const figures = JSON.parse(readFileSync(report, 'utf8'));
    if (code !== 0 && figures.failed === 0) throw new Error(`every test passed, and yet VS Code ended with ${code}`);
    return figures;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
