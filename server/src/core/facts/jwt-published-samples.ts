// Tokens that everybody copies from specifications and jwt.io: nobody's secret, and expired on purpose.
import table from './jwt-published-samples.json';

export interface PublishedSample {
  readonly name: string;
  readonly source: string;
  readonly claims: Readonly<Record<string, string | number | boolean>>;
  readonly optional: readonly string[];
}

const samples = table.samples as unknown as readonly PublishedSample[];

/** The sample whose claims these are, if any. */
export function publishedSample(claims: Readonly<Record<string, unknown>>): PublishedSample | undefined {
  return samples.find(
    sample =>
      Object.entries(sample.claims).every(([name, value]) => claims[name] === value) &&
      Object.keys(claims).every(name => name in sample.claims || sample.optional.includes(name)),
  );
}
