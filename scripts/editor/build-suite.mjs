// Puts the extension and the tests that run inside of its host into one folder, for each kind of host.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { build, root } from '../bundle.mjs';
import { stagePackage } from '../package.mjs';
import { temporaryFolder } from './programs.mjs';

const mochaPath = fileURLToPath(new URL('../../node_modules/mocha/mocha.js', import.meta.url));

/**
 * Bundles `test/vscode/suite` for a `node` or a `web` host. `failing` adds a test that fails, to prove that a failure reaches
 * the exit code; `grep` selects tests by name.
 */
async function buildSuite(host, outfile, { failing = false, grep = '' } = {}) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/suite/index.ts'],
    outfile,
    bundle: true,
    platform: host === 'node' ? 'node' : 'browser',
    format: 'cjs',
    target: 'es2022',
    // What only a host on node does is loaded there when it is done.
    external: ['vscode', 'node:fs'],
    sourcemap: 'inline',
    logLevel: 'warning',
    define: { FAIL_ON_PURPOSE: String(failing), GREP: JSON.stringify(grep), WORKSPACE_FILES: JSON.stringify(workspaceFiles()) },
    alias: host === 'web' ? { 'node:assert/strict': `${root}test/vscode/suite/web-assert.ts` } : {},
    plugins: [mochaInBrowser],
  });
}

/** Texts by name: a folder in a browser's memory is filled from them. */
function workspaceFiles() {
  const folder = `${root}test/vscode/workspace/`;
  return Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(folder + name, 'utf8')]));
}

/**
 * Mocha's browser bundle serves both kinds of host. It is loaded outside of its package, which says that its files are ES
 * modules and would have this one overwrite the suite's own exports.
 */
const mochaInBrowser = {
  name: 'mocha-in-browser',
  setup(context) {
    context.onResolve({ filter: /^mocha$/ }, () => ({ path: 'mocha', namespace: 'mocha-in-browser' }));
    context.onLoad({ filter: /.*/, namespace: 'mocha-in-browser' }, () => ({ contents: readFileSync(mochaPath, 'utf8'), loader: 'js' }));
  },
};

/** The product as it is built; built when it never was. */
export async function ensureBuilt() {
  if (!existsSync(`${root}dist/client.js`) || !existsSync(`${root}dist/server.browser.js`)) await build();
}

/**
 * The extension with the tests in it, in a folder of its own: what is tested is what a package holds, and a build that goes on
 * meanwhile disturbs nobody. Returns { folder, suite }; `suite` is relative to the folder.
 */
export async function stageSuite(host, options) {
  await ensureBuilt();
  const folder = temporaryFolder('extension');
  stagePackage(folder);
  const suite = 'suite.js';
  await buildSuite(host, join(folder, suite), options);
  return { folder, suite };
}
