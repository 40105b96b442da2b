// Key sets behind an address: asked only because a person named it, and never further than that person may want. The one place that
// decides what is asked; how, is a port, since node and browsers ask differently.
import { isPrivateHost } from '../core/environment/url.ts';
import { firstDifference } from '../core/jwt/first-difference.ts';
import type { Verifier } from './token-report.ts';

/**
 * Asks one address, without cookies and without following a redirect; rejects where nobody answers. `mayBePrivate` says whether the
 * host's name may stand for an address of this machine or a private network; where it may not, the error's `code` is `PRIVATE_ADDRESS`.
 */
export type Ask = (url: URL, options: { readonly signal: AbortSignal; readonly mayBePrivate: boolean }) => Promise<Response>;

export interface RemoteOptions {
  readonly ask: Ask;
  /** Whether the person agrees to this host, `id.example.com:8443`. Asked before each request; false ends the search. */
  mayAsk(host: string): boolean | Promise<boolean>;
  /** Ends the search when the person does. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one answer. Default: 10,000. */
  readonly patience?: number;
}

export interface RemoteKeys {
  readonly kind: 'keys';
  /** Where the keys are, without credentials and query. */
  readonly address: string;
  readonly text: string;
  /** The discovery document that named the address, if one did. */
  readonly discovery: { readonly address: string; readonly issuer: string | undefined; readonly problems: readonly string[] } | undefined;
}

/** `why` follows the address: "answers with status 404". `refused`: the person does not agree to the host. */
export type RemoteOutcome =
  | RemoteKeys
  | { readonly kind: 'problem'; readonly address: string; readonly why: string }
  | { readonly kind: 'refused'; readonly host: string };

/** Whoever takes these keys. Where a discovery document names the issuer, tokens must be of that. */
export function remoteVerifier({ address, text, discovery }: RemoteKeys): Verifier {
  const issuer = discovery?.issuer;
  return {
    name: `key set at ${new URL(address).host}`,
    key: { kind: 'jwks', text },
    ...(issuer === undefined ? {} : { issuer: [issuer] }),
  };
}

const defaultPatience = 10_000;

/** Bytes; key sets of large providers have a few thousand. */
const largest = 1024 * 1024;

const discoveryPath = '/.well-known/openid-configuration';

/**
 * Keys at an address of a key set, of a discovery document or of an issuer; https only, or http on this machine where that was named.
 * Never rejects.
 */
export async function remoteKeys(given: string, options: RemoteOptions): Promise<RemoteOutcome> {
  const first = parseAddress(given.trim());
  if (typeof first === 'string') return { kind: 'problem', address: shown(given), why: first };
  const isDiscovery = /\/\.well-known\/[\w-]+$/.test(first.pathname) && !/\.json$/.test(first.pathname);
  const answer = await askJson(first, isLoopback(first), options);
  if ('text' in answer) {
    if (isKeySet(answer.json)) return { kind: 'keys', address: shown(first), text: answer.text, discovery: undefined };
    if (hasKeyAddress(answer.json)) return throughDiscovery(first, answer.json, options);
  }
  // An issuer has its keys where its discovery document says.
  const mayBeIssuer = 'text' in answer || answer.isAnswer === true;
  if (!isDiscovery && mayBeIssuer && !/(?:jwks?|certs?|keys?)(?:\.json)?\/?$/i.test(first.pathname)) {
    const address = new URL(first);
    address.pathname = `${first.pathname.replace(/\/$/, '')}${discoveryPath}`;
    const found = await askJson(address, isLoopback(first), options);
    if ('text' in found && hasKeyAddress(found.json)) return throughDiscovery(address, found.json, options);
  }
  if (!('text' in answer)) return answer.outcome;
  const why = isDiscovery ? 'answers with a document that names no `jwks_uri`' : 'answers with JSON that is no key set: it has no `keys`';
  return { kind: 'problem', address: shown(first), why };
}

/** The second step: the keys that a discovery document names (OpenID Connect Discovery §3). */
async function throughDiscovery(address: URL, document: WithKeyAddress, options: RemoteOptions): Promise<RemoteOutcome> {
  const keys = parseAddress(document.jwks_uri);
  const issuer = typeof document.issuer === 'string' ? document.issuer : undefined;
  const problem = (why: string): RemoteOutcome => ({ kind: 'problem', address: shown(address), why });
  if (typeof keys === 'string') return problem(`names an address of keys that ${keys}`);
  // What one public address says must not lead into a private network.
  if (isLoopback(keys) && !isLoopback(address)) return problem('names an address of keys on this machine, which is not asked');
  const answer = await askJson(keys, isLoopback(address), options);
  if (!('text' in answer)) return answer.outcome;
  if (!isKeySet(answer.json))
    return { kind: 'problem', address: shown(keys), why: 'answers with JSON that is no key set: it has no `keys`' };
  const discovery = { address: shown(address), issuer, problems: issuerProblems(address, issuer) };
  return { kind: 'keys', address: shown(keys), text: answer.text, discovery };
}

/** The issuer of a document must be the one that its address is made of (OpenID Connect Discovery §4.3). */
function issuerProblems(address: URL, issuer: string | undefined): readonly string[] {
  if (issuer === undefined) return ['The discovery document names no issuer.'];
  const expected = shown(address).replace(/\/\.well-known\/[\w-]+$/, '');
  if (issuer === expected || issuer === `${expected}/`) return [];
  return [
    `The discovery document says that the issuer is "${issuer}", and its address is made of "${expected}": ${firstDifference(issuer, expected).replace(/the token's?/g, 'the issuer')}.`,
  ];
}

interface Failure {
  readonly outcome: RemoteOutcome;
  /** Somebody answered, though not with what was wanted. */
  readonly isAnswer?: boolean;
}

async function askJson(
  url: URL,
  mayBePrivate: boolean,
  options: RemoteOptions,
): Promise<{ readonly text: string; readonly json: unknown } | Failure> {
  const fail = (why: string, isAnswer = false): Failure => ({ outcome: { kind: 'problem', address: shown(url), why }, isAnswer });
  if (!(await options.mayAsk(url.host))) return { outcome: { kind: 'refused', host: url.host } };
  const { patience = defaultPatience } = options;
  const late = AbortSignal.timeout(patience);
  const signal = options.signal ? AbortSignal.any([late, options.signal]) : late;
  try {
    const response = await options.ask(url, { signal, mayBePrivate });
    const moved = redirection(response, url);
    if (moved) return fail(moved);
    if (!response.ok) return fail(`answers with status ${response.status}`, true);
    const text = await readText(response);
    if (text === undefined) return fail('answers with more than 1 MiB, which is no key set');
    const json = parse(text);
    if (json !== undefined) return { text, json };
    const isPage = /^\s*<|html/i.test(`${text.slice(0, 200)}${response.headers.get('content-type') ?? ''}`);
    return fail(isPage ? 'answers with a web page where keys are expected' : 'answers with text that is no JSON', true);
  } catch (error) {
    if (options.signal?.aborted) return fail('was not asked to the end: you stopped it');
    if (late.aborted) return fail(`gives no answer within ${patience / 1000} seconds`);
    if ((error as { code?: unknown } | null)?.code === 'PRIVATE_ADDRESS')
      return fail('stands for an address of a private network, which is not asked');
    return fail('cannot be reached');
  }
}

/** Why a redirect is not followed, with where it leads; undefined for another answer. */
function redirection(response: Response, from: URL): string | undefined {
  // A browser tells no more than that there was one.
  if (response.type === 'opaqueredirect') return 'sends elsewhere, which is not followed; name the final address';
  if (response.status < 300 || response.status > 399) return undefined;
  const location = response.headers.get('location');
  const to = location !== null && URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (!to) return 'sends elsewhere, which is not followed, and does not say where';
  if (to.protocol !== from.protocol)
    return `sends elsewhere, which is not followed: from ${from.protocol.slice(0, -1)} to ${to.protocol.slice(0, -1)}`;
  if (isPrivateHost(hostOf(to)) && !isLoopback(from)) return 'sends elsewhere, which is not followed: to a private address';
  return `sends elsewhere, which is not followed; name the final address, ${shown(to)}`;
}

async function readText(response: Response): Promise<string | undefined> {
  if (Number(response.headers.get('content-length')) > largest) return undefined;
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const bytes = part.value as Uint8Array;
    size += bytes.length;
    if (size > largest) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKeySet(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'keys' in json && Array.isArray(json.keys);
}

interface WithKeyAddress {
  readonly jwks_uri: string;
  readonly issuer?: unknown;
}

function hasKeyAddress(json: unknown): json is WithKeyAddress {
  return typeof json === 'object' && json !== null && 'jwks_uri' in json && typeof json.jwks_uri === 'string';
}

/** The address, or why it is not asked, in words that follow it. */
function parseAddress(text: string): URL | string {
  if (!URL.canParse(text)) return 'is no address; an address is for instance https://id.example.com/.well-known/jwks.json';
  const url = new URL(text);
  if (url.username || url.password) return 'holds a user or a password, which an address of keys has no use for';
  if (isLoopback(url) && /^https?:$/.test(url.protocol)) return url;
  if (url.protocol !== 'https:') return 'is no https address (http is for this machine only): keys that came over plain http prove nothing';
  return isPrivateHost(hostOf(url))
    ? 'is a private address, which is not asked; name one of this machine (localhost) or a public one'
    : url;
}

/** Whether an address is this machine, by its own name. */
function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d+){3}|::1)$/.test(hostOf(url));
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Without credentials, query and fragment, which may hold secrets. */
function shown(address: URL | string): string {
  if (typeof address !== 'string') return `${address.protocol}//${address.host}${address.pathname}`;
  return URL.canParse(address) ? shown(new URL(address)) : address.slice(0, 80);
}
