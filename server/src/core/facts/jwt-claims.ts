// What the claims of a token mean, and which names hold what nobody should read there.
import table from './jwt-claims.json';

export interface ClaimFact {
  readonly name: string;
  readonly meaning: string;
  readonly spec: string;
}

export const claimFacts: ReadonlyMap<string, ClaimFact> = new Map(table.claims.map(claim => [claim.name, claim]));

/** Claims that hold seconds since the epoch. */
export const timeClaims: ReadonlySet<string> = new Set(table.times);

/** Why a claim of this name should not be in a readable payload; undefined for a harmless one. Names are compared without case and punctuation. */
export function sensitivityOf(name: string): 'secret' | 'identity' | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (table.secretNames.includes(plain) || table.secretEndings.some(ending => plain.endsWith(ending))) return 'secret';
  if (table.identityEndings.some(ending => plain === ending || plain.endsWith(ending))) return 'identity';
  return undefined;
}
