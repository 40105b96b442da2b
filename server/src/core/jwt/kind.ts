// What a token is for, told by its header and claims: the same three parts may be an access token, an ID token or a NATS user.
import { tokenTypeNamed } from '../facts/jwt-header.ts';
import { isObject, type JsonObject, member } from '../text/json.ts';

export type NatsKind =
  | 'nats-operator'
  | 'nats-account'
  | 'nats-user'
  | 'nats-activation'
  | 'nats-authorization-request'
  | 'nats-authorization-response'
  | 'nats-generic';

export interface TokenKind {
  /** Coarse name, as `authlint inspect` prints it. */
  readonly id: 'jws' | 'jwe' | NatsKind;
  /** Finer: `access`, `id`, `refresh`, `dpop`, `logout`, `nats` …; undefined where nothing tells. */
  readonly purpose: string | undefined;
  /** How a person calls it: "access token", "NATS user". */
  readonly words: string;
}

const natsWords: Readonly<Record<NatsKind, string>> = {
  'nats-operator': 'NATS operator',
  'nats-account': 'NATS account',
  'nats-user': 'NATS user',
  'nats-activation': 'NATS activation of an import',
  'nats-authorization-request': 'NATS authorization request',
  'nats-authorization-response': 'NATS authorization response',
  'nats-generic': 'NATS token',
};

/** A token whose content is another token. */
export const nestedKind: TokenKind = { id: 'jws', purpose: undefined, words: 'nested token' };

export function tokenKind(form: 'jws' | 'jwe', header: JsonObject, claims: JsonObject | undefined): TokenKind {
  if (form === 'jwe') return { id: 'jwe', purpose: undefined, words: 'encrypted token' };
  const nats = natsKind(header, claims);
  if (nats) return { id: nats, purpose: 'nats', words: natsWords[nats] };
  const typ = member(header, 'typ');
  const type = typeof typ === 'string' ? tokenTypeNamed(typ) : undefined;
  if (type) return { id: 'jws', purpose: type.kind, words: type.words };
  if (!claims) return { id: 'jws', purpose: undefined, words: 'signed content' };
  const [purpose, words] = purposeOf(claims);
  return { id: 'jws', purpose, words };
}

/** "NATS user JWT", "access token": how a message calls the token. */
export function nameOfToken(kind: TokenKind): string {
  return isNats(kind) && kind.id !== 'nats-generic' ? `${kind.words} JWT` : kind.words;
}

export function isNats(kind: TokenKind): boolean {
  return kind.purpose === 'nats';
}

/** Version 2 keeps the type inside of `nats`, version 1 beside it (nats-io/jwt v2/claims.go). */
function natsKind(header: JsonObject, claims: JsonObject | undefined): NatsKind | undefined {
  const alg = member(header, 'alg');
  if (alg !== 'ed25519-nkey' && alg !== 'ed25519') return undefined;
  const nats = member(claims, 'nats');
  const inner = isObject(nats) ? member(nats, 'type') : undefined;
  const version = isObject(nats) ? member(nats, 'version') : undefined;
  const type = version === undefined ? (member(claims, 'type') ?? inner) : inner;
  const id = typeof type === 'string' ? `nats-${type.replaceAll('_', '-')}` : '';
  return id in natsWords ? (id as NatsKind) : 'nats-generic';
}

/** Claims that only one kind of token has, most telling first. */
function purposeOf(claims: JsonObject): [purpose: string | undefined, words: string] {
  const has = (name: string) => Object.hasOwn(claims, name);
  const text = (name: string) => {
    const value = member(claims, name);
    return typeof value === 'string' ? value : '';
  };
  const keycloak = text('typ');
  if (keycloak === 'Refresh' || keycloak === 'Offline')
    return ['refresh', keycloak === 'Offline' ? 'offline (refresh) token' : 'refresh token'];
  if (keycloak === 'ID') return ['id', 'ID token'];
  if (keycloak === 'Bearer') return ['access', 'access token'];
  if (keycloak === 'Logout' || isLogout(member(claims, 'events'))) return ['logout', 'logout token'];
  const cognito = text('token_use');
  if (cognito === 'access') return ['access', 'access token'];
  if (cognito === 'id') return ['id', 'ID token'];
  if (has('events')) return ['event', 'security event token'];
  if (has('htm') && has('htu')) return ['dpop', 'DPoP proof'];
  if (has('kubernetes.io') || has('kubernetes.io/serviceaccount/namespace')) return ['service', 'Kubernetes service account token'];
  if (text('iss') === 'https://token.actions.githubusercontent.com') return ['service', 'GitHub Actions token'];
  if (/^(anon|service_role)$/.test(text('role')) && !has('aud')) return ['service', `Supabase ${text('role')} key`];
  const granted = ['scope', 'scp', 'permissions', 'client_id', 'realm_access', 'resource_access'].some(has);
  if (!granted && ['nonce', 'at_hash', 'c_hash', 'auth_time'].some(has)) return ['id', 'ID token'];
  if (granted) return ['access', 'access token'];
  return [undefined, 'JWT'];
}

function isLogout(events: unknown): boolean {
  return isObject(events) && Object.hasOwn(events, 'http://schemas.openid.net/event/backchannel-logout');
}

const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'azp', 'client_id', 'scope', 'scp'];

/** Whether a JWT says anything about who may do what: signed data without one registered claim is judged by nobody here. */
export function isCredential(claims: JsonObject | undefined): claims is JsonObject {
  return claims !== undefined && registered.some(name => Object.hasOwn(claims, name));
}
