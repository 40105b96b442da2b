// Which files a command is about: named ones are judged whatever git ignores, folders are walked.
import { promises } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceFile } from '../core/language.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { FileId } from '../core/text/file-id.ts';
import { largestUnopenedFile } from '../hosts/file-source.ts';
import { nodeFilesAtOnce, readText, type Unreadable } from '../hosts/node-files.ts';
import { type GivenPath, givenPath } from './display-path.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface InputRequest {
  readonly paths: readonly string[];
  /** A file with one path a line, or `-` for standard input. */
  readonly filesFrom: string | undefined;
  /** Name that standard input goes by. */
  readonly stdinName: string | undefined;
  /** Bytes above which a file is left out, where that is more than for others. */
  readonly largest?: number;
}

export interface Inputs {
  readonly given: readonly GivenPath[];
  readonly named: readonly SourceFile[];
  /** Below the given folders, not read yet. */
  readonly walked: readonly FileId[];
  readonly fromStdin: FileId | undefined;
  /** One line for each path that gave nothing. */
  readonly problems: readonly string[];
  /** Paths of files that hold no UTF-8 text: pictures that a shell's pattern caught, or a text that was saved as UTF-16. */
  readonly noText: readonly string[];
}

const MiB = 1024 * 1024;

const reasons: Record<Exclude<Unreadable, 'folder' | 'binary' | 'too-large'>, string> = {
  'not-found': 'no such file or folder',
  special: 'is neither a file nor a folder',
  denied: 'may not be read',
};

export async function findInputs(request: InputRequest, settings: Settings, terminal: Terminal): Promise<Inputs> {
  const { largest = largestUnopenedFile } = request;
  const paths = await allPaths(request, terminal);
  const named = new Map<FileId, SourceFile>();
  const walked = new Set<FileId>();
  const given: GivenPath[] = [];
  const problems: string[] = [];
  const noText: string[] = [];
  let fromStdin: FileId | undefined;
  for (const path of paths) {
    if (path === '-') {
      if (request.filesFrom === '-') throw new UsageError('standard input cannot be both a file (-) and a list (--files-from -)');
      const place = givenPath(request.stdinName ?? 'stdin', terminal.cwd);
      given.push(place);
      named.set(place.id, { id: place.id, text: Buffer.from(await terminal.readInput()).toString('utf8') });
      fromStdin = place.id;
      continue;
    }
    const place = givenPath(path, terminal.cwd);
    given.push(place);
    const content = readText(resolve(terminal.cwd, path), { largest });
    if (typeof content !== 'string') named.set(place.id, { id: place.id, text: content.text });
    else if (content === 'folder') for (const file of await nodeFilesAtOnce.list(place.id)) walked.add(file);
    else if (content === 'binary') noText.push(path);
    else if (content === 'too-large') problems.push(`${path}: is larger than ${largest / MiB} MiB`);
    else problems.push(`${path}: ${reasons[content]}`);
  }
  return {
    given,
    named: [...named.values()],
    walked: [...walked].filter(file => !named.has(file) && !settings.isExcluded(file)),
    fromStdin,
    problems,
    noText,
  };
}

async function allPaths({ paths, filesFrom }: InputRequest, terminal: Terminal): Promise<readonly string[]> {
  if (filesFrom === undefined) return paths.length > 0 ? paths : ['.'];
  return [...paths, ...(await listedPaths(filesFrom, terminal))];
}

async function listedPaths(filesFrom: string, terminal: Terminal): Promise<readonly string[]> {
  const bytes =
    filesFrom === '-'
      ? Buffer.from(await terminal.readInput())
      : await promises.readFile(resolve(terminal.cwd, filesFrom)).catch(() => {
          throw new UsageError(`--files-from ${filesFrom}: cannot be read`);
        });
  return bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '');
}
