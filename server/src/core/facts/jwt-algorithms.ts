// What each `alg` of a token means, from the registry as data.
import table from './jwt-algorithms.json';

export type AlgorithmFamily = 'HMAC' | 'RSA' | 'EC' | 'EdDSA' | 'ML-DSA' | 'nkey' | 'none' | 'encryption';

export interface Algorithm {
  readonly name: string;
  readonly family: AlgorithmFamily;
  readonly spec: string;
  /** Size of a signature, where it does not depend on the key. */
  readonly signatureBytes?: number;
  /** Least size of an HMAC secret, in bytes. */
  readonly secretBytes?: number;
  /** Least size of an RSA key, in bits. */
  readonly rsaBits?: number;
  readonly curve?: string;
  readonly note?: string;
}

const algorithms: ReadonlyMap<string, Algorithm> = new Map((table.algorithms as Algorithm[]).map(row => [row.name, row]));

/** Names are compared as they are (RFC 7515 §4.1.1), except `none`, which attackers write in every case. */
export function algorithmNamed(name: string): Algorithm | undefined {
  return algorithms.get(name) ?? (isNone(name) ? algorithms.get('none') : undefined);
}

export function isNone(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === 'none';
}

/** Every registered name that signs. */
export const signatureAlgorithms: readonly string[] = [...algorithms.values()]
  .filter(({ family }) => family !== 'encryption' && family !== 'none')
  .map(({ name }) => name);
