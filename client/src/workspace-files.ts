// The editor's file systems as the server's disk, wherever it has none of its own: in a browser, and for folders that a
// provider invents. The list is the one that the server would make on a disk.
import ignore, { type Ignore } from 'ignore';
import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FindFilesParams,
  type FindFilesResult,
  findFilesRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
} from '../../server/src/protocol.ts';

/** Bytes above which a file that is not open is left alone, as on a disk. */
const largestFile = 16 * 1024 * 1024;
/** Bytes at the start of a file in which a NUL means that it is no text; git looks at as many. */
const bytesLookedAt = 8000;
const skippedFolder = /^(\.git|node_modules|\.hg|\.svn)$/;
/** File systems that fetch every file over the network. There, only names that promise something of ours are worth a request. */
const fetchesEveryFile = /^(vscode-vfs|github|azurerepos)$/;
const promisingName = /\.(conf|ya?ml|json|env|creds|nk|jwt|token|sh|md|toml|ini|properties)$|^\.env(\.|$)|^\.gitignore$|^\.authlint/i;

/** Answers the server's requests for files. */
export function provideFiles(client: BaseLanguageClient): void {
  client.onRequest(readFileRequest, ({ uri }: ReadFileParams): Promise<ReadFileResult> => readText(Uri.parse(uri)));
  client.onRequest(findFilesRequest, ({ folder }: FindFilesParams): Promise<FindFilesResult> => listFiles(Uri.parse(folder)));
}

/** Text of a file as UTF-8, a byte order mark included; null where there is none that could be read as text. */
async function readText(uri: Uri): Promise<string | null> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > largestFile) return null;
    const bytes = await workspace.fs.readFile(uri);
    if (bytes.subarray(0, bytesLookedAt).includes(0)) return null;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Patterns of one ignore file; they match paths below `folder`, which ends with a slash. */
interface IgnoreRules {
  readonly folder: string;
  readonly patterns: Ignore;
}

async function listFiles(folder: Uri): Promise<string[]> {
  const found: string[] = [];
  await walk(folder, await inheritedRules(folder), found);
  return found.sort();
}

/** Links to folders are not followed, so no loop can be entered and nothing is judged twice. */
async function walk(folder: Uri, inherited: readonly IgnoreRules[], found: string[]): Promise<void> {
  const entries = await workspace.fs.readDirectory(folder).then(
    list => list,
    () => [],
  );
  const own = entries.some(([name]) => name === '.gitignore') ? await readRules(folder, Uri.joinPath(folder, '.gitignore')) : undefined;
  const rules = own ? [...inherited, own] : inherited;
  const folders: Promise<void>[] = [];
  for (const [name, type] of entries) {
    const child = Uri.joinPath(folder, name);
    if (type === FileType.Directory) {
      if (!skippedFolder.test(name) && !isIgnored(`${child.path}/`, rules)) folders.push(walk(child, rules, found));
    } else if (type & FileType.File && !isIgnored(child.path, rules)) {
      if (!fetchesEveryFile.test(folder.scheme) || promisingName.test(name)) found.push(child.toString());
    }
  }
  await Promise.all(folders);
}

/** The deepest ignore file that has an opinion decides. A folder's path ends with a slash. */
function isIgnored(path: string, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, patterns } of [...rules].reverse()) {
    if (path.length === folder.length || !path.startsWith(folder)) continue;
    const { ignored, unignored } = patterns.test(path.slice(folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function readRules(folder: Uri, file: Uri): Promise<IgnoreRules | undefined> {
  const text = await readText(file);
  if (text === null) return undefined;
  return { folder: folder.path.endsWith('/') ? folder.path : `${folder.path}/`, patterns: ignore({ allowRelativePaths: true }).add(text) };
}

/** What the folders above say, up to the root of the repository, unless they exclude the walked folder itself. */
async function inheritedRules(start: Uri): Promise<readonly IgnoreRules[]> {
  const rules: IgnoreRules[] = [];
  for (let folder = start; ; folder = Uri.joinPath(folder, '..')) {
    if (folder !== start) {
      const own = await readRules(folder, Uri.joinPath(folder, '.gitignore'));
      if (own) rules.unshift(own);
    }
    if (await exists(Uri.joinPath(folder, '.git'))) {
      const local = await readRules(folder, Uri.joinPath(folder, '.git/info/exclude'));
      if (local) rules.unshift(local);
      return isIgnored(`${start.path}/`, rules) ? [] : rules;
    }
    if (folder.path === '/' || folder.path === '') return [];
  }
}

function exists(uri: Uri): Promise<boolean> {
  return Promise.resolve(
    workspace.fs.stat(uri).then(
      () => true,
      () => false,
    ),
  );
}
