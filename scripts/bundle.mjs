// The product's bundles. One place says what goes into which file and for which platform.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { findRulePages } from './rule-pages.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Another folder than `dist` builds beside it, as tests read it. */
const dist = resolve(root, process.env.AUTHLINT_DIST ?? 'dist');

const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  target: 'es2022',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'eof',
  minify: true,
  logLevel: 'warning',
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };
// Half of our start is compiling what the first file requires. Node 22 and later keep that from one start to the next.
const keepsCompiled = { js: `require('node:module').enableCompileCache?.();` };
const browser = {
  ...common,
  ...{ platform: 'browser', mainFields: ['browser', 'module', 'main'] },
  // Node runs these bundles too, and knows the global object by this name alone.
  define: { self: 'globalThis' },
};

export const bundles = [
  {
    ...node,
    banner: keepsCompiled,
    entryPoints: {
      cli: 'server/src/main-cli.ts',
      'cli-commands': 'server/src/cli/commands.ts',
      'cli-worker': 'server/src/cli/worker.ts',
    },
  },
  // With its style, `webview.css`.
  { ...browser, format: 'iife', entryPoints: { webview: 'client/src/views/frame/page.ts' } },
];

/**
 * What exists for both platforms: the bundle for browsers holds everything, and that for node, `<name>.js`, only what it has beside it.
 * `shared` are the modules of ours that it takes from there; libraries for the protocol name theirs by a folder.
 */
export const pairs = [
  {
    name: 'server',
    entries: ['server/src/main-node.ts', 'server/src/main-browser.ts'],
    shared: ['server/src/lsp/server.ts', 'server/src/lsp/platform.ts', 'server/src/core/lint/run-rules.ts'],
    banner: keepsCompiled,
    // A worker is a plain script, which has no `module`.
    browserBanner: { js: `var module = typeof module === 'undefined' ? { exports: {} } : module;` },
  },
  { name: 'client', entries: ['client/src/main-node.ts', 'client/src/main-browser.ts'], shared: ['client/src/extension.ts'] },
];
const sharedLibraries = /node_modules\/vscode-[^/]+\/lib\/common\//;

async function buildPair({ name, entries: [forNode, forBrowser], shared, banner = {}, browserBanner = {} }) {
  const isShared = path => shared.includes(path) || sharedLibraries.test(path);
  const external = ['vscode'];
  const options = { ...node, banner, entryPoints: { [name]: forNode }, external };
  const { metafile } = await esbuild.build({ ...options, write: false, metafile: true });
  const modules = Object.keys(metafile.inputs).filter(isShared).sort();
  // A module of ours that is required would be wrapped in a function, with all that it imports, and read by V8 twice.
  const imports = modules.flatMap((path, at) => (sharedLibraries.test(path) ? [] : [`import * as m${at} from './${path}';\n`]));
  const members = modules.map((path, at) => (sharedLibraries.test(path) ? `get m${at}() { return require('./${path}'); }` : `m${at}`));
  await esbuild.build({
    ...browser,
    ...{ outdir: undefined, outfile: join(dist, `${name}.browser.js`), format: 'cjs', external, banner: browserBanner },
    stdin: {
      contents: `${imports.join('')}export * from './${forBrowser}';\nexport const shared = { ${members.join(', ')} };`,
      resolveDir: root,
    },
  });
  const fromBrowser = {
    name: 'from-browser',
    setup(build) {
      build.onLoad({ filter: /\.[jt]s$/ }, ({ path }) => {
        const at = modules.indexOf(relative(root, path).replaceAll('\\', '/'));
        return at < 0 ? undefined : { contents: `module.exports = require('./${name}.browser.js').shared.m${at};`, loader: 'js' };
      });
    },
  };
  await esbuild.build({ ...options, external: [...external, './*.browser.js'], plugins: [fromBrowser] });
}

/** A rule's page without what only tests read, which is more than half of it. */
const forReaders = page => page.replace(/\n## Cases\n[\s\S]*?(?=\n## |$)/, '');

/** Builds everything below `dist/`. */
export async function build() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await Promise.all([...bundles.map(options => esbuild.build(options)), ...pairs.map(buildPair)]);
  const pages = Object.fromEntries(findRulePages(root).map(({ id, path }) => [id, forReaders(readFileSync(`${root}${path}`, 'utf8'))]));
  writeFileSync(join(dist, 'rule-pages.json'), JSON.stringify(pages));
}
