// What one program does with NATS: the subjects that it names, each with its place, and as whom it connects.
import { type ClientFacts, clientFacts } from '../facts/nats-clients.ts';
import { type FileKind, fileKind } from '../jwt/file-kind.ts';
import type { BuildContext, SourceFile } from '../language.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { findLogin, type Login } from './logins.ts';
import { Program } from './program.ts';
import { findUses, type SubjectUse } from './uses.ts';
import { constantValue, type Piece, stringValue } from './values.ts';

/** A program in one of the languages that are read. */
export interface SourceProgram {
  readonly file: FileId;
  readonly text: string;
  readonly facts: ClientFacts;
  /** Undefined for a program without NATS; others may still take constants from it. */
  readonly usage: NatsUsage | undefined;
}

export interface NatsUsage {
  readonly file: FileId;
  readonly kind: FileKind;
  readonly uses: readonly SubjectUse[];
  readonly login: Login;
  /** Prefixes of the inboxes in which answers are awaited, where the program chooses its own. */
  readonly inboxPrefixes: readonly (readonly Piece[])[];
}

/** Characters above which a text is no program that somebody wrote, but one that a bundler made. */
const longestProgram = 400_000;

/** A search for four letters comes first, so that a text without them costs nothing. Tests use subjects as they like and are left out. */
export function buildProgram({ id: file, text }: SourceFile, { settings }: Pick<BuildContext, 'settings'>): SourceProgram | undefined {
  const facts = clientFacts(nameOf(file));
  if (!facts || text.length > longestProgram) return undefined;
  const mentionsNats = text.includes('nats') || text.includes('NATS');
  if (!mentionsNats || !facts.imports.test(text)) return { file, text, facts, usage: undefined };
  const kind = fileKind(file, settings.root);
  const program = kind === 'source' || kind === 'example' ? new Program(text, facts) : undefined;
  return { file, text, facts, usage: program && { file, kind, ...usageOf(program, text) } };
}

function usageOf(program: Program, text: string): Omit<NatsUsage, 'file' | 'kind'> {
  return { uses: findUses(program, text), login: findLogin(program), inboxPrefixes: [...inboxPrefixes(program)] };
}

function* inboxPrefixes(program: Program): Generator<readonly Piece[]> {
  for (let i = 0; i < program.size; i++) {
    const { kind, text } = program.token(i);
    if (kind !== 'name' || !program.facts.inboxPrefixes.has(text)) continue;
    const open = program.callAt(i);
    const [argument] = open === undefined ? [] : program.parts(open);
    if (argument) yield stringValue(program, argument).pieces;
    else if (program.is(i + 1, ':', '=')) yield stringValue(program, program.valueAt(i + 2)).pieces;
  }
}

const parsed = new WeakMap<SourceProgram, Program>();

/** A constant that a program offers to others; read only when somebody asks for a name that stands in the text. */
export function constantIn(source: SourceProgram, words: readonly string[]): string | undefined {
  if (!source.text.includes(words.at(-1) ?? '')) return undefined;
  let program = parsed.get(source);
  if (!program) {
    program = new Program(source.text, source.facts);
    parsed.set(source, program);
  }
  return constantValue(program, words);
}
