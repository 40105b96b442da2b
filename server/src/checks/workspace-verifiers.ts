// Everybody in a workspace who would be shown a token, whichever files configure them: services of Compose projects, programs with a
// dotenv file, platforms, nats-servers under operators, and bare key files.
import type { Analyzer } from '../core/analyzer.ts';
import type { ComposeModel } from '../core/compose/index.ts';
import type { DotenvModel } from '../core/dotenv/model.ts';
import { readCompact } from '../core/jwt/compact.ts';
import type { LanguageId } from '../core/language.ts';
import type { NatsTrust } from '../core/nats-auth/trust.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import { type PlatformModel, platformConfig } from '../core/platform-config/index.ts';
import { directoryOf, type FileId, joinPath, nameOf } from '../core/text/file-id.ts';
import { dotenvGateway } from '../core/workspace/dotenv-gateway.ts';
import { allComposeVerifiers, gatewayVerifiers } from './compose-verifiers.ts';
import { mayHoldKeys, verifierOfFile } from './key-files.ts';
import type { Verifier } from './token-report.ts';

/** What the verifiers of a workspace are read with. */
export interface VerifierSource {
  /** How a file is shown. */
  show(file: FileId): string;
  /** Files directly in a folder, for the accounts that a nats-server keeps in one. */
  listFolder(folder: FileId): Promise<readonly FileId[]>;
  read(file: FileId): Promise<string | undefined>;
}

/** `analyzer` holds the files; everything that it wants to load is loaded. `token` is what they would be shown. */
export async function workspaceVerifiers(analyzer: Analyzer, token: string, source: VerifierSource): Promise<readonly Verifier[]> {
  const { settings } = analyzer;
  const files = analyzer.files().filter(id => !settings.isExcluded(id));
  const layers = files.flatMap(id => analyzer.analysis(id)?.layers ?? []);
  const of = <Model>(name: LanguageId) => layers.flatMap(({ language: { id }, model }) => (id === name ? [model as Model] : []));
  const chains = of<ComposeModel>('compose').flatMap(({ projects }) => projects);
  const readByCompose = new Set(chains.flatMap(({ project }) => [...project.reads.keys()]));
  const dotenv = of<DotenvModel>('dotenv').filter(({ id }) => !readByCompose.has(id));
  const servers = await Promise.all(of<NatsConf>('nats-conf').map(conf => serverVerifier(conf, source)));
  const compact = readCompact(token);
  return [
    ...allComposeVerifiers(chains, settings, source.show),
    ...dotenv.flatMap(model => {
      const gateway = dotenvGateway(model, settings);
      return gateway ? gatewayVerifiers(`program of ${source.show(model.id)}`, gateway, source.show) : [];
    }),
    ...of<PlatformModel>('platform-config').flatMap(model => platformVerifier(model, source) ?? []),
    ...servers.flatMap(verifier => verifier ?? []),
    ...files.filter(id => mayHoldKeys.test(id)).flatMap(id => verifierOfFile(source.show(id), analyzer.textOf(id) ?? '', compact) ?? []),
  ];
}

/** The server that a configuration makes; one without operators checks no JWTs. */
export async function serverVerifier(conf: NatsConf, source: VerifierSource): Promise<Verifier | undefined> {
  const trust = await trustOf(conf, source);
  return trust && { name: `NATS server of ${nameOf(conf.file)}`, path: source.show(conf.file), key: { kind: 'nats', trust } };
}

type FolderSource = Pick<VerifierSource, 'listFolder' | 'read'>;

/** Whom a server trusts, with the accounts in the folder of its resolver; undefined where it checks no JWTs, or where that cannot be known. */
export async function trustOf({ file, operatorMode }: NatsConf, source: FolderSource): Promise<NatsTrust | undefined> {
  if (!operatorMode?.trust) return undefined;
  const { trust, folder } = operatorMode;
  const found = folder === undefined ? {} : await accountsIn(joinPath(directoryOf(file), folder), source);
  return { ...trust, accounts: { ...trust.accounts, ...found } };
}

/** Account JWTs of a resolver's folder, which bear the public key of the account as their name. */
async function accountsIn(folder: FileId, { listFolder, read }: FolderSource): Promise<Record<string, string>> {
  const accounts: Record<string, string> = {};
  for (const file of await listFolder(folder)) {
    const key = /^(A[A-Z2-7]{55})\.jwt$/.exec(nameOf(file))?.[1];
    const text = key === undefined ? undefined : await read(file);
    if (key !== undefined && text !== undefined) accounts[key] = text.trim();
  }
  return accounts;
}

/** A platform takes its keys from its issuer; what it demands of the claims is written here all the same. */
function platformVerifier(model: PlatformModel, { show }: VerifierSource): Verifier | undefined {
  const { checksTokens, issuers, audience } = platformConfig.summarize(model);
  if (!checksTokens || issuers.length === 0) return undefined;
  const path = show(model.file);
  return {
    name: `platform of ${path}`,
    path,
    key: { kind: 'unavailable', why: 'Its keys are behind the address of its issuer, which is not asked here.' },
    issuer: issuers,
    ...(audience === undefined ? {} : { audience: [audience] }),
  };
}
