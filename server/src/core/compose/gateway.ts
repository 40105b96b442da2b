// A service as somebody who is shown tokens: what it checks signatures with, and what it demands of the claims.
import type { Meaning } from '../facts/compose-dialects.ts';
import { keyFormOf } from '../jwt/key-text.ts';
import { type AuthVariable, type KeyFileVariable, presence, type ServiceAuth, withMeaning } from './auth-variables.ts';
import type { EnvironmentEntry } from './service.ts';

/** One issuer, audience or algorithm that a service takes, with the variable that says so. */
export interface Demand {
  readonly value: string;
  readonly entry: EnvironmentEntry;
}

/** A variable that holds keys or names the file that does. */
export type GatewayKey = AuthVariable & Partial<Pick<KeyFileVariable, 'keyFile'>>;

export interface Gateway {
  /** What decides about signatures: key sets and public keys, or secrets where there are none of those. At least one. */
  readonly keys: readonly GatewayKey[];
  readonly algorithms: readonly Demand[];
  readonly issuers: readonly Demand[];
  readonly audiences: readonly Demand[];
  /** Whether a value of those lists is not known here, so that the list may be longer. */
  readonly isOpen: boolean;
}

/** Variables of the gateway that checks tokens in one of two modes and demands `sub`, with the algorithm of each. */
const gatewayModes: Readonly<Record<string, string>> = { JWT_SECRET: 'HS256', JWKS_URI: 'RS256' };

/** The algorithm that the gateway dialect takes with this variable; undefined for variables of other products. */
export function gatewayMode({ entry }: AuthVariable): string | undefined {
  return Object.hasOwn(gatewayModes, entry.name) ? gatewayModes[entry.name] : undefined;
}

/** Undefined for a service that checks no tokens. One that has a key set prefers it to a secret, silently. */
export function gatewayOf(auth: ServiceAuth): Gateway | undefined {
  const files = new Set(auth.keyFiles.map(({ entry }) => entry));
  const present = (...meanings: readonly Meaning[]) =>
    withMeaning(auth, ...meanings).filter(({ entry, meaning }) => presence(entry) !== 'empty' && !meaning.notJwks && !files.has(entry));
  const keySets: readonly GatewayKey[] = [...present('jwks-uri', 'public-key'), ...auth.keyFiles.filter(holdsPublicKeys)];
  const secrets = [...present('jwt-secret', 'jwt-secret-json'), ...auth.keyFiles.filter(key => !holdsPublicKeys(key))];
  const keys = keySets.length > 0 ? keySets : secrets;
  if (keys.length === 0) return undefined;
  const demands = (['algorithm', 'issuer', 'audience'] as const).map(meaning => withMeaning(auth, meaning));
  const [algorithms = [], issuers = [], audiences = []] = demands.map(variables =>
    variables.flatMap(({ entry }) => (entry.guess ? [] : listed(entry.value).map(value => ({ value, entry })))),
  );
  return { keys, algorithms, issuers, audiences, isOpen: demands.flat().some(({ entry }) => entry.guess) };
}

/** Whether a file holds public keys. What is in it counts more than the name of its variable: some products take either by the same. */
export function holdsPublicKeys({ meaning, keyFile }: KeyFileVariable): boolean {
  return meaning.meaning === 'public-key' || keyFormOf(keyFile.text ?? '') !== undefined;
}

function listed(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}
