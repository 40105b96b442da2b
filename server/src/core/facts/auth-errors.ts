// What errors about authentication and authorization mean: texts of libraries, servers and identity providers, each with its
// cause, a way to confirm it, and what to do.
import data from './auth-errors.json' with { type: 'json' };

/** One way in which an error shows. Exactly one of `text`, `regex`, `error` and `aadsts` is given. */
export interface ErrorPattern {
  /** A fragment of the message, whatever its case. */
  readonly text?: string;
  /** A regular expression over one message; names of its groups are the names of what it captures. */
  readonly regex?: string;
  /** A code that stands where OAuth 2.0 puts codes: `{"error": …}`, `?error=`, `WWW-Authenticate: Bearer error=`. */
  readonly error?: string;
  /** Numbers of Microsoft Entra, without `AADSTS`. */
  readonly aadsts?: readonly string[];
  /** What must stand somewhere in the text beside it: the name of one of `contexts`, or a regular expression. */
  readonly near?: string;
  /** The fragment is all that the message says. */
  readonly alone?: boolean;
}

export interface AuthError {
  readonly id: string;
  /** How much it says: 0 for words around another error, 1 for a code that covers many causes, up to 4 for one cause alone. */
  readonly level: number;
  /** One sentence each. `cause`, `confirm` and `fix` may be several. Markdown. */
  readonly title: string;
  readonly cause: string;
  readonly confirm: string;
  readonly fix: string;
  /** Ids of rules that find it in files before anybody meets it. */
  readonly rules: readonly string[];
  /** Where this is known from. */
  readonly source: string;
  readonly patterns: readonly ErrorPattern[];
}

export const authErrors = data.rows as readonly AuthError[];

/** Signs that a text is about tokens, or about NATS, by name: regular expressions. */
export const errorContexts: Readonly<Record<string, string>> = data.contexts;
