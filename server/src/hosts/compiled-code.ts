// What V8 made of our bundles, kept from one start to the next. Most of a start is compiling; what node itself would keep (22 and later)
// leaves out each function that runs later than its file, and lies in a folder for temporary files, where another person of the same
// machine could have put something else.
import { isAscii } from 'node:buffer';
import { lstatSync, mkdirSync, promises, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Milliseconds of a process's life after which what it needs to start is compiled, and little else. */
const startIsOver = 10_000;
/** Milliseconds: whoever still needs older code makes it anew. */
const longestAge = 30 * 24 * 3_600_000;

/** Bytes behind compiled code that name the uses whose functions are in it. */
const usesSize = 512;

interface Keeping {
  /** Of several threads that run the same code, one does. */
  readonly keeps?: boolean;
  /** What the process turns out to be used for, in words of ASCII, when it ends: another use calls other functions. */
  readonly uses?: ReadonlySet<string>;
}

/**
 * Loads a CommonJS bundle as `require` does. `content` stands for what is in the file, since V8 compares no more than lengths. Flags of V8
 * must be set before: compiled code is good for the flags that it was made with.
 */
export function requireCompiled(path: string, content: string, { keeps = true, uses = new Set() }: Keeping = {}): unknown {
  const require = createRequire(path);
  const loaded = require.cache[path];
  if (loaded) return loaded.exports;
  const file = fileFor(path, content);
  const kept = file === undefined ? undefined : read(file, path);
  const cachedData = kept?.subarray(0, -usesSize);
  const script = new Script(Module.wrap(textOf(path)), { filename: path, ...(cachedData ? { cachedData } : {}) });
  const known =
    kept && !script.cachedDataRejected
      ? kept
          .toString('latin1', kept.length - usesSize)
          .trim()
          .split(' ')
      : undefined;
  if (keeps && file !== undefined) keepLater(script, file, uses, known);
  const module = new Module(path);
  module.filename = path;
  module.loaded = true;
  require.cache[path] = module;
  script.runInThisContext().call(module.exports, module.exports, require, module, path, dirname(path));
  return module.exports;
}

/** Bundles are ASCII, which node reads as UTF-8 several times slower. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

/** Where compiled code of a bundle may be; undefined where it cannot be kept, or is not to be. */
function fileFor(path: string, content: string): string | undefined {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const folder = ownFolder();
  const { arch, execArgv, versions } = process;
  const name = [basename(path, '.js'), content, versions.v8, arch, ...execArgv]
    .join('_')
    .replace(/[^\w.-]/g, '')
    .slice(0, 200);
  return folder === undefined ? undefined : join(folder, `${name}.compiled`);
}

/** A folder in which nobody but this person can write, since what lies there is run. */
function ownFolder(): string | undefined {
  try {
    const folder = join(cacheFolder(), 'authlint');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mode, uid } = lstatSync(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function cacheFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData/Local');
  return process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : XDG_CACHE_HOME || join(homedir(), '.cache');
}

/** Nothing where the bundle was changed since by hand. */
function read(file: string, bundle: string): Buffer | undefined {
  try {
    return statSync(file).mtimeMs > statSync(bundle).mtimeMs ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Once the start is over, or the process if that comes first; by then what a start calls is compiled. `known`: uses that are kept already. */
function keepLater(script: Script, file: string, uses: ReadonlySet<string>, known: readonly string[] | undefined): void {
  const unfinished = `${file}.${process.pid}`;
  const content = () => {
    const names = [...new Set([...(known ?? []), ...uses])].join(' ');
    return Buffer.concat([script.createCachedData(), Buffer.from(names.slice(0, usesSize).padEnd(usesSize))]);
  };
  // A disk that is full, or a home without a place for this, costs time and nothing else.
  const atExit = () => {
    // V8 forgets in time what nobody calls, and a long run would keep less than it found.
    if (known && (process.uptime() * 1000 > startIsOver || [...uses].every(use => known.includes(use)))) return;
    try {
      writeFileSync(unfinished, content(), whole);
      renameSync(unfinished, file);
      removeOld(dirname(file));
    } catch {}
  };
  const afterStart = async () => {
    process.off('exit', atExit);
    // A busy disk can take seconds, in which somebody types.
    await promises.writeFile(unfinished, content(), whole);
    await promises.rename(unfinished, file);
    removeOld(dirname(file));
  };
  if (!known) setTimeout(() => afterStart().catch(() => undefined), startIsOver).unref();
  process.once('exit', atExit);
}

/** Written for this person alone, and whole or not at all, even when the machine stops then. */
const whole = { mode: 0o600, flush: true };

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const other = join(folder, name);
    if (Date.now() - statSync(other).mtimeMs > longestAge) rmSync(other, { force: true });
  }
}
