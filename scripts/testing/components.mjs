// Programs that some tiers need beside node. What is missing is installed where that is possible: below .cache, or as a Debian
// package by root. Each function gives undefined when the program is there, else the reason why it is not.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../bundle.mjs';
import { load } from '../load-core.mjs';
import { run } from './processes.mjs';

const say = text => console.log(`   ${text}`);

/** Absolute path of a program, or undefined. */
function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map(folder => join(folder, program)).find(path => existsSync(path));
}

const isRoot = () => process.getuid?.() === 0;

/** apt holds a lock, so that its calls wait for one another. */
let apt = Promise.resolve();
let updated = false;

/** Where a person who is not root keeps lists and packages. */
const ownLists = isRoot()
  ? []
  : ['-o', `Dir::State::lists=${root}.cache/apt/lists`, '-o', `Dir::Cache=${root}.cache/apt/cache`, '-o', 'Debug::NoLocking=1'];

/** Runs apt-get; when it fails the first time, fetches the package lists once and tries again. */
function aptGet(args, cwd) {
  const attempt = () => run('apt-get', [...ownLists, ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' }, limit: 600, cwd });
  const call = apt.then(async () => {
    const first = await attempt();
    if (first.code === 0 || updated) return first;
    updated = true;
    mkdirSync(`${root}.cache/apt/lists/partial`, { recursive: true });
    mkdirSync(`${root}.cache/apt/cache/archives/partial`, { recursive: true });
    await run('apt-get', [...ownLists, 'update'], { limit: 300 });
    return attempt();
  });
  apt = call.catch(() => undefined);
  return call;
}

const lastLine = output => output.trim().split('\n').at(-1) ?? '';

async function debianPackage(program, name) {
  if (onPath(program)) return undefined;
  if (!onPath('apt-get')) return `${program} is not installed`;
  if (!isRoot()) return `${program} is not installed, and only root may install it: apt-get install ${name}`;
  say(`installing ${name}…`);
  const { code, output } = await aptGet(['install', '-y', '--no-install-recommends', name]);
  return onPath(program) ? undefined : `apt-get install ${name} failed with ${code}: ${lastLine(output)}`;
}

export const neovim = () => debianPackage('nvim', 'neovim');
export const chromium = async () => (onPath('google-chrome') ? undefined : debianPackage('chromium', 'chromium'));
export const ripgrep = () => debianPackage('rg', 'ripgrep');

/** Desktop VS Code is one more place to run the same tests in, where somebody has it. */
export const hasDesktopCode = () =>
  Boolean(process.env.VSCODE ?? onPath('code')) && Boolean(process.env.DISPLAY ?? process.platform !== 'linux');

/** The VS Code servers that come from npm, below .cache. */
export async function embeddedEditors() {
  const installer = `${root}scripts/editor/install.mjs`;
  if (!existsSync(installer)) return 'there is no scripts/editor/install.mjs';
  const { code, output } = await run(process.execPath, [installer], { limit: 900 });
  return code === 0 ? undefined : `the embedded VS Code could not be installed: ${lastLine(output)}`;
}

/** With it a server gets a network of its own; without it the oracle asks `nats-server -t` only. */
export const networkTools = () => debianPackage('ip', 'iproute2');

/** One component for each server whose verdicts are recorded. */
export async function natsServers() {
  const { judges } = await load('test/oracle/nats-server.ts');
  return judges.map(version => () => natsServer(version));
}

/** A nats-server of exactly this version, below .cache if the machine has none. */
async function natsServer(version) {
  const { findServers, serverFolder } = await load('test/oracle/nats-server.ts');
  const isHere = () => findServers().some(server => server.version === version);
  if (isHere()) return undefined;
  const folder = join(serverFolder, version);
  mkdirSync(folder, { recursive: true });
  const reasons = [];
  for (const attempt of [fromDebian, fromGo]) {
    const reason = await attempt(version, folder);
    if (isHere()) return undefined;
    reasons.push(reason ?? 'it does not run');
  }
  return `nats-server ${version} is not installed: ${reasons.join('; ')}`;
}

/** Takes the binary out of Debian's package: nothing is installed, so no service begins to run, and nobody needs to be root. */
async function fromDebian(version, folder) {
  if (!onPath('apt-get') || !onPath('dpkg-deb')) return 'this is no Debian';
  const downloads = `${root}.cache/apt/${version}`;
  rmSync(downloads, { recursive: true, force: true });
  mkdirSync(downloads, { recursive: true, mode: 0o777 });
  // Without a version of its own it would fetch whatever Debian has.
  const { output: policy } = await run('apt-cache', [...ownLists, 'madison', 'nats-server'], { limit: 60 });
  const known = /\|\s*(\S+)\s*\|/.exec(policy)?.[1];
  if (known && !known.startsWith(`${version}-`)) return `Debian has ${known}`;
  say(`fetching nats-server ${version} from Debian…`);
  const { output } = await aptGet(['download', 'nats-server'], downloads);
  const name = readdirSync(downloads).find(file => file.endsWith('.deb'));
  if (!name) return `apt-get download failed: ${lastLine(output)}`;
  if (!name.startsWith(`nats-server_${version}-`)) return `Debian has ${name}`;
  await run('dpkg-deb', ['-x', join(downloads, name), downloads], { limit: 60 });
  const binary = ['usr/sbin/nats-server', 'usr/bin/nats-server'].map(path => join(downloads, path)).find(path => existsSync(path));
  if (!binary) return `${name} holds no nats-server`;
  copyFileSync(binary, join(folder, 'nats-server'));
  return undefined;
}

async function fromGo(version, folder) {
  if (!onPath('go') && !existsSync('/usr/local/go/bin/go')) return 'building it needs Go, which is not installed';
  say(`building nats-server ${version} with Go…`);
  const { code, output } = await run(onPath('go') ?? '/usr/local/go/bin/go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], {
    env: { GOBIN: folder, CGO_ENABLED: '0' },
    limit: 600,
  });
  return code === 0 ? undefined : `go install failed: ${lastLine(output)}`;
}
