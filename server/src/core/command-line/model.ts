// The commands of a file that have to do with authentication, with their options read as the programs read them.
import { commandFacts, type OptionFact, type ProgramFact } from '../facts/commands.ts';
import { type FileKind, fileKind } from '../jwt/file-kind.ts';
import type { BuildContext, SourceFile } from '../language.ts';
import { Absence } from '../text/absence.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import { literalOf, parseShell, partOf, type ShellCommand, type Word } from './shell.ts';
import { shellTextsOf } from './shell-texts.ts';

/** One option as it is written. */
export interface Given {
  /** The long name where the program has one: `-H` of curl is `--header`. */
  readonly name: string;
  readonly fact: OptionFact | undefined;
  /** The name as written, without `=` and value. */
  readonly nameSpan: Span;
  /** Absent for a flag, and where the text ends too early. */
  readonly value: Word | undefined;
}

export interface Invocation {
  readonly program: string;
  readonly fact: ProgramFact;
  readonly programSpan: Span;
  readonly span: Span;
  /** Words that are no options: `scan`, `auth login`, a URL. */
  readonly arguments: readonly Word[];
  readonly options: readonly Given[];
}

export interface CommandModel {
  readonly file: FileId;
  readonly text: string;
  readonly fileKind: FileKind;
  readonly invocations: readonly Invocation[];
  /** The last value that each variable of a script is given, by name. */
  readonly variables: ReadonlyMap<string, Word>;
}

/** Words that run the command behind them. */
const wrappers = new Set([
  'sudo',
  'env',
  'command',
  'exec',
  'nohup',
  'timeout',
  'watch',
  'xargs',
  'npx',
  'uvx',
  'pipx',
  'docker',
  'docker-compose',
  'podman',
  'kubectl',
]);

const names = [...commandFacts.keys()].join('|');
/** What stands before a name makes a search for it twice as long, so that it is looked at where there is one. */
const mention = new RegExp(`(?:${names})[ \\t\\\\]`);
const programs = new RegExp(`(?:^|[\\s"'\`;&|(/@])${mention.source}`, 'm');

const longestProgram = Math.max(...[...commandFacts.keys()].map(name => name.length));
const absentPrograms = new Absence(text => mention.test(text) && programs.test(text), longestProgram + 2);

export function buildModel(file: SourceFile, { settings }: Pick<BuildContext, 'settings'>): CommandModel {
  const kind = fileKind(file.id, settings.root);
  const empty = { file: file.id, text: file.text, fileKind: kind, invocations: [], variables: new Map() };
  // Most files have none of these words, and looking for them costs next to nothing.
  if (absentPrograms.isIn(file)) return empty;
  const commands = shellTextsOf(file).flatMap(parseShell);
  const variables = new Map<string, Word>();
  for (const word of commands.flatMap(({ assignments, words }) =>
    words.length === 0 || words[0]?.text === 'export' ? [...assignments, ...words] : [],
  )) {
    const name = /^([A-Za-z_]\w*)=/.exec(word.text)?.[1];
    if (name) variables.set(name, partOf(word, name.length + 1));
  }
  return { ...empty, invocations: commands.flatMap(readInvocation), variables };
}

function readInvocation({ words, span }: ShellCommand): Invocation[] {
  const at = programAt(words);
  const word = at === undefined ? undefined : words[at];
  const fact = word && commandFacts.get(baseName(word));
  if (!word || !fact || at === undefined) return [];
  const given: Word[] = [];
  const options: Given[] = [];
  const rest = words.slice(at + 1);
  for (let i = 0; i < rest.length; i++) {
    const one = rest[i] as Word;
    if (one.text === '--') {
      given.push(...rest.slice(i + 1));
      break;
    }
    if (!/^--?[A-Za-z]/.test(one.text)) given.push(one);
    else i += readOption(one, rest[i + 1], fact, options);
  }
  return [{ program: fact.name, fact, programSpan: word.span, span: { start: word.span.start, end: span.end }, arguments: given, options }];
}

function programAt(words: readonly Word[]): number | undefined {
  const first = words[0];
  if (!first) return undefined;
  if (commandFacts.has(baseName(first))) return 0;
  if (!wrappers.has(baseName(first))) return undefined;
  const found = words.findIndex((word, i) => i > 0 && word.unknowns.length === 0 && commandFacts.has(word.text));
  return found < 0 ? undefined : found;
}

function baseName(word: Word): string {
  const text = literalOf(word) ?? '';
  return text.slice(text.lastIndexOf('/') + 1);
}

/** Adds an option; returns how many words behind it are its value. */
function readOption(word: Word, next: Word | undefined, { options: known }: ProgramFact, options: Given[]): number {
  const equals = word.text.indexOf('=');
  const written = equals > 0 ? word.text.slice(0, equals) : word.text;
  const fact = known.get(written);
  if (fact || written.startsWith('--')) {
    const nameSpan = equals > 0 ? partOf(word, 0, equals).span : word.span;
    const name = fact?.name ?? written;
    if (equals > 0) options.push({ name, fact, nameSpan, value: partOf(word, equals + 1) });
    else if (fact?.takes) options.push({ name, fact, nameSpan, value: next });
    else options.push({ name, fact, nameSpan, value: undefined });
    return equals <= 0 && fact?.takes ? 1 : 0;
  }
  // `-HAuthorization: …`, or several flags at once: `-sSL`, of which the last may take the next word.
  for (let i = 1; i < word.text.length; i++) {
    const short = known.get(`-${word.text[i]}`);
    const nameSpan = partOf(word, i === 1 ? 0 : i, i + 1).span;
    if (!short?.takes) {
      options.push({ name: short?.name ?? `-${word.text[i]}`, fact: short, nameSpan, value: undefined });
      continue;
    }
    const behind = i + 1 < word.text.length;
    options.push({ name: short.name, fact: short, nameSpan, value: behind ? partOf(word, i + 1) : next });
    return behind ? 0 : 1;
  }
  return 0;
}

/** The options of one name, in order. */
export function optionsNamed({ options }: Invocation, ...names: readonly string[]): readonly Given[] {
  return options.filter(({ name }) => names.includes(name));
}

/** Whether the words behind the program begin with these: `isRunning(invocation, 'auth', 'login')`. */
export function runs({ program, arguments: words }: Invocation, wanted: string, ...subcommands: readonly string[]): boolean {
  return program === wanted && subcommands.every((word, i) => words[i]?.text === word);
}

/** A header that curl or the scanner sends: `Authorization: Bearer …`. */
export interface Header {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Word;
  readonly invocation: Invocation;
}

export function headersOf(invocation: Invocation): readonly Header[] {
  return optionsNamed(invocation, '--header').flatMap(({ value }) => {
    const match = value && /^\s*([\w-]+)\s*[:;]\s*/.exec(value.text);
    if (!value || !match?.[1]) return [];
    const from = value.text.indexOf(match[1]);
    return [
      { name: match[1], nameSpan: partOf(value, from, from + match[1].length).span, value: partOf(value, match[0].length), invocation },
    ];
  });
}

/** The text of a word in which variables of the same script stand for their values; undefined where something stays unknown. */
export function knownText(model: CommandModel, { text, unknowns }: Word): string | undefined {
  let known = '';
  let at = 0;
  for (const { start, end, variable } of unknowns) {
    const value = variable === undefined ? undefined : model.variables.get(variable);
    const literal = value && literalOf(value);
    if (literal === undefined) return undefined;
    known += text.slice(at, start) + literal;
    at = end;
  }
  return known + text.slice(at);
}
