// What `npm test` runs, in order. A tier is a list of steps; each step is one program.
import { existsSync, readdirSync } from 'node:fs';
import { root } from '../bundle.mjs';
import * as components from './components.mjs';

const node = process.execPath;
/** `-g PATTERN` narrows the mocha tiers. */
const pattern = process.argv.find((_, i) => ['-g', '--grep'].includes(process.argv[i - 1] ?? ''));
const script = (name, ...args) => [node, [`scripts/${name}`, ...args]];
const tool = (path, ...args) => [node, [`node_modules/${path}`, ...args]];

/** Mocha over test files that `scripts/build-tests.mjs` has bundled. Its limit is for what hangs; a busy machine is slow. */
function mocha(files) {
  const grep = pattern === undefined ? [] : ['--grep', pattern];
  return tool(
    'mocha/bin/mocha.js',
    '--no-config',
    '--forbid-only',
    '--reporter=spec',
    '--timeout=60000',
    '--node-option=enable-source-maps',
    ...grep,
    ...files.map(file => `.cache/tests/${file}`),
  );
}

/** Test files of ours in some folders of `test/`, or in all others, by their names once they are bundled. */
function bundled(accepts) {
  return readdirSync(`${root}test`, { recursive: true })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.test.ts') && !path.startsWith('vscode/') && accepts(path))
    .map(path => path.replace(/\.ts$/, '.mjs'))
    .sort();
}

/** Folders that are a tier of their own. */
const ownTier = /^(lsp|cli|oracle)\//;
const editorRunners = () =>
  existsSync(`${root}scripts/editor`)
    ? readdirSync(`${root}scripts/editor`)
        .filter(name => /^run-.*\.mjs$/.test(name))
        .sort()
    : [];

/**
 * Fields of a tier:
 *   what      for the headline
 *   needs     tiers that come first; `bundle` is the bundling of the tests
 *   limit     seconds for each step
 *   alone     run while nothing else runs: a real editor on a busy machine answers late
 *   requires  components without which it cannot run, in order; each gives a reason when it is missing
 *   wants     components without which it proves less: it runs, and is reported as skipped in part
 *   steps     gives [title, [command, args]] of each program; `counts` says that they run tests of their own
 */
export const tiers = [
  {
    name: 'static',
    what: 'types, lint and format, generated files',
    limit: 300,
    steps: () => [
      ['types', tool('typescript/bin/tsc', '-b')],
      ['lint and format', tool('@biomejs/biome/bin/biome', 'check', '.')],
      ['generated files', script('generate.mjs', '--check')],
    ],
  },
  { name: 'bundle', what: 'the tests', hidden: true, limit: 120, steps: () => [['tests', script('build-tests.mjs')]] },
  { name: 'build', what: 'the product', limit: 120, steps: () => [['product', script('build.mjs')]] },
  {
    name: 'unit',
    what: 'rule pages, syntax, features, workspace, architecture',
    needs: ['bundle', 'build'],
    limit: 600,
    counts: true,
    steps: () => [['mocha', mocha(bundled(path => !ownTier.test(path)))]],
  },
  {
    name: 'protocol',
    what: 'the language server over its protocol',
    needs: ['bundle', 'build'],
    limit: 600,
    counts: true,
    steps: () => [['mocha', mocha(bundled(path => path.startsWith('lsp/') && !path.startsWith('lsp/neovim/')))]],
  },
  {
    name: 'cli',
    what: 'the command line, and all doors compared',
    needs: ['bundle', 'build'],
    limit: 600,
    counts: true,
    steps: () => [['mocha', mocha(bundled(path => path.startsWith('cli/')))]],
  },
  {
    name: 'oracle',
    what: 'real nats-servers, asked about every example',
    needs: ['bundle'],
    limit: 600,
    counts: true,
    wants: async () => [components.networkTools, ...(await components.natsServers())],
    steps: () => [['mocha', mocha(bundled(path => path.startsWith('oracle/')))]],
  },
  {
    name: 'editor',
    what: 'the extension in a real VS Code, oldest and newest: node host, web host, user interface',
    needs: ['build'],
    limit: 600,
    counts: true,
    alone: true,
    // The oldest VS Code searches files with a ripgrep of the system, which its installation looks for.
    wants: () => [components.ripgrep],
    requires: () => [components.chromium, components.embeddedEditors],
    steps: () =>
      editorRunners()
        .filter(name => name !== 'run-desktop.mjs' || components.hasDesktopCode())
        .map(name => [name, script(`editor/${name}`)]),
  },
  {
    name: 'neovim',
    what: 'the language server in Neovim',
    needs: ['bundle', 'build'],
    limit: 300,
    counts: true,
    requires: () => [components.neovim],
    steps: () => [['mocha', mocha(bundled(path => path.startsWith('lsp/neovim/')))]],
  },
];
