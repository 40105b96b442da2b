// The product's bundles. One place says what goes into which file and for which platform.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const node = {
  ...common,
  ...{ platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] },
  // Code that is kept compiled can only `require`.
  supported: { 'dynamic-import': false },
};
const browser = {
  ...common,
  ...{ platform: 'browser', mainFields: ['browser', 'module', 'main'] },
  // Node runs these bundles too, and knows the global object by this name alone.
  define: { self: 'globalThis' },
};

/** `knows` names the bundle of which a bundle knows the content, as what. */
export const bundles = [
  { ...node, entryPoints: { 'cli-commands': 'server/src/cli/commands.ts' }, plugins: [whenCalled(), parsedFacts()] },
  {
    ...node,
    entryPoints: { cli: 'server/src/main-cli.ts', 'cli-worker': 'server/src/main-cli-worker.ts' },
    knows: { COMMANDS_CONTENT: 'cli-commands.js' },
    plugins: [withoutProcesses()],
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
    // A worker is a plain script, which has no `module`.
    plugins: [withoutIdleParts(), withoutIdleTypes(), withoutSources()],
    browserBanner: { js: `var module = typeof module === 'undefined' ? { exports: {} } : module;` },
  },
  {
    name: 'client',
    entries: ['client/src/main-node.ts', 'client/src/main-browser.ts'],
    shared: ['client/src/extension.ts'],
    plugins: [withoutIdleParts()],
    // Slower and half as large: a key pair is made once in a while.
    alias: { tweetnacl: 'tweetnacl/nacl.js' },
  },
];
const sharedLibraries = /node_modules\/vscode-[^/]+\/lib\/common\//;

/**
 * What the protocol's libraries can do, and our server neither offers nor asks for: a fifth of the extension. Such a module gives features that
 * do nothing; whoever teaches the server one of them takes its name away here. Of globs there is one, for whatever happens to any file.
 */
function withoutIdleParts() {
  const names =
    'callHierarchy|colorProvider|declaration|diagnostic|executeCommand|implementation|inlineCompletion|inlineValue|linkedEditingRange|moniker|notebook|signatureHelp|textDocumentContent|typeDefinition|typeHierarchy';
  const idle = new RegExp(
    `/vscode-(?:languageclient|languageserver-protocol)/lib/common/(?:protocol\\.)?(?:${names})\\.js$|/vscode-languageserver/lib/node/files\\.js$`,
  );
  const feature = `class { fillClientCapabilities() {} initialize() {} getState() { return { kind: 'static' }; } clear() {} }`;
  const features = `const Idle = ${feature}; module.exports = new Proxy({}, { get: () => Idle });`;
  const anyFile = `exports.Minimatch = class {
    constructor(glob) { if (glob !== '**/*') throw new Error(glob); }
    makeRe() { return /^/; }
    match() { return true; }
  };`;
  // YAML is read with its library, and never written.
  const writers = ['createStringifyContext', ...['', 'Collection', 'Document', 'Number', 'Pair', 'String'].map(of => `stringify${of}`)];
  const noWriters = `export const ${writers.map(name => `${name} = undefined`).join(', ')};`;
  // The server's are functions from one class to a larger one.
  const unchanged = 'module.exports = new Proxy({}, { get: () => Class => Class });';
  const inServer = new RegExp(`/vscode-languageserver/lib/common/(?:${names})\\.js$`);
  const replacements = [
    [idle, features],
    [inServer, unchanged],
    [/(?:^|\/)node_modules\/minimatch\//, anyFile],
    [/(?:^|\/)node_modules\/yaml\/browser\/dist\/stringify\//, noWriters],
  ];
  return replaced(path => replacements.find(([what]) => what.test(path))?.[1] ?? false);
}

/**
 * Every type of the protocol is an object with functions that make and test it. Those that neither our server nor its library names stay out,
 * which is most of them: 5 KB of the package, and time at each start.
 */
function withoutIdleTypes() {
  const library = `${root}node_modules/vscode-languageserver/`;
  const named = [
    ...namesIn(`${root}server/src`, /\.ts$/, /^import \{([^}]*)\} from 'vscode-languageserver(?:\/\w+)?';/gm),
    ...namesIn(library, /\/lib\/(?:common|node|browser)\/[^/]*\.js$/, /_1\.(\w+)/g),
  ];
  return replaced(path => {
    if (!path.endsWith('/vscode-languageserver-types/lib/esm/main.js')) return false;
    const text = readFileSync(join(root, path), 'utf8');
    const types = new Map([...text.matchAll(/^\(function \((\w+)\) \{\n[\s\S]*?^\}\)\(.*\);\n/gm)].map(([body, name]) => [name, body]));
    const kept = new Set(named.filter(name => types.has(name)));
    // What is kept may use others.
    for (const name of kept) for (const [other] of types.get(name).matchAll(/\w+/g)) if (types.has(other)) kept.add(other);
    const idle = [...types].filter(([name]) => !kept.has(name));
    return idle.reduce((rest, [name, body]) => rest.replace(body, '').replace(`export var ${name};\n`, ''), text);
  });
}

/** Names in the first group of a pattern, in all files below a folder whose path matches another; in TypeScript those of types are marked. */
function namesIn(folder, files, pattern) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => `/${path.replaceAll('\\', '/')}`);
  const lists = paths.filter(path => files.test(path)).flatMap(path => [...readFileSync(folder + path, 'utf8').matchAll(pattern)]);
  return lists.flatMap(([, list]) =>
    list
      .split(',')
      .map(name => name.trim())
      .filter(name => /^\w+$/.test(name)),
  );
}

async function buildPair({ name, entries: [forNode, forBrowser], shared, browserBanner = {}, plugins, alias = {} }) {
  const isShared = path => shared.includes(path) || sharedLibraries.test(path);
  const external = ['vscode'];
  const options = { ...node, entryPoints: { [name]: forNode }, external };
  // First only to see what the bundle for node would hold beside that.
  const { metafile } = await esbuild.build({
    ...options,
    write: false,
    metafile: true,
    plugins: [replaced(path => shared.includes(path) && 'module.exports = {};')],
  });
  const modules = Object.keys(metafile.inputs).filter(isShared).sort();
  // A module of ours that is required would be wrapped in a function, with all that it imports, and read by V8 twice.
  const imports = modules.flatMap((path, at) => (sharedLibraries.test(path) ? [] : [`import * as m${at} from './${path}';\n`]));
  const members = modules.map((path, at) => (sharedLibraries.test(path) ? `get m${at}() { return require('./${path}'); }` : `m${at}`));
  await esbuild.build({
    ...browser,
    ...{ outdir: undefined, outfile: join(dist, `${name}.browser.js`), format: 'cjs', external, banner: browserBanner, plugins, alias },
    stdin: {
      contents: `${imports.join('')}export * from './${forBrowser}';\nexport const shared = { ${members.join(', ')} };`,
      resolveDir: root,
    },
  });
  const fromBrowser = replaced(path => {
    const at = modules.indexOf(path);
    return at >= 0 && `module.exports = require('./${name}.browser.js').shared.m${at};`;
  });
  const knows = { BROWSER_CONTENT: `${name}.browser.js` };
  await buildBundle({ ...options, external: [...external, './*.browser.js'], plugins: [fromBrowser, ...plugins], knows });
}

/** Gives modules another text, where `textOf` has one for the path below the repository. */
function replaced(textOf) {
  return {
    name: 'replaced',
    setup(build) {
      build.onLoad({ filter: /\.[jt]s$/ }, ({ path }) => {
        const text = textOf(relative(root, path).replaceAll('\\', '/'));
        return text === false ? undefined : { contents: text, loader: 'js' };
      });
    },
  };
}

/** Where facts are known from is for whoever mends them; only what errors of authentication say is shown with its source. */
function withoutSources() {
  return {
    name: 'without-sources',
    setup(build) {
      build.onLoad({ filter: /[\\/]core[\\/]facts[\\/](?:commands|compose-dialects)\.json$/ }, ({ path }) => {
        const facts = JSON.parse(readFileSync(path, 'utf8'), (key, value) => (key === 'source' ? undefined : value));
        return { contents: JSON.stringify(facts), loader: 'json' };
      });
    },
  };
}

/** Libraries that few files ask for: what we import of them. */
const rarelyCalled = {
  '@nats-io/nkeys': `export const fromSeed = seed => require('@nats-io/nkeys').fromSeed(seed);
export const fromPublic = key => require('@nats-io/nkeys').fromPublic(key);`,
  '@noble/curves/nist.js': `const lazy = name => ({ verify: (...given) => require('@noble/curves/nist.js')[name].verify(...given) });
export const p256 = lazy('p256');
export const p384 = lazy('p384');`,
};

/** Those libraries are evaluated at the first call: a tenth of the time in which the command is ready. */
function whenCalled() {
  const name = 'when-called';
  return {
    name,
    setup(build) {
      build.onResolve({ filter: /^@/ }, ({ path, kind }) =>
        kind === 'import-statement' && Object.hasOwn(rarelyCalled, path) ? { path, namespace: name } : undefined,
      );
      build.onLoad({ filter: /./, namespace: name }, ({ path }) => ({ contents: rarelyCalled[path], resolveDir: root }));
    },
  };
}

/** Facts as one text each, which V8 reads faster than thousands of literals; it has to keep those in what it compiled, too. */
function parsedFacts() {
  return {
    name: 'parsed-facts',
    setup(build) {
      build.onLoad({ filter: /[\\/]core[\\/]facts[\\/].*\.json$/ }, ({ path }) => {
        const facts = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
        return { contents: `export default JSON.parse(${JSON.stringify(facts)});`, loader: 'js' };
      });
    },
  };
}

/** Our commands are no programs of their own, which the library would start; what node needs for that takes time at each start. */
function withoutProcesses() {
  return replaced(
    path =>
      path.endsWith('/commander/lib/command.js') && readFileSync(join(root, path), 'utf8').replace("require('node:child_process')", '{}'),
  );
}

/** What a bundle knows of another tells that from every other, so that no code is run that was compiled from something else. */
function buildBundle({ knows = {}, ...options }) {
  const contentOf = file =>
    createHash('sha256')
      .update(readFileSync(join(dist, file)))
      .digest('hex')
      .slice(0, 16);
  const define = Object.fromEntries(Object.entries(knows).map(([name, file]) => [name, JSON.stringify(contentOf(file))]));
  return esbuild.build({ ...options, define: { ...options.define, ...define } });
}

/** A rule's page without what only tests read, which is more than half of it. */
const forReaders = page => page.replace(/\n## Cases\n[\s\S]*?(?=\n## |$)/, '');

/** Builds everything below `dist/`. */
export async function build() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await Promise.all([...bundles.filter(({ knows }) => !knows).map(buildBundle), ...pairs.map(buildPair)]);
  await Promise.all(bundles.filter(({ knows }) => knows).map(buildBundle));
  const pages = Object.fromEntries(findRulePages(root).map(({ id, path }) => [id, forReaders(readFileSync(`${root}${path}`, 'utf8'))]));
  writeFileSync(join(dist, 'rule-pages.json'), JSON.stringify(pages));
  for (const name of ['server.browser.js', 'cli-commands.js']) refuseWideLetters(name);
}

/** What is no ASCII is read several times slower and can take twice the memory. Strings are escaped by esbuild, regular expressions are not. */
function refuseWideLetters(name) {
  const [found] = /.{0,40}[^\0-\x7f]/.exec(readFileSync(join(dist, name), 'utf8')) ?? [];
  if (found) throw new Error(`${name} is no ASCII: escape the last letter of ${found}`);
}
