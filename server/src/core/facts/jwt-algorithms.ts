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

/** Sizes in bytes that a signature of this algorithm can have; empty where nobody knows the algorithm. RSA keys have the usual sizes. */
export function signatureSizes(alg: string): readonly number[] {
  const algorithm = algorithmNamed(alg);
  if (algorithm?.family === 'none') return [0];
  if (algorithm?.signatureBytes !== undefined) return [algorithm.signatureBytes];
  return table.signatureSizes.find(({ family }) => family === algorithm?.family)?.bytes ?? [];
}

const tags: ReadonlyMap<string, number> = new Map(table.encryptions.map(({ name, tagBytes }) => [name, tagBytes]));

/** Size in bytes of the authentication tag that `enc` makes. */
export function tagSize(enc: string): number | undefined {
  return tags.get(enc);
}
