// The verifiers that the files around the person configure, so that a token can be held against each.
import { resolve } from 'node:path';
import { allComposeVerifiers, composeVerifiers } from '../checks/compose-verifiers.ts';
import type { Verifier } from '../checks/token-report.ts';
import { Analyzer } from '../core/analyzer.ts';
import type { ComposeModel } from '../core/compose/index.ts';
import { detectLanguage } from '../core/detect.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { FileId } from '../core/text/file-id.ts';
import { nodeFiles, readText, toFileId } from '../hosts/node-files.ts';
import { loadFiles, loadWanted } from '../hosts/workspace.ts';
import { displayPaths } from './display-path.ts';
import { filesAround } from './files-around.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Everybody in the current folder's Compose projects. Outside of a project only the folder itself is looked at, not what lies below. */
export async function workspaceVerifiers(settings: Settings, now: number, terminal: Terminal): Promise<readonly Verifier[]> {
  const files = (await filesAround(terminal)).filter(id => detectLanguage({ id, text: '' }) === 'compose' && !settings.isExcluded(id));
  const models = await composeModels(files, settings, now);
  const chains = models.flatMap(({ projects }) => projects);
  return allComposeVerifiers(chains, settings, displayPaths(terminal.cwd, []));
}

/** The service of `compose=FILE[:SERVICE]`, as the file's likeliest project makes it. */
export async function composeVerifier(where: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const [file, service] = await splitService(where, terminal);
  const id = toFileId(resolve(terminal.cwd, file));
  const [model] = await composeModels([id], settings, now);
  const chain = model?.projects[0];
  const found = chain ? composeVerifiers(chain, settings, displayPaths(terminal.cwd, [])) : [];
  const named =
    service === undefined ? found : found.filter(({ name }) => name === `service ${service}` || name.startsWith(`service ${service} (`));
  const [only, ...more] = named;
  if (only && more.length === 0) return { ...only, asked: true };
  const names = [...new Set(found.map(({ name }) => name.split(' ')[1]))].join(', ');
  if (found.length === 0) throw new UsageError(`--verify compose=${where}: no service there checks tokens`);
  if (only && service !== undefined) return { ...only, asked: true };
  throw new UsageError(`--verify compose=${where}: name one of its services that check tokens, as compose=FILE:SERVICE: ${names}`);
}

/** A colon may be a part of the path. */
async function splitService(where: string, terminal: Terminal): Promise<[file: string, service: string | undefined]> {
  const readable = async (path: string) => typeof (await readText(resolve(terminal.cwd, path))) !== 'string';
  if (await readable(where)) return [where, undefined];
  const at = where.lastIndexOf(':');
  if (at > 0 && (await readable(where.slice(0, at)))) return [where.slice(0, at), where.slice(at + 1)];
  throw new UsageError(`--verify compose=${where}: cannot be read`);
}

async function composeModels(files: readonly FileId[], settings: Settings, now: number): Promise<readonly ComposeModel[]> {
  const analyzer = new Analyzer(() => now, settings);
  await loadFiles(analyzer, nodeFiles, files);
  await loadWanted(analyzer, nodeFiles);
  return files.flatMap(id => {
    const layer = analyzer.analysis(id)?.layers.find(({ language }) => language.id === 'compose');
    return layer ? [layer.model as ComposeModel] : [];
  });
}
