// NATS keys, JWTs and credentials for tests, made when a test runs. No key outlives its test.
import { createAccount, createOperator, createUser, type KeyPair } from '@nats-io/nkeys';
import { part } from './tokens.ts';

export type NatsKind = 'operator' | 'account' | 'user';

export interface Party {
  readonly keys: KeyPair;
  readonly key: string;
  readonly seed: string;
}

export function party(kind: NatsKind): Party {
  const keys = { operator: createOperator, account: createAccount, user: createUser }[kind]();
  return { keys, key: keys.getPublicKey(), seed: new TextDecoder().decode(keys.getSeed()) };
}

const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };

/** A JWT in version 2. `nats` goes into the claim of that name, `more` beside it; issued at the end of 2025. */
export function natsToken(kind: NatsKind | 'activation', signer: Party, about: Party, nats: object = {}, more: object = {}): string {
  const limits = kind === 'account' ? { limits: unlimited } : kind === 'user' ? { subs: -1, data: -1, payload: -1 } : {};
  const claims = { jti: 'A', iat: 1767139200, iss: signer.key, sub: about.key, name: kind, ...more };
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ ...claims, nats: { ...limits, ...nats, type: kind, version: 2 } })}`;
  return `${signed}.${Buffer.from(signer.keys.sign(new TextEncoder().encode(signed))).toString('base64url')}`;
}

/** A file of credentials as nsc writes it. */
export function credentials(token: string, seed: string): string {
  return `-----BEGIN NATS USER JWT-----
${token}
------END NATS USER JWT------

************************* IMPORTANT *************************
NKEY Seed printed below can be used to sign and prove identity.
NKEYs are sensitive and should be treated as secrets.

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------
`;
}

/** A server under an operator, with all its accounts in memory. */
export function operatorConf(operator: string, accounts: readonly (readonly [Party, string])[], more = ''): string {
  return `operator: ${operator}\nresolver: MEMORY\n${more}resolver_preload: {\n${accounts.map(([{ key }, token]) => `  ${key}: ${token}\n`).join('')}}\n`;
}
