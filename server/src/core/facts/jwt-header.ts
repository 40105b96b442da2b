// What header parameters and media types of tokens mean.
import table from './jwt-header.json';

export interface HeaderParameter {
  readonly name: string;
  readonly meaning: string;
  readonly spec: string;
}

export const headerParameters: ReadonlyMap<string, HeaderParameter> = new Map(table.parameters.map(row => [row.name, row]));

export interface TokenType {
  readonly typ: string;
  readonly kind: string;
  /** How a person calls it. */
  readonly words: string;
  readonly spec: string;
  /** Claims without which its verifiers must refuse it. `sub` and `exp` are asked of every token. */
  readonly requires?: readonly string[];
  /** Claims that it must have too, and that verifiers need not look at. */
  readonly wants?: readonly string[];
  /** Where both are written. */
  readonly requiresSpec?: string;
}

const types: ReadonlyMap<string, TokenType> = new Map((table.types as TokenType[]).map(row => [row.typ, row]));

/** Looks up `typ`; case and a leading `application/` do not count (RFC 7515 §4.1.9). */
export function tokenTypeNamed(typ: string): TokenType | undefined {
  return types.get(typ.toLowerCase().replace(/^application\//, ''));
}

/** Names that somebody specified for use in `crit`; a verifier may know them. */
export const criticalExtensions: ReadonlySet<string> = new Set(table.extensions.map(row => row.name));
