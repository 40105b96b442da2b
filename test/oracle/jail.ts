// A place where a nats-server can do what a configuration asks of it and touch nothing else: its own root folder, so that
// `/data/jetstream` and `/etc/nats/certs` lie below the jail, and its own network, so that every port is free and nothing leaves.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const base = resolve('.cache/oracle');

/** Loopback, and one address that is not loopback, since some features refuse to start without one (documentation range). */
const interfaces = 'link set lo up\naddr add 192.0.2.10/32 dev lo\n';

/** How processes are shut in here: with a network and a root folder of their own, or not at all. */
export type Isolation = 'namespaces' | 'none';

let known: { isolation: Isolation; prefix: readonly string[] } | undefined;

/** What this machine allows; asked once. Namespaces need Linux with `unshare` and `ip`, and a kernel that lets us have them. */
export function isolation(): Isolation {
  return probe().isolation;
}

function probe() {
  if (known) return known;
  mkdirSync(base, { recursive: true });
  const batch = join(base, 'interfaces');
  writeFileSync(batch, interfaces);
  const script = `ip -batch '${batch}' && exec unshare --root="$0" --wd="$@"`;
  for (const flags of [['--user', '--map-root-user', '--net'], ['--net']]) {
    const prefix = ['unshare', ...flags, '--', 'sh', '-c', script];
    const [command = '', ...args] = [...prefix, '/', '/', 'true'];
    if (process.platform === 'linux' && spawnSync(command, args, { stdio: 'ignore' }).status === 0) {
      known = { isolation: 'namespaces', prefix };
      return known;
    }
  }
  known = { isolation: 'none', prefix: [] };
  return known;
}

/** Files that every jail of one server binary holds: path in the jail to path on this machine. */
const kits = new Map<string, ReadonlyMap<string, string>>();

/** Copies a binary and the libraries it loads below `.cache` once, so that each jail can hold hard links to them. */
function kitOf(binary: string): ReadonlyMap<string, string> {
  const ready = kits.get(binary);
  if (ready) return ready;
  const libraries = spawnSync('ldd', [binary], { encoding: 'utf8' }).stdout ?? '';
  const paths = [...libraries.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(match => match[1] as string);
  const folder = mkdtempSync(join(base, 'kit-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const kit = new Map<string, string>();
  for (const [inside, outside] of [['/nats-server', binary] as const, ...paths.map(path => [path, path] as const)]) {
    const copy = join(folder, inside);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(realpathSync(outside), copy);
    chmodSync(copy, 0o755);
    kit.set(inside, copy);
  }
  kits.set(binary, kit);
  return kit;
}

export interface Ended {
  /** Null when it was stopped by us. */
  readonly code: number | null;
  readonly output: string;
}

/** A folder that the server in it takes for the whole machine. */
export class Jail {
  readonly #root: string;

  constructor(readonly binary: string) {
    mkdirSync(base, { recursive: true });
    this.#root = mkdtempSync(join(base, 'jail-'));
    if (probe().isolation === 'none') return;
    for (const [inside, copy] of kitOf(binary)) {
      mkdirSync(dirname(this.path(inside)), { recursive: true });
      linkSync(copy, this.path(inside));
    }
    mkdirSync(this.path('/tmp'), { recursive: true });
    // A host name that comes from a variable is called "value" here.
    this.write('/etc/hosts', '127.0.0.1 localhost value\n::1 localhost\n');
  }

  /** Path on this machine of a path in the jail. */
  path(inside: string): string {
    return join(this.#root, join('/', inside));
  }

  write(inside: string, text: string): void {
    mkdirSync(dirname(this.path(inside)), { recursive: true });
    writeFileSync(this.path(inside), text);
  }

  exists(inside: string): boolean {
    return existsSync(this.path(inside));
  }

  /** Empty when there is no such file. */
  read(inside: string): string {
    return this.exists(inside) ? readFileSync(this.path(inside), 'utf8') : '';
  }

  /** How the server must be told about a file: its path in the jail, or on this machine where there is none. */
  visible(inside: string): string {
    return probe().isolation === 'none' ? this.path(inside) : join('/', inside);
  }

  /**
   * Runs the server. `stop` is asked every few milliseconds and ends it when it says so; so does the limit.
   * @param limit milliseconds
   */
  async run(
    args: readonly string[],
    options: { environment: ReadonlyMap<string, string>; folder: string; limit: number; stop?: () => boolean },
  ): Promise<Ended> {
    const { prefix, isolation } = probe();
    const shutIn = isolation === 'namespaces';
    mkdirSync(this.path(options.folder), { recursive: true });
    const words = shutIn ? [...prefix, this.#root, join('/', options.folder), '/nats-server', ...args] : [this.binary, ...args];
    const [command = '', ...rest] = words;
    const child = spawn(command, rest, {
      cwd: shutIn ? '/' : this.path(options.folder),
      env: { ...Object.fromEntries(options.environment), PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    // `unshare` and `sh` replace themselves by what they start, so that this one process is the server.
    const end = () => void child.kill('SIGKILL');
    process.once('exit', end);
    const started = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - started > options.limit || options.stop?.()) end();
    }, 5);
    try {
      return await new Promise<Ended>((ended, failed) => {
        child.on('error', failed);
        child.on('close', code => ended({ code, output }));
      });
    } finally {
      clearInterval(watch);
      process.removeListener('exit', end);
    }
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
