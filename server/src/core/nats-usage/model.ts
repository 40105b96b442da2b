// What one program does with NATS: the subjects that it names, each with its place, and as whom it connects.
import { type ClientFacts, clientFacts } from '../facts/nats-clients.ts';
import { type FileKind, fileKind } from '../jwt/file-kind.ts';
import type { BuildContext, SourceFile } from '../language.ts';
import { directoryOf, type FileId, joinPath, nameOf, pathWithin } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { findLogin, type Login } from './logins.ts';
import { Program } from './program.ts';
import { findUses, type SubjectUse } from './uses.ts';
import { constantValue, type Piece, stringValue } from './values.ts';

/** A program in one of the languages that are read. What it says is read when somebody asks. */
export interface SourceProgram {
  readonly file: FileId;
  readonly kind: FileKind;
  readonly text: string;
  readonly facts: ClientFacts;
  /** Whether it uses the client library; others may still take constants from one that does not. */
  readonly usesNats: boolean;
}

export interface NatsUsage {
  readonly file: FileId;
  readonly uses: readonly SubjectUse[];
  readonly login: Login;
  /** Prefixes of the inboxes in which answers are awaited, where the program chooses its own. */
  readonly inboxPrefixes: readonly (readonly Piece[])[];
}

/** Characters above which a text is no program that somebody wrote, but one that a bundler made. */
const longestProgram = 400_000;

/** A search for four letters comes first, so that a text without them costs nothing. */
export function buildProgram({ id: file, text }: SourceFile, context: BuildContext): SourceProgram | undefined {
  const facts = clientFacts(nameOf(file));
  if (!facts || text.length > longestProgram) return undefined;
  const usesNats = (text.includes('nats') || text.includes('NATS')) && facts.imports.test(text);
  const { root } = context.settings;
  const program: SourceProgram = { file, kind: fileKind(file, root), text, facts, usesNats };
  if (isRead(program) && text.includes('.creds')) wishForCredentials(program, context);
  return program;
}

/** Tests and documentation use subjects as they like. */
function isRead({ kind, usesNats }: SourceProgram): boolean {
  return usesNats && (kind === 'source' || kind === 'example');
}

const credentialsPath = /["'`]((?:\.{0,2}\/)?[\w.@-][\w.@/-]*\.creds)["'`]/g;

/**
 * Files of credentials that the program names are read although git should ignore them. A program is started in its own folder or in
 * one above, so the nearest file of the path is the one.
 */
function wishForCredentials({ file, text }: SourceProgram, { settings: { root }, read }: BuildContext): void {
  for (const path of new Set([...text.matchAll(credentialsPath)].flatMap(([, path]) => path ?? []))) {
    for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
      if (read(joinPath(folder, path)) !== 'absent' || root === undefined || pathWithin(root, folder) === undefined) break;
    }
  }
}

const programOf = remember(({ text, facts }: SourceProgram) => new Program(text, facts));

/** What a program does with NATS; undefined where it does nothing, and where that is not read. */
export function usageOf(source: SourceProgram): NatsUsage | undefined {
  return isRead(source) ? readUsage(source) : undefined;
}

const readUsage = remember((source: SourceProgram): NatsUsage => {
  const program = programOf(source);
  const { file, text } = source;
  return { file, uses: findUses(program, text), login: findLogin(program), inboxPrefixes: [...inboxPrefixes(program)] };
});

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

/** A constant that a program offers to others; nothing is read where the name does not stand in the text. */
export function constantIn(source: SourceProgram, words: readonly string[]): string | undefined {
  return source.text.includes(words.at(-1) ?? '') ? constantValue(programOf(source), words) : undefined;
}
