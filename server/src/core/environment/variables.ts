// Where Compose takes the value of `${VARIABLE}` from: the project's `.env`, and the shell, of which nothing is known here.
import type { FileId } from '../text/file-id.ts';
import type { EnvStatement } from './env-file.ts';
import type { VariableUse } from './interpolate.ts';

/** A variable that somebody sets. */
export interface Definition {
  readonly name: string;
  readonly value: string;
  /** Undefined for what Compose itself sets, such as the project's name. */
  readonly place: { readonly file: FileId; readonly statement: EnvStatement } | undefined;
}

/** Variables by name; what is not in it may still come from the shell. */
export type Definitions = ReadonlyMap<string, Definition>;

/** A variable in a value, with spans in the file that the value is written in. */
export interface PlacedUse extends VariableUse {
  readonly file: FileId;
  /** Where its value was set; undefined when nobody here sets it. */
  readonly definition: Definition | undefined;
}

/** Whether a value depends on a variable that nobody here sets: then what we compute is a guess. */
export function isGuess(uses: readonly PlacedUse[]): boolean {
  return uses.some(use => use.state === 'unset' && use.gave !== 'operand');
}
