// Secrets that stand in examples and documentation. Some look random and are long enough; everybody has them all the same.
import table from './published-secrets.json';

/** Where a value was published, by the value itself: exact, upper and lower case differ. */
export const publishedSecrets: ReadonlyMap<string, string> = new Map(table.secrets.map(({ value, of }) => [value, of]));
