// The verifiers that the files around the person configure, so that a token can be held against each.
import { resolve } from 'node:path';
import { allComposeVerifiers, composeVerifiers } from '../checks/compose-verifiers.ts';
import type { Verifier } from '../checks/token-report.ts';
import { Analyzer } from '../core/analyzer.ts';
import type { ComposeModel } from '../core/compose/index.ts';
import { detectLanguage } from '../core/detect.ts';
import type { LanguageId } from '../core/language.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import { directoryOf, type FileId, joinPath, nameOf } from '../core/text/file-id.ts';
import { nodeFiles, readText, toFileId } from '../hosts/node-files.ts';
import { loadFiles, loadWanted } from '../hosts/workspace.ts';
import { displayPaths } from './display-path.ts';
import { filesAround } from './files-around.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Everybody whom the files of the current folder configure: services of Compose projects, and servers of NATS under operators. */
export async function workspaceVerifiers(settings: Settings, now: number, terminal: Terminal): Promise<readonly Verifier[]> {
  const mayCheck = (id: FileId) => detectLanguage({ id, text: '' }) === 'compose' || /\.conf$/i.test(id);
  const files = (await filesAround(terminal)).filter(id => mayCheck(id) && !settings.isExcluded(id));
  const models = await modelsOf(files, settings, now);
  const show = displayPaths(terminal.cwd, []);
  const chains = models.compose.flatMap(({ projects }) => projects);
  const servers = await Promise.all(models.nats.map(conf => serverVerifier(conf, show)));
  return [...allComposeVerifiers(chains, settings, show), ...servers.flatMap(verifier => verifier ?? [])];
}

/** The server that a configuration makes; one without operators checks no JWTs. */
export async function natsVerifier(where: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const path = resolve(terminal.cwd, where);
  if (typeof (await readText(path)) === 'string') throw new UsageError(`--verify nats=${where}: cannot be read`);
  const { nats } = await modelsOf([toFileId(path)], settings, now, 'nats-conf');
  const verifier = nats[0] && (await serverVerifier(nats[0], displayPaths(terminal.cwd, [])));
  if (!verifier)
    throw new UsageError(`--verify nats=${where}: it names no operator or trusted key that can be read here, so it checks no JWTs`);
  return { ...verifier, asked: true };
}

async function serverVerifier({ file, operatorMode }: NatsConf, show: (file: FileId) => string): Promise<Verifier | undefined> {
  if (!operatorMode?.trust) return undefined;
  const { trust, folder } = operatorMode;
  const found = folder === undefined ? {} : await accountsIn(joinPath(directoryOf(file), folder));
  return {
    name: `NATS server of ${nameOf(file)}`,
    path: show(file),
    key: { kind: 'nats', trust: { ...trust, accounts: { ...trust.accounts, ...found } } },
  };
}

/** Account JWTs of a resolver's folder, which bear the public key of the account as their name. */
async function accountsIn(folder: FileId): Promise<Record<string, string>> {
  const accounts: Record<string, string> = {};
  for (const file of await nodeFiles.listFolder(folder)) {
    const key = /^(A[A-Z2-7]{55})\.jwt$/.exec(nameOf(file))?.[1];
    const text = key === undefined ? undefined : await nodeFiles.read(file);
    if (key !== undefined && text !== undefined) accounts[key] = text.trim();
  }
  return accounts;
}

/** The service of `compose=FILE[:SERVICE]`, as the file's likeliest project makes it. */
export async function composeVerifier(where: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const [file, service] = await splitService(where, terminal);
  const id = toFileId(resolve(terminal.cwd, file));
  const [model] = (await modelsOf([id], settings, now)).compose;
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

/** Models of the files that are Compose files or NATS configurations; `language` overrides detection. */
async function modelsOf(
  files: readonly FileId[],
  settings: Settings,
  now: number,
  language?: LanguageId,
): Promise<{ readonly compose: readonly ComposeModel[]; readonly nats: readonly NatsConf[] }> {
  const analyzer = new Analyzer(() => now, settings);
  await loadFiles(analyzer, nodeFiles, files);
  if (language) for (const id of files) analyzer.setFile({ id, text: analyzer.textOf(id) ?? '' }, language);
  await loadWanted(analyzer, nodeFiles);
  const layers = files.flatMap(id => analyzer.analysis(id)?.layers ?? []);
  const of = <Model>(name: LanguageId) => layers.flatMap(({ language: { id }, model }) => (id === name ? [model as Model] : []));
  return { compose: of<ComposeModel>('compose'), nats: of<NatsConf>('nats-conf') };
}
