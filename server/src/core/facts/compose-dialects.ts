// What environment variables mean: which hold signing secrets, which name keys and issuers, which switch authentication off.
import table from './compose-dialects.json';

/** What a variable is for. Those in `environmentMeanings` of the configuration are a part of these. */
export type Meaning =
  | 'jwt-secret'
  | 'jwt-secret-json'
  | 'jwks-uri'
  | 'discovery'
  | 'issuer'
  | 'audience'
  | 'algorithm'
  | 'expiry'
  | 'public-key'
  | 'private-key'
  | 'token'
  | 'client-secret'
  | 'session-secret'
  | 'encryption-key'
  | 'api-secret'
  | 'admin-password'
  | 'broker-password'
  | 'auth0-domain'
  | 'keycloak-hostname';

export interface VariableFact {
  readonly name: string;
  readonly meaning: Meaning;
  readonly product?: string;
  /** What it is, in a sentence; the meaning's own sentence where it is absent. */
  readonly says?: string;
  /** Bytes that the product or its algorithm demands. */
  readonly least?: number;
  /** The value is an encoding of the secret. */
  readonly encoding?: 'base64';
  /** Values that the product ships with. */
  readonly defaults?: readonly string[];
  /** The name means this only in images whose name holds one of these words. */
  readonly images?: readonly string[];
  /** Variables of one group hold one secret under several names. */
  readonly group?: string;
  /** The value is a list. */
  readonly list?: boolean;
  /** A name that tokens carry rather than a URL. */
  readonly opaque?: boolean;
  /** The issuer variable takes a discovery URL too. */
  readonly discovery?: boolean;
  /** The URL is no JWKS. */
  readonly notJwks?: boolean;
}

export interface PatternFact {
  readonly pattern: RegExp;
  readonly meaning: Meaning;
}

export interface SwitchFact {
  readonly pattern: RegExp;
  /** `bypass`: meant for development only; `switch`: a setting of a product. */
  readonly kind: 'bypass' | 'switch';
  readonly product?: string;
  /** `true` and `false`: the boolean that opens the door; `=x`: the very value. */
  readonly opens: string;
  /** What happens then, in a sentence. */
  readonly says: string;
  /** Another variable that makes it worse. */
  readonly companion?: string;
  /** What to do in place of setting it otherwise: a sentence. */
  readonly advice?: string;
}

/** An option on the command line of a product that opens it. */
export interface CommandSwitchFact {
  /** Matches the word. */
  readonly option: RegExp;
  /** Names of the product's images, without registry and tag. */
  readonly images: readonly string[];
  readonly product: string;
  /** What happens then, in a sentence. */
  readonly says: string;
  /** What to do: a sentence. */
  readonly advice: string;
  /** Port of the container that it opens; it matters where that is published. */
  readonly port?: number;
}

/** A name that a product does not read any more. */
export interface RenamedFact {
  readonly old: string;
  /** What it is called now; absent where nothing has its place. */
  readonly new?: string;
  readonly product: string;
  /** Names of the product's images, without registry and tag. */
  readonly images: readonly string[];
  /** The old name still works, for now. */
  readonly stillRead?: boolean;
  /** First version with the new name, or without the old one; absent where no version can be named. */
  readonly since?: string;
  /** The new name wants another value. */
  readonly otherMeaning?: boolean;
  /** What to do beyond the new name: a sentence. */
  readonly advice?: string;
  /** Page that says so. */
  readonly source: string;
}

interface Demand {
  readonly product: string;
  /** What the product does, in words that follow its name. */
  readonly says: string;
  /** It does not start, or answers nobody. */
  readonly refuses?: boolean;
  /** Page that says so. */
  readonly source: string;
}

/** Variables of which a product takes one. */
export interface OneOfDemand extends Demand {
  readonly kind: 'one-of';
  /** The one that stands first wins where the product does not refuse. */
  readonly names: readonly string[];
  /** The names are too general without this one. */
  readonly beside?: string;
}

/** A variable that wants another. */
export interface NeedsDemand extends Demand {
  readonly kind: 'needs';
  /** `NAME`, or `NAME=value`. */
  readonly when: readonly string[];
  readonly anyOf: readonly string[];
  /** With one of these the service is another program. */
  readonly unless?: readonly string[];
}

const rows = table as unknown as {
  meanings: Record<Meaning, string>;
  variables: readonly VariableFact[];
  patterns: readonly { pattern: string; meaning: Meaning }[];
  filePatterns: readonly { pattern: string; meaning: Meaning }[];
  switches: readonly (Omit<SwitchFact, 'pattern'> & { pattern: string })[];
  commandSwitches: readonly (Omit<CommandSwitchFact, 'option'> & { option: string })[];
  generic: readonly string[];
  products: readonly { name: string; image: string }[];
  renamed: readonly RenamedFact[];
  demands: readonly (OneOfDemand | NeedsDemand)[];
};

export const meaningTexts: Readonly<Record<Meaning, string>> = rows.meanings;
/** Names of products, exact, upper and lower case as one. */
export const variableFacts: ReadonlyMap<string, VariableFact> = new Map(rows.variables.map(row => [row.name.toUpperCase(), row]));
/** Generic names, the first that fits counts; match against the upper-cased name. */
export const patternFacts: readonly PatternFact[] = rows.patterns.map(row => ({ ...row, pattern: new RegExp(row.pattern) }));
/** Names that mean something with `_FILE` or the like behind them only; without that, in upper case. */
export const filePatternFacts: readonly PatternFact[] = rows.filePatterns.map(row => ({ ...row, pattern: new RegExp(row.pattern) }));
export const switchFacts: readonly SwitchFact[] = rows.switches.map(row => ({ ...row, pattern: new RegExp(row.pattern) }));
export const commandSwitchFacts: readonly CommandSwitchFact[] = rows.commandSwitches.map(row => ({
  ...row,
  option: new RegExp(row.option),
}));
/** Usual names that belong to no product, the likeliest first. */
export const genericNames: readonly string[] = rows.generic;
/** Words in the name of an image that tell the product. */
export const productImages: readonly { readonly name: string; readonly image: string }[] = rows.products;
export const renamedFacts: ReadonlyMap<string, RenamedFact> = new Map(rows.renamed.map(row => [row.old, row]));
export const demandFacts: readonly (OneOfDemand | NeedsDemand)[] = rows.demands;
