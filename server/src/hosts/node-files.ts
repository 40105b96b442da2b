// The disk as a FileSource, for everything that runs on node: the command line and the desktop language server.
import { type Dirent, promises, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { FileOnDisk } from '../core/language.ts';
import type { FileId } from '../core/text/file-id.ts';
import { type FileSource, isWalked, largestUnopenedFile, mayHoldText } from './file-source.ts';

/** Bytes at the start of a file in which a NUL means that it is no text; git looks at as many. */
const bytesLookedAt = 8000;

/** Id of an absolute path: `/srv/my app/a.conf` → `file:///srv/my app/a.conf`, `C:\a.conf` → `file:///c:/a.conf` (as VS Code writes drives). */
export function toFileId(path: string): FileId {
  if (sep === '/') return `file://${path}`;
  const slashed = path.replaceAll('\\', '/');
  if (slashed.startsWith('//')) return `file:${slashed}`;
  return `file:///${slashed.replace(/^[A-Z]:/, drive => drive.toLowerCase())}`;
}

/** Absolute path of a `file:` id; undefined for other schemes. */
export function toPath(id: FileId): string | undefined {
  if (!id.startsWith('file://')) return undefined;
  const rest = id.slice('file://'.length);
  if (sep === '/') return rest;
  return (/^\/[A-Za-z]:/.test(rest) ? rest.slice(1) : rest.startsWith('/') ? rest : `//${rest}`).replaceAll('/', '\\');
}

/** Why a path gave no text; `not-found` covers everything that is neither a file nor readable as one. */
export type Unreadable = 'not-found' | 'folder' | 'special' | 'denied' | 'too-large' | 'binary';

type Later<Value> = Value | Promise<Value>;

/** The disk as whoever asks sees it. What cannot be had is thrown. */
interface Disk {
  /** Undefined where nothing is, or thrown. */
  info(path: string): Later<Stats | undefined>;
  bytes(path: string): Later<Buffer>;
  entries(folder: string): Later<readonly Dirent[]>;
}

/** For who has more to do meanwhile. Node loads what `promises` gives when it is asked for it. */
const inTurn: Disk = {
  info: path => promises.stat(path),
  bytes: path => promises.readFile(path),
  entries: folder => promises.readdir(folder, { withFileTypes: true }),
};

/** For a command, which has nothing else to do: a thread for each small file costs several times what reading it does. */
const atOnce = {
  // Most of what is asked for is not there, and an error costs more than to look.
  info: path => statSync(path, { throwIfNoEntry: false }),
  bytes: path => readFileSync(path),
  entries: folder => readdirSync(folder, { withFileTypes: true }),
} satisfies Disk;

async function unlessThrown<Answer>(ask: () => Later<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

/**
 * Text of a file as UTF-8. A byte order mark stays in the text, because nats-server and others refuse it; bytes that are no
 * UTF-8 become U+FFFD. Pipes and devices are never opened, since reading one may wait for ever. `largest` in bytes.
 */
export function readText(
  path: string,
  { largest = largestUnopenedFile }: { readonly largest?: number } = {},
): { readonly text: string } | Unreadable {
  try {
    const info = atOnce.info(path);
    return info ? (whyNotOpened(info, largest) ?? decoded(atOnce.bytes(path))) : 'not-found';
  } catch (error) {
    return whyNotRead(error);
  }
}

async function readTextOn(disk: Disk, path: string): Promise<{ readonly text: string } | Unreadable> {
  try {
    const info = await disk.info(path);
    return info ? (whyNotOpened(info, largestUnopenedFile) ?? decoded(await disk.bytes(path))) : 'not-found';
  } catch (error) {
    return whyNotRead(error);
  }
}

function whyNotOpened(info: Stats, largest: number): Unreadable | undefined {
  if (info.isDirectory()) return 'folder';
  if (!info.isFile()) return 'special';
  return info.size > largest ? 'too-large' : undefined;
}

function whyNotRead(error: unknown): Unreadable {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'not-found';
}

function decoded(bytes: Buffer): { readonly text: string } | 'binary' {
  return bytes.subarray(0, bytesLookedAt).includes(0) ? 'binary' : { text: bytes.toString('utf8') };
}

function textOf(content: { readonly text: string } | Unreadable): string | undefined {
  return typeof content === 'string' ? undefined : content.text;
}

type NodeFiles = FileSource & {
  /** As `list`, without what lies in folders below. */
  listFolder(folder: FileId): Promise<readonly FileId[]>;
};

const filesOn = (disk: Disk): NodeFiles => ({
  async list(folder) {
    const path = toPath(folder);
    if (path === undefined) return [];
    const found: FileId[] = [];
    await walk(disk, path, folder.replace(/\/+$/, ''), await inheritedRules(disk, path), found);
    return found.sort();
  },

  async listFolder(folder) {
    const path = toPath(folder);
    if (path === undefined) return [];
    const entries = (await unlessThrown(() => disk.entries(path))) ?? [];
    const id = folder.replace(/\/+$/, '');
    return entries.flatMap(entry => (entry.isFile() && mayHoldText(entry.name) ? [`${id}/${entry.name}`] : [])).sort();
  },

  async read(file) {
    const path = toPath(file);
    return path === undefined ? undefined : textOf(await readTextOn(disk, path));
  },

  async about(file) {
    const path = toPath(file);
    const info = path === undefined ? undefined : await unlessThrown(() => disk.info(path));
    if (path === undefined || !info) return undefined;
    // Windows has no such bits; what node shows there says nothing.
    return { isReadableByOthers: sep === '/' ? (info.mode & 0o044) !== 0 : undefined, tracking: await trackingOf(disk, path) };
  },
});

export const nodeFiles: NodeFiles = filesOn(inTurn);

/** The same for commands. */
export const nodeFilesAtOnce: NodeFiles = {
  ...filesOn(atOnce),
  readNow(file) {
    const path = toPath(file);
    return path === undefined ? undefined : textOf(readText(path));
  },
};

/** Patterns of one ignore file; they match paths below `folder`, which ends with a separator. */
interface IgnoreRules {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Links to folders are not followed, as git and ripgrep do it: so no loop can be entered and nothing is judged twice. */
async function walk(disk: Disk, path: string, id: FileId, inherited: readonly IgnoreRules[], found: FileId[]): Promise<void> {
  const entries = (await unlessThrown(() => disk.entries(path))) ?? [];
  const own = entries.some(entry => entry.name === '.gitignore') ? await readRules(disk, path, join(path, '.gitignore')) : undefined;
  const rules = own ? [...inherited, own] : inherited;
  const folders: Promise<void>[] = [];
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      if (isWalked(entry.name) && !isIgnored(`${child}${sep}`, rules)) folders.push(walk(disk, child, `${id}/${entry.name}`, rules, found));
    } else if (mayHoldText(entry.name) && !isIgnored(child, rules)) {
      if (entry.isFile() || (entry.isSymbolicLink() && (await unlessThrown(() => disk.info(child)))?.isFile()))
        found.push(`${id}/${entry.name}`);
    }
  }
  await Promise.all(folders);
}

/** The deepest ignore file that has an opinion decides. A folder's path ends with a separator. */
function isIgnored(path: string, rules: readonly IgnoreRules[]): boolean {
  for (let i = rules.length - 1; i >= 0; i--) {
    const { folder, patterns } = rules[i] as IgnoreRules;
    if (path.length === folder.length || !path.startsWith(folder)) continue;
    const { ignored, unignored } = patterns.test(path.slice(folder.length).replaceAll(sep, '/'));
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function readRules(disk: Disk, folder: string, file: string): Promise<IgnoreRules | undefined> {
  const text = (await unlessThrown(() => disk.bytes(file)))?.toString('utf8');
  // Patterns that git ignores too (a lone `!`, an open bracket) are skipped by the package.
  return text === undefined
    ? undefined
    : { folder: folder.endsWith(sep) ? folder : `${folder}${sep}`, patterns: ignore({ allowRelativePaths: true }).add(text) };
}

/**
 * What the folders above say, up to the root of the repository. Where they exclude the walked folder itself, they do not
 * count: the person asked for exactly that folder.
 */
async function inheritedRules(disk: Disk, path: string): Promise<readonly IgnoreRules[]> {
  const rules = (await rulesAround(disk, path)) ?? [];
  return isIgnored(`${path}${sep}`, rules) ? [] : rules;
}

/** The rules of all folders above a folder, up to the root of the repository; undefined where there is none around it. */
async function rulesAround(disk: Disk, path: string): Promise<readonly IgnoreRules[] | undefined> {
  const rules: IgnoreRules[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (folder !== path) {
      const own = await readRules(disk, folder, join(folder, '.gitignore'));
      if (own) rules.unshift(own);
    }
    if (await unlessThrown(() => disk.info(join(folder, '.git')))) {
      const local = await readRules(disk, folder, join(folder, '.git', 'info', 'exclude'));
      if (local) rules.unshift(local);
      return rules;
    }
    // Without a repository around it, nothing above the folder speaks for it.
    if (dirname(folder) === folder) return undefined;
  }
}

/** A folder that is ignored takes all that is in it along. */
async function trackingOf(disk: Disk, path: string): Promise<FileOnDisk['tracking']> {
  const rules = await rulesAround(disk, path);
  if (!rules) return 'outside';
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (isIgnored(`${folder}${sep}`, rules)) return 'ignored';
  }
  return isIgnored(path, rules) ? 'ignored' : 'kept';
}
