// Bundles the tests that run inside of an extension host, once for each kind of host, into `.cache/suite`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { build, root } from '../bundle.mjs';

const mochaPath = fileURLToPath(new URL('../../node_modules/mocha/mocha.js', import.meta.url));

/**
 * Builds `test/vscode/suite` for a `node` or a `web` host and returns the bundle's path below the repository. `failing` adds a
 * test that fails, to prove that a failure reaches the exit code; `grep` selects tests by name.
 */
export async function buildSuite(host, { failing = false, grep = '' } = {}) {
  const outfile = `.cache/suite/${host}.js`;
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/suite/index.ts'],
    outfile,
    bundle: true,
    platform: host === 'node' ? 'node' : 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    define: { FAIL_ON_PURPOSE: String(failing), GREP: JSON.stringify(grep), WORKSPACE_FILES: JSON.stringify(workspaceFiles()) },
    alias: host === 'web' ? { 'node:assert/strict': `${root}test/vscode/suite/web-assert.ts` } : {},
    plugins: [mochaInBrowser],
  });
  return outfile;
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
