// The disk as a FileSource, for everything that runs on node: the command line and the desktop language server.
import { readFileSync, type Stats, statSync } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
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

/**
 * Text of a file as UTF-8. A byte order mark stays in the text, because nats-server and others refuse it; bytes that are no
 * UTF-8 become U+FFFD. Pipes and devices are never opened, since reading one may wait for ever. `largest` in bytes.
 */
export async function readText(
  path: string,
  { largest = largestUnopenedFile }: { readonly largest?: number } = {},
): Promise<{ readonly text: string } | Unreadable> {
  try {
    return whyNotOpened(await stat(path), largest) ?? decoded(await readFile(path));
  } catch (error) {
    return whyNotRead(error);
  }
}

function readTextNow(path: string): { readonly text: string } | Unreadable {
  try {
    // Most of what is asked for is not there, and an error costs more than to look.
    const info = statSync(path, { throwIfNoEntry: false });
    return info ? (whyNotOpened(info, largestUnopenedFile) ?? decoded(readFileSync(path))) : 'not-found';
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

export const nodeFiles: FileSource & {
  /** As `list`, without what lies in folders below. */
  listFolder(folder: FileId): Promise<readonly FileId[]>;
} = {
  async list(folder) {
    const path = toPath(folder);
    if (path === undefined) return [];
    const found: FileId[] = [];
    await walk(path, folder.replace(/\/+$/, ''), await inheritedRules(path), found);
    return found.sort();
  },

  async listFolder(folder) {
    const path = toPath(folder);
    if (path === undefined) return [];
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    const id = folder.replace(/\/+$/, '');
    return entries.flatMap(entry => (entry.isFile() && mayHoldText(entry.name) ? [`${id}/${entry.name}`] : [])).sort();
  },

  async read(file) {
    const path = toPath(file);
    return path === undefined ? undefined : textOf(await readText(path));
  },

  async about(file) {
    const path = toPath(file);
    const info = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (path === undefined || !info) return undefined;
    // Windows has no such bits; what node shows there says nothing.
    return { isReadableByOthers: sep === '/' ? (info.mode & 0o044) !== 0 : undefined, tracking: await trackingOf(path) };
  },
};

/** The same for a command that has nothing else to do: a thread for each small file costs several times what reading it does. */
export const nodeFilesAtOnce: typeof nodeFiles = {
  ...nodeFiles,
  readNow(file) {
    const path = toPath(file);
    return path === undefined ? undefined : textOf(readTextNow(path));
  },
};

/** Patterns of one ignore file; they match paths below `folder`, which ends with a separator. */
interface IgnoreRules {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Links to folders are not followed, as git and ripgrep do it: so no loop can be entered and nothing is judged twice. */
async function walk(path: string, id: FileId, inherited: readonly IgnoreRules[], found: FileId[]): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const own = entries.some(entry => entry.name === '.gitignore') ? await readRules(path, join(path, '.gitignore')) : undefined;
  const rules = own ? [...inherited, own] : inherited;
  const folders: Promise<void>[] = [];
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      if (isWalked(entry.name) && !isIgnored(`${child}${sep}`, rules)) folders.push(walk(child, `${id}/${entry.name}`, rules, found));
    } else if (mayHoldText(entry.name) && !isIgnored(child, rules)) {
      if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(child)))) found.push(`${id}/${entry.name}`);
    }
  }
  await Promise.all(folders);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    info => info.isFile(),
    () => false,
  );
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

async function readRules(folder: string, file: string): Promise<IgnoreRules | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  // Patterns that git ignores too (a lone `!`, an open bracket) are skipped by the package.
  return text === undefined
    ? undefined
    : { folder: folder.endsWith(sep) ? folder : `${folder}${sep}`, patterns: ignore({ allowRelativePaths: true }).add(text) };
}

/**
 * What the folders above say, up to the root of the repository. Where they exclude the walked folder itself, they do not
 * count: the person asked for exactly that folder.
 */
async function inheritedRules(path: string): Promise<readonly IgnoreRules[]> {
  const rules = (await rulesAround(path)) ?? [];
  return isIgnored(`${path}${sep}`, rules) ? [] : rules;
}

/** The rules of all folders above a folder, up to the root of the repository; undefined where there is none around it. */
async function rulesAround(path: string): Promise<readonly IgnoreRules[] | undefined> {
  const rules: IgnoreRules[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (folder !== path) {
      const own = await readRules(folder, join(folder, '.gitignore'));
      if (own) rules.unshift(own);
    }
    if (await exists(join(folder, '.git'))) {
      const local = await readRules(folder, join(folder, '.git', 'info', 'exclude'));
      if (local) rules.unshift(local);
      return rules;
    }
    // Without a repository around it, nothing above the folder speaks for it.
    if (dirname(folder) === folder) return undefined;
  }
}

/** A folder that is ignored takes all that is in it along. */
async function trackingOf(path: string): Promise<FileOnDisk['tracking']> {
  const rules = await rulesAround(path);
  if (!rules) return 'outside';
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (isIgnored(`${folder}${sep}`, rules)) return 'ignored';
  }
  return isIgnored(path, rules) ? 'ignored' : 'kept';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
