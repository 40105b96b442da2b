// What a variable of a service means: by the team's own names, by product, by generic name.
import {
  filePatternFacts,
  type Meaning,
  meaningTexts,
  patternFacts,
  type SwitchFact,
  switchFacts,
  type VariableFact,
  variableFacts,
} from '../facts/compose-dialects.ts';
import type { Settings } from '../lint/settings.ts';

/** What is known of a variable. */
export type VariableMeaning = Omit<VariableFact, 'name'>;

const generic = new Map<string, VariableMeaning | undefined>();
const switches = new Map<string, SwitchFact | undefined>();
/** Names that are remembered, so that a workspace of millions cannot fill the memory. */
const mostRemembered = 20_000;

/** Meaning of a variable; `image` narrows names that mean something in one product only. Undefined for what is none of our business. */
export function meaningOf(name: string, settings: Pick<Settings, 'environment'>, image?: string): VariableMeaning | undefined {
  const own = settings.environment.find(entry => entry.name === name && entry.meaning !== 'development-bypass');
  if (own) return { meaning: own.meaning as Meaning };
  const fact = variableFacts.get(name.toUpperCase());
  if (fact && (fact.images === undefined || fact.images.some(word => image?.includes(word)))) return fact;
  return remember(generic, name, () => {
    const upper = name.toUpperCase();
    if (/_(FILE|PATH|LOCATION|DIR)$/.test(upper)) return undefined;
    const found = patternFacts.find(({ pattern }) => pattern.test(upper));
    return found && { meaning: found.meaning };
  });
}

/** Meanings of what a gateway keeps in a file of its own. */
const keptInFiles: ReadonlySet<Meaning> = new Set<Meaning>(['jwt-secret', 'jwt-secret-json', 'public-key']);

const noSettings = { environment: [] };

/**
 * What is in the file that the value of a variable may name: `JWT_SECRET_FILE`, `JWT_PUBLIC_KEY_PATH`, and variables that take a key
 * or its path. Undefined for variables that have nothing to do with keys of tokens.
 */
export function fileMeaningOf(name: string, image?: string): VariableMeaning | undefined {
  const own = meaningOf(name, noSettings, image);
  if (own) return keptInFiles.has(own.meaning) ? own : undefined;
  const upper = name.toUpperCase();
  const stem = /^(.+)_(?:FILE|PATH|LOCATION|FILE_PATH|FILENAME)$/.exec(upper)?.[1];
  if (stem === undefined) return undefined;
  const meaning = meaningOf(stem, noSettings, image)?.meaning ?? filePatternFacts.find(({ pattern }) => pattern.test(stem))?.meaning;
  return meaning !== undefined && keptInFiles.has(meaning) ? { meaning } : undefined;
}

/** The switch that a variable is; undefined for other variables. */
export function switchOf(name: string, settings: Pick<Settings, 'environment'>): SwitchFact | undefined {
  if (settings.environment.some(entry => entry.name === name && entry.meaning === 'development-bypass')) return ownBypass;
  return remember(switches, name, () => {
    const upper = name.toUpperCase();
    return switchFacts.find(({ pattern }) => pattern.test(upper));
  });
}

const ownBypass: SwitchFact = { pattern: /^/, kind: 'bypass', opens: 'true', says: 'Requests are let in without a token.' };

function remember<Value>(known: Map<string, Value>, name: string, compute: () => Value): Value {
  const found = known.get(name);
  if (found !== undefined || known.has(name)) return found as Value;
  const value = compute();
  if (known.size < mostRemembered) known.set(name, value);
  return value;
}

/** What the variable is, in a sentence. */
export function describeMeaning(meaning: VariableMeaning): string {
  return meaning.says ?? meaningTexts[meaning.meaning];
}

const yes = new Set(['true', '1', 'yes', 'on', 'y', 't', 'enabled', 'enable']);
const no = new Set(['false', '0', 'no', 'off', 'n', 'f', 'disabled', 'disable']);

/** Reads a boolean as most programs do; undefined for what is none. */
export function readBoolean(value: string): boolean | undefined {
  const word = value.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** Whether this value of a switch opens the door. */
export function opensDoor(fact: SwitchFact, value: string): boolean {
  if (fact.opens.startsWith('=')) return value === fact.opens.slice(1);
  return readBoolean(value) === (fact.opens === 'true');
}

/** Meanings whose value is secret: it never enters a message. */
export const secretMeanings: ReadonlySet<Meaning> = new Set<Meaning>([
  'jwt-secret',
  'jwt-secret-json',
  'client-secret',
  'session-secret',
  'encryption-key',
  'api-secret',
  'admin-password',
  'broker-password',
  'private-key',
  'token',
]);
