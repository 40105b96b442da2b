// Everybody in the workspace who is shown tokens: services of Compose projects, programs with a dotenv file, platforms; each with
// what it holds against a token, and where that is written.
import { sourceOf } from '../compose/auth-variables.ts';
import { type Demand, type Gateway, type GatewayKey, gatewayMode, gatewayOf } from '../compose/gateway.ts';
import type { ComposeModel } from '../compose/index.ts';
import type { Project } from '../compose/project.ts';
import { publishedPorts } from '../compose/published-ports.ts';
import type { DotenvModel } from '../dotenv/model.ts';
import type { VariableMeaning } from '../environment/meaning.ts';
import { algorithmNamed } from '../facts/jwt-algorithms.ts';
import { type KeyFile, keyFormOf, keyTextOf, secretOfFile } from '../jwt/key-text.ts';
import { type PublicKey, publicKeysIn } from '../jwt/public-key.ts';
import type { PlatformSummary } from '../platform-config/index.ts';
import { directoryOf, type FileId, nameOf } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { remember } from '../text/remember.ts';
import { composeProjects, type JudgedService } from './compose-projects.ts';
import { dotenvGateway } from './dotenv-gateway.ts';
import { readHasuraJwt } from './hasura-jwt.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** A value that somebody demands, and where it is written. */
export interface Demanded {
  readonly value: string;
  readonly at: Place;
}

/** A key as far as it is known without cryptography. */
export interface TakerKey {
  readonly kind: 'secret' | 'public' | 'unknown';
  /** The secret's text; undefined where nobody here knows it, and where it is written in another encoding. Never shown. */
  readonly secret: string | undefined;
  /** Undefined where nobody here knows them, or one is of a kind that is not known here. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
  /** The text of public keys, with which attackers sign where a verifier takes any algorithm. */
  readonly publicText?: string | undefined;
  readonly at: Place;
}

export interface TokenTaker {
  /** How a message calls it: `` `gateway` ``, "the platform". */
  readonly name: string;
  readonly kind: 'service' | 'dotenv' | 'platform';
  /** Folder that it is configured in. */
  readonly folder: FileId;
  readonly keys: readonly TakerKey[];
  readonly algorithms: readonly Demanded[];
  readonly issuers: readonly Demanded[];
  readonly audiences: readonly Demanded[];
  /** Ports of this machine by which it is reached. */
  readonly ports: ReadonlySet<string>;
  readonly isProduction: boolean;
  /** Speaks the gateway dialect, which no product shares: its variables are about tokens of callers, not about its own. */
  readonly isGateway: boolean;
}

const takers = new WeakMap<WorkspaceView, readonly TokenTaker[]>();

/** In the order of the files; a service counts once for each project that makes another one of it. */
export function tokenTakers(view: WorkspaceView): readonly TokenTaker[] {
  const known = takers.get(view);
  if (known) return known;
  const all = view.takers ?? placedTakers(view).map(({ taker }) => taker);
  takers.set(view, all);
  return all;
}

/** A taker, and the file at whose turn it comes. */
export interface PlacedTaker {
  readonly file: FileId;
  readonly taker: TokenTaker;
}

export function placedTakers(view: WorkspaceView): readonly PlacedTaker[] {
  return [...serviceTakers(view), ...dotenvTakers(view), ...platformTakers(view)];
}

const turns: readonly TokenTaker['kind'][] = ['service', 'dotenv', 'platform'];

/** Takers that were found apart, as they come where they are found together. */
export function inTurn(takers: readonly PlacedTaker[]): readonly TokenTaker[] {
  const turn = ({ taker }: PlacedTaker) => turns.indexOf(taker.kind);
  const sorted = [...takers].sort((a, b) => turn(a) - turn(b) || (a.file < b.file ? -1 : Number(a.file > b.file)));
  return sorted.map(({ taker }) => taker);
}

function* serviceTakers(view: WorkspaceView): Generator<PlacedTaker> {
  const first = new Map<Project, FileId>();
  for (const { file, summary } of summariesOf<ComposeModel>(view, 'compose')) {
    for (const { project } of summary.projects) if (!first.has(project)) first.set(project, file);
  }
  for (const { project, services } of composeProjects(view)) {
    for (const service of services) {
      const taker = takerOf(service);
      if (taker) yield { file: first.get(project) ?? '', taker };
    }
  }
}

const takerOf = remember(({ service, directory, auth, production }: JudgedService): TokenTaker | undefined => {
  const gateway = gatewayOf(auth);
  return (
    gateway && {
      name: `\`${service.name}\``,
      kind: 'service',
      folder: directory,
      ports: new Set(publishedPorts(service.definition).map(({ published }) => published)),
      isProduction: production !== undefined,
      ...demandsOf(gateway),
    }
  );
});

/** Files that Compose reads are what its services are made of. */
function* dotenvTakers(view: WorkspaceView): Generator<PlacedTaker> {
  const read = new Set(composeProjects(view).flatMap(({ project }) => [...project.reads.keys()]));
  for (const { file, summary } of summariesOf<DotenvModel>(view, 'dotenv')) {
    const gateway = read.has(file) ? undefined : dotenvGateway(summary, view.settings);
    if (!gateway) continue;
    const taker: TokenTaker = {
      name: `\`${nameOf(file)}\``,
      kind: 'dotenv',
      folder: directoryOf(file),
      ports: new Set(),
      isProduction: false,
      ...demandsOf(gateway),
    };
    yield { file, taker };
  }
}

function* platformTakers(view: WorkspaceView): Generator<PlacedTaker> {
  for (const { file, summary } of summariesOf<PlatformSummary>(view, 'platform-config')) {
    const { checksTokens, issuers, issuerSpan, audience, audienceSpan } = summary;
    if (!checksTokens || !issuerSpan) continue;
    const at = { file, span: issuerSpan };
    const taker: TokenTaker = {
      name: 'the platform',
      kind: 'platform',
      folder: directoryOf(file),
      keys: [{ kind: 'public', secret: undefined, at }],
      algorithms: [],
      issuers: issuers.map(value => ({ value, at })),
      audiences: audience !== undefined && audienceSpan ? [{ value: audience, at: { file, span: audienceSpan } }] : [],
      ports: new Set(),
      isProduction: false,
      isGateway: false,
    };
    yield { file, taker };
  }
}

function demandsOf(gateway: Gateway): Pick<TokenTaker, 'keys' | 'algorithms' | 'issuers' | 'audiences' | 'isGateway'> {
  const placed = (demands: readonly Demand[]) => demands.map(({ value, entry }) => ({ value, at: sourceOf(entry).place }));
  // Where a part of what it takes is unknown, nothing is known to be refused.
  const stated = (demands: readonly Demand[]) => (gateway.isOpen ? [] : placed(demands));
  return {
    keys: gateway.keys.map(key => keyOf(key)),
    algorithms: stated(gateway.algorithms),
    issuers: stated(gateway.issuers),
    audiences: stated(gateway.audiences),
    isGateway: gateway.keys.some(key => gatewayMode(key) !== undefined),
  };
}

/** The same objects for the same variable, by which is remembered what they signed. */
const keyOf = remember(({ entry, meaning, keyFile }: GatewayKey): TakerKey => {
  const { place: at } = sourceOf(entry);
  if (keyFile) return keyOfFile(keyFile, meaning, at);
  const value = entry.guess ? undefined : entry.value;
  if (meaning.meaning === 'jwt-secret-json') {
    const jwt = value === undefined ? undefined : readHasuraJwt(value);
    if (jwt?.keySetUrl !== undefined) return { kind: 'public', secret: undefined, at };
    if (jwt?.type === undefined || jwt.key === undefined) return { kind: 'unknown', secret: undefined, at };
    const isSecret = algorithmNamed(jwt.type)?.family === 'HMAC';
    return { kind: isSecret ? 'secret' : 'public', secret: isSecret ? jwt.key : undefined, at };
  }
  if (meaning.meaning !== 'jwt-secret') return publicKey(keyTextOf(value ?? ''), at);
  // Some take a public key by the same variable.
  if (value?.includes('-----BEGIN')) return { kind: 'unknown', secret: undefined, at };
  return { kind: 'secret', secret: meaning.encoding ? undefined : value, at };
});

const refused = remember((_takers: readonly TokenTaker[]) => new Map<string, boolean>());

/** Whether it is known of each of them that it takes no token with this algorithm. */
export function allRefuseAlgorithm(takers: readonly TokenTaker[], alg: string): boolean {
  const known = refused(takers);
  const answer = known.get(alg) ?? takers.every(taker => takesAlgorithm(taker, alg) === false);
  known.set(alg, answer);
  return answer;
}

/** Characters above which a text is no key of anybody, and only takes long to be tried. */
const longestKey = 32 * 1024;

function publicKey(given: string | undefined, at: Place): TakerKey {
  const text = given !== undefined && given.length <= longestKey ? given : undefined;
  return { kind: 'public', secret: undefined, publicKeys: text === undefined ? undefined : publicKeysIn(text), publicText: text, at };
}

function keyOfFile({ text }: KeyFile, { meaning }: VariableMeaning, at: Place): TakerKey {
  if (meaning === 'public-key' || (text !== undefined && keyFormOf(text))) return publicKey(text, at);
  const isSecret = meaning === 'jwt-secret' && text !== undefined && text.length <= longestKey && !text.includes('-----BEGIN');
  return isSecret ? { kind: 'secret', secret: secretOfFile(text), at } : { kind: 'unknown', secret: undefined, at };
}

/** Whether it can take a token with this algorithm; undefined where that is not known. */
export function takesAlgorithm({ algorithms, keys }: TokenTaker, alg: string): boolean | undefined {
  if (algorithms.length > 0) return algorithms.some(({ value }) => value === alg);
  if (keys.some(({ kind }) => kind === 'unknown')) return undefined;
  const wanted = algorithmNamed(alg)?.family === 'HMAC' ? 'secret' : 'public';
  return keys.some(({ kind }) => kind === wanted);
}
