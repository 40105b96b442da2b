// Runs the grammar tests with the tokenizers of the oldest and the newest supported VS Code. No window is needed for colours.
//   node scripts/editor/run-grammars.mjs [oldest] [newest] [--failing]
import { dirname } from 'node:path';
import * as esbuild from 'esbuild';
import Mocha from 'mocha';
import { root } from '../bundle.mjs';
import { editors, installEditor } from './install.mjs';
import { oneLine, readArguments, runTier } from './tier.mjs';

const { options, names } = readArguments();

await runTier('grammars', names.length > 0 ? names : Object.keys(editors), async name => {
  const editor = await installEditor(name);
  process.env.AUTHLINT_EDITOR = dirname(dirname(editor.main));
  process.env.AUTHLINT_ROOT = root.replace(/\/$/, '');
  // One bundle a variant, since node keeps modules and mocha runs a file once.
  const outfile = `.cache/suite/grammars-${name}.mjs`;
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/grammars/grammars.test.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
    ...(options.failing
      ? { footer: { js: 'it("fails on purpose", () => { throw new Error("this test shows that a failure is seen"); });' } }
      : {}),
  });
  const mocha = new Mocha({ reporter: 'dot', timeout: 20_000 });
  mocha.addFile(root + outfile);
  await mocha.loadFilesAsync();
  return new Promise(done => {
    const failures = [];
    const runner = mocha.run(() => done({ passed: runner.stats.passes, failed: runner.stats.failures, failures }));
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${oneLine(error)}`));
  });
});
