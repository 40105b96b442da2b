// Bundles every test/**/*.test.ts into .cache/tests, where mocha finds them. Packages stay outside of the bundles.
import { readdirSync, rmSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { root } from './bundle.mjs';

/** Builds all test files except those that run inside of an editor; returns the folder that holds them. */
async function buildTests() {
  const outdir = `${root}.cache/tests`;
  rmSync(outdir, { recursive: true, force: true });
  const entryPoints = readdirSync(`${root}test`, { recursive: true })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.test.ts') && !path.startsWith('vscode/'))
    .map(path => `test/${path}`);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}

if (process.argv[1]?.endsWith('build-tests.mjs')) await buildTests();
