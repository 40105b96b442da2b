// From the text of an error to what it means: the most specific explanation first.
import { type AuthError, authErrors, type ErrorPattern, errorContexts } from '../facts/auth-errors.ts';
import { type ErrorText, readErrorText } from './read-error.ts';

export interface Explanation {
  readonly error: AuthError;
  /** Names that the message gives: `subject`, `queue`, `user`, `audience`, `issuer`, `claim`, `scope`, `field`, `variable`. Never a secret. */
  readonly names: Readonly<Record<string, string>>;
}

/** Explanations beyond these would only bury the first. */
const most = 3;

/** Empty for a text that is about something else. */
export function explainError(text: string): readonly Explanation[] {
  if (text.trim() === '') return [];
  const read = readErrorText(text);
  const found: { explanation: Explanation; weight: number }[] = [];
  for (const { error, patterns } of compiled()) {
    let best: Match | undefined;
    for (const pattern of patterns) {
      const match = pattern(read, text);
      if (match && (best === undefined || match.length > best.length)) best = match;
    }
    if (best) found.push({ explanation: { error, names: best.names }, weight: error.level * 10_000 + Math.min(best.length, 9_999) });
  }
  found.sort((a, b) => b.weight - a.weight);
  return found.slice(0, most).map(({ explanation }) => explanation);
}

interface Match {
  readonly length: number;
  readonly names: Readonly<Record<string, string>>;
}

type CompiledPattern = (read: ErrorText, text: string) => Match | undefined;

let all: readonly { error: AuthError; patterns: readonly CompiledPattern[] }[] | undefined;

function compiled() {
  all ??= authErrors.map(error => ({ error, patterns: error.patterns.map(compile) }));
  return all;
}

function compile(pattern: ErrorPattern): CompiledPattern {
  const match = matcherOf(pattern);
  const near = pattern.near === undefined ? undefined : new RegExp(errorContexts[pattern.near] ?? pattern.near, 'i');
  return (read, text) => (near === undefined || near.test(text) ? match(read, text) : undefined);
}

function matcherOf({ text, regex, error, aadsts, alone }: ErrorPattern): CompiledPattern {
  if (error !== undefined) return codeMatcher(error);
  if (aadsts !== undefined) return messageMatcher(new RegExp(`\\bAADSTS(?:${aadsts.join('|')})(?!\\d)`, 'i'));
  if (regex !== undefined) return messageMatcher(new RegExp(regex, 'i'));
  if (alone) return ({ messages }) => (messages.some(message => isAlone(message, text ?? '')) ? { length: 1, names: {} } : undefined);
  return messageMatcher(literal(text ?? ''));
}

/** A code counts where OAuth puts it, and as a word beside other words about tokens. */
function codeMatcher(code: string): CompiledPattern {
  const word = new RegExp(`(?<![\\w-])${code}(?![\\w-])`);
  const token = new RegExp(errorContexts.token ?? '', 'i');
  return ({ codes }, text) => {
    const isMeant = codes.has(code) || (word.test(text) && token.test(text.replace(word, '')));
    return isMeant ? { length: code.length, names: {} } : undefined;
  };
}

function messageMatcher(regex: RegExp): CompiledPattern {
  return ({ messages }) => {
    let best: Match | undefined;
    for (const message of messages) {
      const match = regex.exec(message);
      if (match && (best === undefined || match[0].length > best.length)) best = { length: match[0].length, names: namesOf(match) };
    }
    return best;
  };
}

function namesOf({ groups }: RegExpExecArray): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups ?? {}).filter(([, value]) => value !== undefined && value !== ''));
}

function literal(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${/^\w/.test(text) ? '(?<!\\w)' : ''}${escaped}${/\w$/.test(text) ? '(?!\\w)' : ''}`, 'i');
}

/** What programs write before a message: times, levels, names of error classes, quotes. */
const prefix =
  /^(?:\[[^\]]*\]|[\d:T.,Z+/-]{6,}|(?:error|warn(?:ing)?|info|debug|fatal)\b:?|(?:[\w$]+\.)*[\w$]*(?:Error|Exception|Err)\b:?|message:|panic:|["'`\s])+/i;

function isAlone(message: string, text: string): boolean {
  const bare = message.replace(prefix, '').replace(/["'`.!\s]+$/, '');
  return bare.toLowerCase() === text.toLowerCase();
}
