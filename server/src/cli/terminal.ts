// What the command line knows of the world around it; tests put a recorder in its place.

export interface Terminal {
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the bundles, which holds `rule-pages.json` and `server.js`. */
  readonly dist: string;
  /** Whether standard output takes colours. */
  readonly colours: boolean;
  /** Whether a person reads standard error. */
  readonly interactive: boolean;
  /** Everything on standard input, as bytes. */
  readInput(): Promise<Uint8Array>;
  out(text: string): void;
  /** Standard error: for people, never for programs, and never with a secret in it. */
  err(text: string): void;
  /** Told what a call is for, so that the next one for the same finds its code compiled. */
  uses?(what: string): void;
}

/** Whether to colour: https://no-color.org, and FORCE_COLOR for CI systems that show colours without being a terminal. */
export function wantsColours(env: Terminal['env'], isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

export const exitCodes = {
  /** Nothing at or above `--fail-on`. */
  clean: 0,
  findings: 1,
  /** Bad usage, unreadable input or an internal fault. */
  trouble: 2,
} as const;

/** Something the person can change, told in one line without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By name: what is thrown in one bundle is caught in another, which has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}
