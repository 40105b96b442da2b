// Runs the same tests in desktop VS Code: the one whose binary VSCODE names, the one on the PATH, or one that
// @vscode/test-electron downloads when VSCODE_VERSION names a version. On Linux without a screen: xvfb-run -a node …
//   node scripts/editor/run-desktop.mjs [--failing] [--grep=REGEXP]
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../bundle.mjs';
import { stageSuite } from './build-suite.mjs';
import { onPath, startGroup, temporaryFolder } from './programs.mjs';
import { readArguments, runTier, Unavailable, within } from './tier.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

/** Milliseconds; a download of VS Code included. */
const longestRun = 460_000;

const { options } = readArguments();

/** `code` on the PATH is a script around the program that takes the test's arguments. */
function installedCode() {
  if (process.env.VSCODE) return process.env.VSCODE;
  const script = onPath('code');
  if (!script || process.platform !== 'linux') return undefined;
  const program = join(dirname(dirname(realpathSync(script))), 'code');
  return existsSync(program) ? program : undefined;
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
  const { folder, suite } = await stageSuite('node', options);
  const data = temporaryFolder('code');
  const report = join(data, 'result.json');
  const child = fileURLToPath(new URL('desktop-child.mjs', import.meta.url));
  const tests = {
    ...(vscodeExecutablePath ? { vscodeExecutablePath } : { version }),
    extensionDevelopmentPath: folder,
    extensionTestsPath: join(folder, suite),
    extensionTestsEnv: { AUTHLINT_SUITE_REPORT: report },
    launchArgs: [copyWorkspace(`${root}test/vscode/workspace`), `--user-data-dir=${join(data, 'user')}`, '--disable-extensions'],
  };
  const { gone, stop } = startGroup(process.execPath, [child, JSON.stringify(tests)], { stdio: 'inherit' });
  try {
    const code = await within(longestRun, 'the suite', gone);
    if (!existsSync(report)) throw new Error(`VS Code ended with ${code} before the suite had run`);
    const figures = JSON.parse(readFileSync(report, 'utf8'));
    if (code !== 0 && figures.failed === 0) throw new Error(`every test passed, and yet VS Code ended with ${code}`);
    return figures;
  } finally {
    await stop();
  }
});
