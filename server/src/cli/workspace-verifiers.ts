// The verifiers that the files around the person configure, so that a token can be held against each.
import { resolve } from 'node:path';
import { composeVerifiers } from '../checks/compose-verifiers.ts';
import { mayHoldKeys } from '../checks/key-files.ts';
import type { Verifier } from '../checks/token-report.ts';
import { serverVerifier, type VerifierSource, workspaceVerifiers } from '../checks/workspace-verifiers.ts';
import { Analyzer } from '../core/analyzer.ts';
import type { ComposeModel } from '../core/compose/index.ts';
import { detectLanguage } from '../core/detect.ts';
import type { LanguageId } from '../core/language.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import type { FileId } from '../core/text/file-id.ts';
import { nodeFilesAtOnce, readText, toFileId } from '../hosts/node-files.ts';
import { loadFiles, loadWanted } from '../hosts/workspace.ts';
import { displayPaths } from './display-path.ts';
import { filesAround } from './files-around.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Everybody whom the files of the current folder configure, for a token. */
export async function verifiersAround(token: string, settings: Settings, now: number, terminal: Terminal): Promise<readonly Verifier[]> {
  const files = (await filesAround(terminal)).filter(id => mayConfigure(id) && !settings.isExcluded(id));
  return workspaceVerifiers(await analyzerOf(files, settings, now), token, sourceFor(terminal));
}

/** Whether a file of that name may configure somebody who checks tokens. */
function mayConfigure(id: FileId): boolean {
  const language = detectLanguage({ id, text: '' });
  return language === 'compose' || language === 'dotenv' || /\.(conf|ya?ml)$/i.test(id) || mayHoldKeys.test(id);
}

function sourceFor({ cwd }: Terminal): VerifierSource {
  return {
    show: displayPaths(cwd, []),
    listFolder: folder => nodeFilesAtOnce.listFolder(folder),
    read: file => nodeFilesAtOnce.read(file),
  };
}

/** The server that a configuration makes; one without operators checks no JWTs. */
export async function natsVerifier(where: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const path = resolve(terminal.cwd, where);
  if (typeof readText(path) === 'string') throw new UsageError(`--verify nats=${where}: cannot be read`);
  const id = toFileId(path);
  const conf = modelOf<NatsConf>(await analyzerOf([id], settings, now, 'nats-conf'), id, 'nats-conf');
  const verifier = conf && (await serverVerifier(conf, sourceFor(terminal)));
  if (!verifier)
    throw new UsageError(`--verify nats=${where}: it names no operator or trusted key that can be read here, so it checks no JWTs`);
  return { ...verifier, asked: true };
}

/** The service of `compose=FILE[:SERVICE]`, as the file's likeliest project makes it. */
export async function composeVerifier(where: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const [file, service] = await splitService(where, terminal);
  const id = toFileId(resolve(terminal.cwd, file));
  const model = modelOf<ComposeModel>(await analyzerOf([id], settings, now), id, 'compose');
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
  const readable = async (path: string) => typeof readText(resolve(terminal.cwd, path)) !== 'string';
  if (await readable(where)) return [where, undefined];
  const at = where.lastIndexOf(':');
  if (at > 0 && (await readable(where.slice(0, at)))) return [where.slice(0, at), where.slice(at + 1)];
  throw new UsageError(`--verify compose=${where}: cannot be read`);
}

/** The files with all that they refer to; `language` overrides detection. */
async function analyzerOf(files: readonly FileId[], settings: Settings, now: number, language?: LanguageId): Promise<Analyzer> {
  const analyzer = new Analyzer(() => now, settings);
  await loadFiles(analyzer, nodeFilesAtOnce, files);
  if (language) for (const id of files) analyzer.setFile({ id, text: analyzer.textOf(id) ?? '' }, language);
  await loadWanted(analyzer, nodeFilesAtOnce);
  return analyzer;
}

function modelOf<Model>(analyzer: Analyzer, id: FileId, language: LanguageId): Model | undefined {
  return analyzer.analysis(id)?.layers.find(layer => layer.language.id === language)?.model as Model | undefined;
}
