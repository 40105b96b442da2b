// Turns the words of `authlint check` into values, or says in one line what is wrong with them.
import { availableParallelism } from 'node:os';
import { ruleFacts } from '../core/facts/rules.ts';
import { type LanguageId, languageIds } from '../core/language.ts';
import { type RuleId, type Safety, type Severity, severities } from '../core/lint/finding.ts';
import { nearest } from '../core/lint/nearest.ts';
import { parseServerVersion, type ServerVersion } from '../core/lint/settings.ts';
import { type FormatName, formatNames } from './formats/format.ts';
import { UsageError } from './terminal.ts';

/** As commander gives them. */
export interface CheckWords {
  readonly format?: string;
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  readonly diff?: boolean;
  readonly failOn?: string;
  readonly language?: string;
  readonly rule?: readonly string[];
  readonly now?: string;
  readonly natsServer?: string;
  /** A file, or false for `--no-config`. */
  readonly config?: string | boolean;
  readonly filesFrom?: string;
  readonly stdinName?: string;
  readonly threads?: string;
}

export interface CheckOptions {
  readonly format: FormatName;
  /** What to fix; undefined: nothing. */
  readonly fix: Safety | undefined;
  /** Show the fixes instead of applying them. */
  readonly diff: boolean;
  readonly fails: (severity: Severity) => boolean;
  readonly language: LanguageId | undefined;
  /** Only these rules, each with its severity where one was given; undefined: all rules. */
  readonly rules: ReadonlyMap<RuleId, Severity | undefined> | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly natsServer: ServerVersion | undefined;
  readonly config: string | boolean;
  readonly filesFrom: string | undefined;
  readonly stdinName: string | undefined;
  /** Threads that judge large folders, this one among them. */
  readonly threads: number;
  /** Whether somebody chose their number: then folders need not be large. */
  readonly threadsAsked: boolean;
}

const failLevels = ['error', 'warning', 'information', 'never'] as const;

/** Languages that a person may name: the configuration of Authlint and programs go by their file names. */
export const choosableLanguages = languageIds.filter(id => id !== 'authlint-config' && id !== 'nats-usage');

export function readCheckOptions(words: CheckWords): CheckOptions {
  const failOn = choice('--fail-on', words.failOn ?? 'error', failLevels);
  const failing: readonly Severity[] = failOn === 'never' ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  return {
    format: choice('--format', words.format ?? 'text', formatNames),
    fix: words.fixUnsafe ? 'unsafe' : words.fix || words.diff ? 'safe' : undefined,
    diff: words.diff ?? false,
    fails: severity => failing.includes(severity),
    language: words.language === undefined ? undefined : choice('--language', words.language, choosableLanguages),
    rules: words.rule && words.rule.length > 0 ? new Map(words.rule.map(readRule)) : undefined,
    now: readNow(words.now),
    natsServer: readServerVersion(words.natsServer),
    config: words.config ?? true,
    filesFrom: words.filesFrom,
    stdinName: words.stdinName,
    threads: readThreads(words.threads),
    threadsAsked: words.threads !== undefined,
  };
}

/** Each keeps models of its files and code of its own, 100 MB and more. */
const mostThreadsUnasked = 8;

/** More than anybody has processors for. */
const mostThreads = 256;

function readThreads(text: string | undefined): number {
  if (text === undefined) return Math.min(availableParallelism(), mostThreadsUnasked);
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads && text.trim() !== '') return threads;
  throw new UsageError(`--threads takes a number from 1 to ${mostThreads}, not "${text}"`);
}

export function choice<Choice extends string>(option: string, value: string, choices: readonly Choice[]): Choice {
  if ((choices as readonly string[]).includes(value)) return value as Choice;
  const near = nearest(value, choices);
  throw new UsageError(`${option} takes ${choices.join(', ')}, not "${value}"${near ? `; did you mean ${near}?` : ''}`);
}

/** Time that `--now` names; the real time without it. Milliseconds since the epoch. */
export function readNow(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
  // Without an offset the result would depend on the machine's time zone.
  const zoned = /T|\s/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text;
  const time = iso.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`--now takes a time such as 2026-01-31T12:00:00Z, not "${text}"`);
  return time;
}

export function readServerVersion(text: string | undefined): ServerVersion | undefined {
  if (text === undefined) return undefined;
  const version = parseServerVersion(text);
  if (!version) throw new UsageError(`--nats-server takes a version such as 2.14 or 2.14.5, not "${text}"`);
  return version;
}

function readRule(text: string): [RuleId, Severity | undefined] {
  const [id = '', severity] = text.split('=', 2);
  if (!ruleFacts.has(id)) {
    const near = nearest(id, ruleFacts.keys());
    throw new UsageError(`--rule: there is no rule "${id}"; ${near ? `did you mean ${near}?` : '`authlint rules` lists all of them'}`);
  }
  return [id, severity === undefined ? undefined : choice(`--rule ${id}=SEVERITY`, severity, severities)];
}
