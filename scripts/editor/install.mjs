// Gets a real VS Code for tests and for `npm start`, from npm alone: the code-server package carries Microsoft's plain VS Code
// server (`lib/vscode/out/server-main.js`), which needs no compiler once two small native modules are replaced.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle.mjs';
import { onPath } from './programs.mjs';
import { Unavailable } from './tier.mjs';

/** The VS Code versions that every change is tried on. `node` is the major version of node that the server in it was made for. */
export const editors = {
  oldest: { vscode: '1.100', codeServer: '4.100.3', node: 20 },
  newest: { vscode: '1.139', codeServer: '4.139.1', node: 24 },
};

/** Grows when what this script does to a downloaded editor changes. */
const recipe = 1;

/**
 * Installs one of `editors` below `.cache/editor/` unless it is there already.
 * Returns { name, vscode, node, main }: the node binary to run and the server's main module.
 */
export async function installEditor(name, log = console.error) {
  const editor = editors[name];
  if (!editor) throw new Error(`no editor "${name}": it is one of ${Object.keys(editors).join(', ')}`);
  const folder = `${root}.cache/editor/${editor.codeServer}`;
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  const own = Number(process.versions.node.split('.')[0]) === editor.node;
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const result = {
    name,
    vscode: editor.vscode,
    node: own ? process.execPath : join(folder, 'node_modules', nodePackage, 'bin/node'),
    main: join(vscode, 'out/server-main.js'),
  };
  const marker = join(folder, 'ready.json');
  if (existsSync(marker) && existsSync(result.node) && JSON.parse(readFileSync(marker, 'utf8')).recipe === recipe) return result;

  if (process.platform === 'win32') throw new Unavailable('the embedded VS Code server does not run on Windows');
  log(`installing VS Code ${editor.vscode} from npm into .cache/editor/${editor.codeServer} (once, some hundred MB)…`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, `code-server@${editor.codeServer}`, ...(own ? [] : [`${nodePackage}@${editor.node}`]));
  await npm(vscode, '--omit=dev');
  replaceNativeModules(join(vscode, 'node_modules'));
  linkRipgrep(join(vscode, 'node_modules/@vscode/ripgrep'));
  if (!existsSync(result.node)) throw new Unavailable(`npm has no node ${editor.node} for ${process.platform} on ${process.arch}`);
  writeFileSync(marker, `${JSON.stringify({ recipe })}\n`);
  return result;
}

/** `npm install` in `folder`, without running anybody's install script. Its own words are shown only when it fails. */
function npm(folder, ...args) {
  return new Promise((done, fail) => {
    const child = spawn('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (words += data));
    child.once('error', error => fail(new Unavailable(`npm cannot be started: ${error.message}`)));
    child.once('exit', code => {
      if (code === 0) return done();
      const reason = words.trim().split('\n').slice(-6).join('\n');
      fail(new Unavailable(`npm install ${args.join(' ')} failed:\n${reason}`));
    });
  });
}

// VS Code imports this module with `import()`, so its names must be visible as `exports.x =` without running it.
// It is more than a log: output channels of extensions are files that it writes.
const spdlog = `'use strict';
const fs = require('fs');
const path = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(name, file) {
    Object.assign(this, { name, file, level: 2, bare: false });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
  }
  write(level, text) {
    if (level < this.level) return;
    const head = new Date().toISOString().replace('T', ' ').replace('Z', '') + ' [' + names[level] + '] ';
    fs.appendFileSync(this.file, this.bare ? text : head + text + '\\n');
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.bare = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
async function create(name, file) { return new Logger(name, file); }
exports.version = 'replacement';
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

// Ends the extension host when the server dies. Our runners end the whole process group instead.
const watchdog = `'use strict';
exports.start = () => {};
exports.exit = code => process.exit(code || 0);
`;

function replaceNativeModules(modules) {
  const replacements = { '@vscode/spdlog': spdlog, 'native-watchdog': watchdog, '@vscode/native-watchdog': watchdog };
  for (const [name, text] of Object.entries(replacements)) {
    if (existsSync(join(modules, name))) writeFileSync(join(modules, name, 'index.js'), text);
  }
}

/** Older versions download ripgrep when installed; a system's own serves them as well. Without one, searching finds nothing. */
function linkRipgrep(folder) {
  const target = join(folder, 'bin/rg');
  if (!existsSync(folder) || existsSync(target)) return;
  const found = onPath('rg');
  if (!found) return;
  mkdirSync(join(folder, 'bin'), { recursive: true });
  symlinkSync(found, target);
}

if (process.argv[1]?.endsWith('install.mjs')) {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(editors)) {
    const started = Date.now();
    const { main } = await installEditor(name);
    console.log(`${name}: ${main} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
}
