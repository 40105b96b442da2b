// What an environment comes down to for comparison: a short digest for each set of files, or that Compose refuses it.
import { createHash } from 'node:crypto';

/** Environment of each service; null for a variable that is passed on without a value. */
export type Environments = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** A digest of the environments, independent of order. */
export function digestOf(environments: Environments): string {
  const sorted = (record: Readonly<Record<string, unknown>>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const plain = sorted(environments).map(([name, environment]) => [name, sorted(environment as Record<string, unknown>)]);
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 16);
}

/** Recorded answers of Docker Compose: for each seed, one answer for each set of files. */
export interface Recording {
  readonly compose: string;
  /** Names of the breakages that it refuses. */
  readonly refused: readonly string[];
  readonly answers: readonly (readonly string[])[];
}
