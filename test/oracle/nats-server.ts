// The real nats-server as a judge: where it is, and what it says about a configuration.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { newestNatsServer } from '../../server/src/core/lint/settings.ts';
import { isolation, Jail } from './jail.ts';
import { makeCertificate } from './stand-in.ts';

/** The oldest and the newest server that we answer for; the recorded verdicts are theirs. */
export const judges: readonly string[] = ['2.9.10', newestNatsServer.join('.')];

export interface NatsServer {
  /** `2.9.10` */
  readonly version: string;
  readonly binary: string;
}

/** Where binaries are put that were fetched for the tests. */
export const serverFolder = resolve('.cache/nats-server');

/** Every nats-server on this machine, each version once: ours, those on the PATH, and where Go and Debian put them. */
export function findServers(): readonly NatsServer[] {
  const ours = existsSync(serverFolder) ? readdirSync(serverFolder).map(version => join(serverFolder, version)) : [];
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const go = [process.env.GOBIN, join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin')].filter(folder => folder !== undefined);
  const found = new Map<string, string>();
  for (const folder of [...ours, ...path, ...go, '/usr/sbin', '/usr/local/sbin']) {
    const binary = join(folder, process.platform === 'win32' ? 'nats-server.exe' : 'nats-server');
    if (!existsSync(binary)) continue;
    const version = /v(\d+\.\d+\.\d+)/.exec(spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
    if (version && !found.has(version)) found.set(version, binary);
  }
  return [...found].map(([version, binary]) => ({ version, binary }));
}

/** The server of a version. A test without it is skipped, with a word; in continuous integration, where nothing may go unproved, it fails. */
export function serverOrSkip(test: Mocha.Context, version: string): NatsServer {
  const server = findServers().find(candidate => candidate.version === version);
  if (server) return server;
  if (process.env.CI) throw new Error(`nats-server ${version} is not on this machine, so that nothing is proved about it`);
  console.warn(`      nats-server ${version} is not on this machine: nothing is proved about it`);
  return test.skip();
}

/**
 * What a server does with a configuration: `parse` is refused by `nats-server -t`, `start` passes that and stops the start.
 * `environment`: it passes as far as it can be judged here, and then this machine is the obstacle (a missing file, a host name).
 */
export type Verdict = 'accepts' | 'parse' | 'start' | 'environment';

export interface Answer {
  readonly verdict: Verdict;
  /** The server's own words; empty where it accepts. */
  readonly message: string;
}

/** A configuration with the files beside it. */
export interface Question {
  /** Names below one folder, with `/`, to their texts. */
  readonly files: ReadonlyMap<string, string>;
  /** The one that the server is started with. */
  readonly main: string;
  /** Folder that the server is started in, where relative paths of certificates begin; default: the one that holds the files. */
  readonly folder?: string;
  /** Ask `-t` only. */
  readonly syntaxOnly?: boolean;
}

/** The server's fault is not the configuration's when this machine lacks something. */
const machine =
  /no such file or directory|no such host|server misbehaving|i\/o timeout|connection refused|network is unreachable|address already in use|cannot assign requested address|permission denied|read-only file system|unsupported protocol scheme|could not fetch|ocsp servers|not supported on this platform|panic: |not a directory|is a directory/i;
const includeFailed = /error parsing include file/i;
const missingVariable = /variable reference for '([^']+)' on line \d+ can not be found/;
const missingFile = /open ([^\s:'"]+): no such file or directory/g;

/** Values that a variable of the environment is tried with, until the server has nothing against its type. */
const candidates = ['value', '4222', '10s', 'true', '127.0.0.1:4222', '[nats://127.0.0.1:4222]', 'nats://127.0.0.1:4222', '{}'];

/**
 * Asks one server. Variables that nothing in the files defines are filled in from the environment, and certificates that are
 * not there are made, as the machine that the configuration is for would have them.
 */
export async function ask(server: NatsServer, question: Question): Promise<Answer> {
  const jail = new Jail(server.binary);
  try {
    for (const [name, text] of question.files) jail.write(name, text);
    const environment = new Map<string, string>();
    const checked = await check(jail, question, environment);
    if (checked.verdict !== 'accepts' || question.syntaxOnly) return checked;
    return await start(jail, question, environment);
  } finally {
    jail.remove();
  }
}

async function check(jail: Jail, question: Question, environment: Map<string, string>): Promise<Answer> {
  const tried = new Map<string, number>();
  // Each round adds a variable, tries another value or makes a file, so this ends; the bound is for what nobody foresaw.
  for (let round = 0; round < 60; round++) {
    const { code, output } = await jail.run(['-t', '-c', jail.visible(question.main)], {
      environment,
      folder: question.folder ?? '/',
      limit: 20_000,
    });
    if (code === 0) return { verdict: 'accepts', message: '' };
    const message = tidy(output, jail);
    if (code === null) throw new Error(`nats-server -t did not end: ${message}`);
    const variable = missingVariable.exec(message)?.[1];
    if (variable !== undefined && !environment.has(variable) && !isDefined(variable, question)) {
      environment.set(variable, candidates[0] as string);
      continue;
    }
    const next = variable === undefined ? nextCandidate(message, question, environment, tried) : undefined;
    if (next !== undefined) {
      environment.set(next, candidates[tried.get(next) ?? 0] as string);
      continue;
    }
    if (makeMissing(jail, question, output)) continue;
    const faults = message.split('\n').filter(line => line.trim() !== '');
    const environmental = faults.every(line => machine.test(line) && !includeFailed.test(line));
    return { verdict: environmental ? 'environment' : 'parse', message };
  }
  throw new Error('nats-server -t was asked sixty times');
}

/** Whether anything in the files is a key of this name: then the environment must not answer in its place. */
function isDefined(variable: string, question: Question): boolean {
  const key = new RegExp(`(?:^|[\\s{,;"'])${variable.replace(/[^\w]/g, '\\$&')}["']?\\s*[:={\\s]`, 'm');
  return [...question.files.values()].some(text => key.test(text));
}

/** The variable on the line that the server complains of, with another value to try, if one is left. */
function nextCandidate(
  message: string,
  question: Question,
  environment: ReadonlyMap<string, string>,
  tried: Map<string, number>,
): string | undefined {
  for (const [, name = '', line = ''] of message.matchAll(/(?:^|\s)([^\s:]+):(\d+):\d+: /gm)) {
    const text = question.files.get(name.replace(/^\//, ''))?.split('\n')[Number(line) - 1] ?? '';
    for (const variable of environment.keys()) {
      if (!text.includes(`$${variable}`)) continue;
      const attempt = (tried.get(variable) ?? 0) + 1;
      if (attempt >= candidates.length) continue;
      tried.set(variable, attempt);
      return variable;
    }
  }
  return undefined;
}

/** Makes the certificates and keys that the server misses. Other files (operator JWTs, creds, includes) have no stand-in. */
function makeMissing(jail: Jail, question: Question, output: string): boolean {
  if (isolation() === 'none') return false;
  let made = false;
  for (const [line] of output.matchAll(/.*no such file or directory.*/g)) {
    if (includeFailed.test(line) || /jwt|\.creds/i.test(line)) continue;
    for (const [, path = ''] of line.matchAll(missingFile)) {
      const inside = path.startsWith('/') ? path : `${question.folder ?? ''}/${path}`;
      if (jail.exists(inside)) continue;
      jail.write(inside, standInFor(path, question));
      made = true;
    }
  }
  return made;
}

let pair: ReturnType<typeof makeCertificate> | undefined;
/** Parts of the same pair everywhere, so that a certificate and its key match whatever files they are in. */
function standInFor(path: string, { files }: Question): string {
  pair ??= makeCertificate();
  const isKey = [...files.values()].some(text =>
    text.split('\n').some(line => new RegExp(`\\bkey_file["']?\\s*[:=\\s]\\s*["']?${path.replace(/[^\w]/g, '\\$&')}\\b`).test(line)),
  );
  return isKey ? pair.certificate + pair.key : pair.certificate;
}

async function start(jail: Jail, question: Question, environment: ReadonlyMap<string, string>): Promise<Answer> {
  if (isolation() === 'none') return { verdict: 'environment', message: 'a start needs a network of its own' };
  const log = '/tmp/authlint-oracle.log';
  const started = Date.now();
  let ready = 0;
  const { code, output } = await jail.run(['-c', jail.visible(question.main), '-l', log], {
    environment,
    folder: question.folder ?? '/',
    limit: 20_000,
    stop() {
      if (ready === 0 && jail.read(log).includes('Server is ready')) ready = Date.now();
      // Some features come up after the clients' port; a server that dies of them does so at once. One that rotates its log
      // away, or waits for others of its cluster, is known to run by not ending.
      return (ready > 0 && Date.now() - ready > 60) || Date.now() - started > 6000;
    },
  });
  if (code === null) return { verdict: 'accepts', message: '' };
  const fatal = jail
    .read(log)
    .split('\n')
    .filter(line => /\[(FTL|ERR)\]/.test(line));
  const message = tidy(`${output}\n${fatal.at(-1)?.replace(/^.*?\[(FTL|ERR)\] /, '') ?? ''}`, jail);
  // The value that stands in for a variable is not the one that the person has.
  const isOurs = [...environment.values()].some(value => message.includes(`"${value}"`));
  return { verdict: isOurs || machine.test(message) ? 'environment' : 'start', message };
}

/** The server's words without our folder, its own name and times. */
function tidy(output: string, jail: Jail): string {
  return output
    .replaceAll(jail.path('/'), '/')
    .split('\n')
    .map(line => line.replace(/^nats-server: /, '').replace(/^\[\d+\] \d{4}\/\d\d\/\d\d \S+ /, ''))
    .filter(line => line.trim() !== '')
    .join('\n');
}
