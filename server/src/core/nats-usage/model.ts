// What one program does with NATS: the subjects that it names, each with its place, and as whom it connects.
import { type ClientFacts, clientFacts } from '../facts/nats-clients.ts';
import { type FileKind, fileKind } from '../jwt/file-kind.ts';
import type { BuildContext, SourceFile } from '../language.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { findLogin, type Login } from './logins.ts';
import { Program } from './program.ts';
import { findUses, type SubjectUse } from './uses.ts';
import { type Piece, stringValue } from './values.ts';

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
export function buildUsage({ id, text }: SourceFile, { settings }: Pick<BuildContext, 'settings'>): NatsUsage | undefined {
  const facts = clientFacts(nameOf(id));
  if (!facts || !(text.includes('nats') || text.includes('NATS')) || text.length > longestProgram || !facts.imports.test(text))
    return undefined;
  const kind = fileKind(id, settings.root);
  if (kind !== 'source' && kind !== 'example') return undefined;
  return { file: id, kind, ...readProgram(text, facts) };
}

function readProgram(text: string, facts: ClientFacts): Omit<NatsUsage, 'file' | 'kind'> {
  const program = new Program(text, facts);
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
