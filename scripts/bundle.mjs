// The product's bundles. One place says what goes into which file and for which platform.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { findRulePages } from './rule-pages.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const common = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'eof',
  minify: true,
  logLevel: 'warning',
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

export const bundles = [
  { ...node, entryPoints: { client: 'client/src/main-node.ts' }, external: ['vscode'] },
  {
    ...node,
    entryPoints: {
      server: 'server/src/main-node.ts',
      cli: 'server/src/main-cli.ts',
      'cli-commands': 'server/src/cli/commands.ts',
      'cli-worker': 'server/src/cli/worker.ts',
    },
  },
  { ...browser, format: 'cjs', entryPoints: { 'client.browser': 'client/src/main-browser.ts' }, external: ['vscode'] },
  { ...browser, format: 'iife', entryPoints: { 'server.browser': 'server/src/main-browser.ts' } },
  // With its style, `webview.css`.
  { ...browser, format: 'iife', entryPoints: { webview: 'client/src/views/frame/page.ts' } },
].map(options => ({ ...options, outdir: 'dist' }));

/** Builds everything below `dist/`. */
export async function build() {
  rmSync(`${root}dist`, { recursive: true, force: true });
  mkdirSync(`${root}dist`, { recursive: true });
  await Promise.all(bundles.map(options => esbuild.build(options)));
  const pages = Object.fromEntries(findRulePages(root).map(({ id, path }) => [id, readFileSync(`${root}${path}`, 'utf8')]));
  writeFileSync(`${root}dist/rule-pages.json`, JSON.stringify(pages));
}
