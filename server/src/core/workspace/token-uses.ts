// With whom a token of the workspace is used, as far as that is sure: where it is sent, whose secret signed it, whose issuer or
// audience it names. A token of which nothing tells is left alone.
import type { CommandSummary, SentTokenSummary } from '../command-line/index.ts';
import { isPrivateHost, parseUrl } from '../environment/url.ts';
import { algorithmNamed, isNone } from '../facts/jwt-algorithms.ts';
import { isSignedWith, secretsThatSigned } from '../jwt/hmac.ts';
import type { TokenSummary } from '../jwt/index.ts';
import { isSignedByKey, type KeySigned } from '../jwt/key-signature.ts';
import { finish } from '../lint/steps.ts';
import { directoryOf, type FileId } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { covers } from '../text/span.ts';
import { isNearIssuer } from './near-issuer.ts';
import { difference } from './near-misses.ts';
import { type Demanded, type TokenTaker, tokenTakers } from './token-takers.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/**
 * What tells who it is for, surest first. `address`: it is sent there; `signature`: its secret made it; `issuer`, `audience`: the token
 * names what only they take; `near`: it names nearly that; `neighbour`: nobody else near it takes tokens.
 */
export type Evidence = 'address' | 'signature' | 'issuer' | 'audience' | 'near' | 'neighbour';

export interface TokenUse {
  readonly file: FileId;
  readonly token: TokenSummary;
  /** Its signature by a key pair, if the keys of takers are tried on it: each takes a while, and of thousands of tokens the first tell enough. */
  readonly keySigned: KeySigned | undefined;
  readonly by: Evidence;
  /** At least one. Any of them may be the one that is meant. */
  readonly takers: readonly TokenTaker[];
  /** Where somebody would only look at it, what is said of it is no more than information. */
  readonly severity: { readonly severity?: 'information' };
}

const uses = new WeakMap<WorkspaceView, readonly TokenUse[]>();

/** Signed tokens of callers, in the order of the files. */
export function tokenUses(view: WorkspaceView): readonly TokenUse[] {
  return finish(tokenUsesInSteps(view));
}

/** The same, one token at a step: a signature is tried with the secret of every service. */
export function* tokenUsesInSteps(view: WorkspaceView): Generator<void, readonly TokenUse[]> {
  const known = uses.get(view);
  if (known) return known;
  const takers = tokenTakers(view);
  yield;
  const all = takers.length === 0 ? [] : yield* findUses(view, takers);
  uses.set(view, all);
  return all;
}

/** Signatures that are compared at most, some microseconds each. Where there are more, a token meets the secrets of its own folders. */
const mostTries = 50_000;

/** Signatures by key pairs that are tried at most, a millisecond or three each. */
const mostKeyTries = 40;

/** Takers, and what is asked of them for many tokens. */
interface Takers {
  readonly all: readonly TokenTaker[];
  readonly byFolder: ReadonlyMap<FileId, readonly TokenTaker[]>;
  /** Secrets of any folder, each once, if all of them are tried on every token. */
  readonly secrets: readonly string[] | undefined;
  /** By what a token says of itself: one issuer writes many. */
  readonly byClaims: Map<string, Pick<TokenUse, 'by' | 'takers'>>;
}

function gathered(all: readonly TokenTaker[], signed: number): Takers {
  const byFolder = new Map<FileId, TokenTaker[]>();
  for (const taker of all) {
    const there = byFolder.get(taker.folder);
    if (there) there.push(taker);
    else byFolder.set(taker.folder, [taker]);
  }
  const secrets = secretsOf(all);
  return { all, byFolder, secrets: signed * secrets.length <= mostTries ? secrets : undefined, byClaims: new Map() };
}

function secretsOf(takers: readonly TokenTaker[]): readonly string[] {
  const secrets = new Set<string>();
  for (const { keys } of takers) for (const { secret } of keys) if (secret) secrets.add(secret);
  return [...secrets];
}

function* findUses(view: WorkspaceView, all: readonly TokenTaker[]): Generator<void, readonly TokenUse[]> {
  const uses: TokenUse[] = [];
  const summaries = summariesOf<readonly TokenSummary[]>(view, 'jwt');
  const signed = summaries.reduce((sum, { summary }) => sum + summary.filter(({ hmac }) => hmac).length, 0);
  const takers = gathered(all, signed);
  const publicKeys = all.reduce((sum, { keys }) => sum + keys.reduce((own, key) => own + (key.publicKeys?.length ?? 0), 0), 0);
  let left = publicKeys > 0 ? Math.floor(mostKeyTries / publicKeys) : 0;
  const sent = new Map(summariesOf<CommandSummary>(view, 'command-line').map(({ file, summary }) => [file, summary.tokens]));
  for (const { file, summary } of summaries) {
    for (const token of summary) {
      if (!isOfCaller(token)) continue;
      const requests = (sent.get(file) ?? []).filter(({ written }) => covers(written, token.span));
      const keySigned = token.keySigned && left-- > 0 ? token.keySigned : undefined;
      const found = takersOf({ ...token, keySigned }, file, requests, takers);
      yield;
      if (found.takers.length === 0) continue;
      const isShown = !token.inUse || token.fileKind === 'log';
      uses.push({ file, token, keySigned, ...found, severity: isShown ? { severity: 'information' } : {} });
    }
  }
  return uses;
}

/** Whether it is one that proves to a gateway who is calling, and is signed. */
function isOfCaller({ alg, claimsSpan, isNats, isSilent, purpose }: TokenSummary): boolean {
  if (isNats || isSilent || claimsSpan === undefined || alg === undefined || isNone(alg)) return false;
  return algorithmNamed(alg) !== undefined && !/^(dpop|logout|event|introspection|request|key-binding|credential)$/.test(purpose ?? '');
}

function takersOf(
  token: TokenSummary,
  file: FileId,
  requests: readonly SentTokenSummary[],
  takers: Takers,
): Pick<TokenUse, 'by' | 'takers'> {
  const urls = requests.flatMap(({ url }) => url ?? []);
  const above = takersAbove(takers, file);
  const addressed = () => (urls.length > 0 ? takers.all.filter(({ ports }) => urls.some(url => isAt(url, ports))) : []);
  return firstOf([
    () => onThisMachine({ by: 'address', takers: addressed() }),
    () => ({ by: 'signature', takers: signers(token, takers, above) }),
    () => takersByClaims(token, takers),
    () => ({ by: 'neighbour', takers: urls.some(isElsewhere) ? [] : neighboursOf(token, requests.length > 0, above[0] ?? []) }),
  ]);
}

function firstOf(steps: readonly (() => Pick<TokenUse, 'by' | 'takers'>)[]): Pick<TokenUse, 'by' | 'takers'> {
  for (const step of steps) {
    const result = step();
    if (result.takers.length > 0) return result;
  }
  return { by: 'neighbour', takers: [] };
}

/** Those with a secret or a key that made the signature. */
function signers(
  { hmac, keySigned }: TokenSummary,
  { all, secrets }: Takers,
  above: readonly (readonly TokenTaker[])[],
): readonly TokenTaker[] {
  if (keySigned) return all.filter(taker => hasSignedByKey(taker, keySigned));
  if (!hmac) return [];
  const tried = secrets ? all : above.flat();
  const fitting = secretsThatSigned(hmac, secrets ?? secretsOf(tried));
  return fitting.length > 0 ? tried.filter(({ keys }) => keys.some(({ secret }) => secret && fitting.includes(secret))) : [];
}

/** Takers of every folder around a file that has some, the nearest first. */
function takersAbove({ byFolder }: Takers, file: FileId): readonly (readonly TokenTaker[])[] {
  const above: (readonly TokenTaker[])[] = [];
  let last = file;
  for (let folder = directoryOf(file); folder !== last; folder = directoryOf(folder)) {
    const there = byFolder.get(folder);
    if (there) above.push(there);
    last = folder;
  }
  return above;
}

/** Those whose issuer or audience it names, or nearly. */
function takersByClaims({ iss = '', aud }: TokenSummary, { all, byClaims }: Takers): Pick<TokenUse, 'by' | 'takers'> {
  const claims = JSON.stringify([iss, aud]);
  const known = byClaims.get(claims);
  if (known) return known;
  const found = (by: Evidence, is: (taker: TokenTaker) => boolean) => ({ by, takers: all.filter(is) });
  const result = firstOf([
    () =>
      narrowed(
        found('issuer', ({ issuers }) => names(issuers, [iss])),
        aud,
      ),
    () => found('audience', ({ audiences }) => names(audiences, aud)),
    () =>
      found(
        'near',
        ({ issuers, audiences }) =>
          issuers.some(({ value }) => isNearIssuer(iss, value)) || audiences.some(({ value }) => aud.some(one => difference(one, value))),
      ),
  ]);
  byClaims.set(claims, result);
  return result;
}

function names(demanded: readonly Demanded[], given: readonly string[]): boolean {
  return demanded.some(({ value }) => given.includes(value));
}

/** One provider issues tokens for many: those of the audience, where there are some. */
function narrowed({ by, takers }: Pick<TokenUse, 'by' | 'takers'>, aud: readonly string[]): Pick<TokenUse, 'by' | 'takers'> {
  const meant = takers.filter(({ audiences }) => names(audiences, aud));
  return { by, takers: meant.length > 0 ? meant : takers };
}

/** What answers at a port of this machine is there for development, where there is such a version of it. */
function onThisMachine({ by, takers }: Pick<TokenUse, 'by' | 'takers'>): Pick<TokenUse, 'by' | 'takers'> {
  const meant = takers.filter(({ isProduction }) => !isProduction);
  return { by, takers: meant.length > 0 ? meant : takers };
}

function isAt(url: string, ports: ReadonlySet<string>): boolean {
  const parts = parseUrl(url.includes('://') ? url : `http://${url}`);
  return parts !== undefined && /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0)$/.test(parts.host) && ports.has(parts.port || '80');
}

/** Whether an address is not of this workspace: somebody else's, on the Internet. */
function isElsewhere(url: string): boolean {
  const parts = parseUrl(url);
  return parts !== undefined && !isPrivateHost(parts.host);
}

/** Whether one of its secrets made the signature. */
export function hasSigned({ keys }: TokenTaker, { hmac }: TokenSummary): boolean {
  return hmac !== undefined && keys.some(({ secret }) => secret !== undefined && secret !== '' && isSignedWith(hmac, secret));
}

/** Whether the holder of one of its public keys made the signature. */
export function hasSignedByKey({ keys }: TokenTaker, signed: KeySigned): boolean {
  return keys.some(({ publicKeys = [] }) => publicKeys.some(key => isSignedByKey(signed, key)));
}

/**
 * Gateways among the takers of the nearest folder that has some, if they are all that takes tokens there. One that names another issuer or audience than
 * the token is not who it is for; and what merely lies there with an issuer of its own is the key of somebody else's service as often.
 */
function neighboursOf({ iss, aud }: TokenSummary, isSent: boolean, nearest: readonly TokenTaker[]): readonly TokenTaker[] {
  const fit = ({ isGateway, issuers, audiences }: TokenTaker) =>
    isGateway && (iss === undefined || (isSent && issuers.length === 0)) && (aud.length === 0 || audiences.length === 0);
  return nearest.every(fit) ? nearest : [];
}

/** `` `gateway` and `orders` ``: takers as a message names them. Many tokens have the same. */
export const takersInWords = remember((takers: readonly TokenTaker[]): string => {
  const all = [...new Set(takers.map(({ name }) => name))];
  return all.length > 2 ? `${all.slice(0, 2).join(', ')} and others` : all.join(' and ');
});
