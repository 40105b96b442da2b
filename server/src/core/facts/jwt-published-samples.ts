// Tokens that everybody copies from specifications and jwt.io: nobody's secret, and expired on purpose.
import table from './jwt-published-samples.json';

export interface PublishedSample {
  readonly name: string;
  readonly source: string;
  readonly claims: Readonly<Record<string, string | number | boolean>>;
  readonly optional: readonly string[];
}

const samples = (table.samples as unknown as readonly PublishedSample[]).map(sample => ({
  sample,
  claims: Object.entries(sample.claims),
}));

/** The sample whose claims these are, if any. */
export function publishedSample(claims: Readonly<Record<string, unknown>>): PublishedSample | undefined {
  return samples.find(
    known =>
      known.claims.every(([name, value]) => claims[name] === value) &&
      Object.keys(claims).every(name => name in known.sample.claims || known.sample.optional.includes(name)),
  )?.sample;
}
