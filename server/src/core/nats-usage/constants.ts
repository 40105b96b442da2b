// Names that a file gives to strings: constants, fields and variables that are set once.

import { remember } from '../text/remember.ts';
import type { Program, TokenRange } from './program.ts';

/** A definition of a name: the expression, and the brackets within which it counts. */
interface Definition {
  readonly at: number;
  /** Whether it is a key or named argument, which no plain name refers to. */
  readonly isKey: boolean;
  /** Undefined where the name gets something that cannot be read, for instance as a loop's variable. */
  readonly value: TokenRange | undefined;
  /** Index of the bracket around it; -1 at the top. */
  readonly scope: number;
}

/** The expression that gives a name its value where it is used at `at`; `unknown` where several do, undefined where none does. */
export function constantAt(program: Program, name: string, at: number): TokenRange | 'unknown' | undefined {
  const variables = definitionsOf(program, name).filter(({ isKey }) => !isKey);
  const visible = variables.filter(({ scope }) => surrounds(program, scope, at));
  const [nearest] = [...visible].sort((a, b) => b.scope - a.scope);
  if (isParameter(program, name, at, nearest?.scope ?? -1)) return 'unknown';
  if (!nearest) return undefined;
  const rivals = variables.filter(({ scope }) => scope === nearest.scope || surrounds(program, nearest.scope, scope));
  return agreed(program, rivals, nearest);
}

/**
 * The expression behind a path such as `SUBJECTS.created`, `Subjects.CREATED` or `this.subject`: a key or constant directly within the
 * bracket that belongs to the name in front of it.
 */
export function memberOf(program: Program, words: readonly string[], at: number): TokenRange | 'unknown' | undefined {
  const key = words[words.length - 1] as string;
  const holder = words[words.length - 2] as string;
  const own = /^(?:this|self|Self|cls|static)$/.test(holder);
  const found = definitionsOf(program, key).filter(({ at: place, scope }) =>
    own ? isField(program, place, scope, at) : scope >= 0 && holderOf(program, scope) === holder,
  );
  const [first] = found;
  return first ? agreed(program, found, first) : own ? 'unknown' : undefined;
}

/** The expression behind a path as another file writes it: a member of a class or object, or a constant at the top. */
export function exportedConstant(program: Program, words: readonly string[]): TokenRange | undefined {
  const key = words.at(-1) ?? '';
  const all = definitionsOf(program, key);
  const members = words.length > 1 ? all.filter(({ scope }) => scope >= 0 && holderOf(program, scope) === words.at(-2)) : [];
  const found = members.length > 0 ? members : all.filter(({ scope, isKey }) => scope < 0 && !isKey);
  const value = found[0] && agreed(program, found, found[0]);
  return value === 'unknown' ? undefined : value;
}

/** A name that is set in several ways is no constant. */
function agreed(program: Program, all: readonly Definition[], chosen: Definition): TokenRange | 'unknown' {
  const { value } = chosen;
  if (!value) return 'unknown';
  const text = (range: TokenRange) => {
    let words = '';
    for (let i = range.from; i < range.to; i++) words += `${program.token(i).text}${JSON.stringify(program.token(i).parts)}`;
    return words;
  };
  return all.every(other => other.value && text(other.value) === text(value)) ? value : 'unknown';
}

function surrounds(program: Program, scope: number, at: number): boolean {
  return scope < 0 || (scope < at && at < program.match(scope));
}

/** `this.subject = …` anywhere in a class, or a field of the class around `at`. */
function isField(program: Program, place: number, scope: number, at: number): boolean {
  if (program.isDot(place - 1)) return /^(?:this|self|Self|cls)$/.test(program.token(place - 2).text);
  return surrounds(program, scope, at) && scope >= 0 && declaringWordAt(program, scope) !== undefined;
}

/** Words before a bracket that is no list of parameters. */
const statement = /^(?:if|while|for|switch|match|with|elif|return|using|lock|foreach)$/;

/** Whether the name is a parameter of a function between a scope and the place of use. */
function isParameter(program: Program, name: string, at: number, scope: number): boolean {
  for (let open = program.enclosing(at); open !== undefined && open > scope; open = program.enclosing(open)) {
    if (!program.is(open, '{')) continue;
    for (let i = open - 1; i > open - 24 && i >= 0; i--) {
      if (program.is(i, ')') && program.match(i) < i) {
        const start = program.match(i);
        if (statement.test(program.token(start - 1).text)) break;
        for (let j = start + 1; j < i; j++) if (isParameterName(program, j, name)) return true;
        i = start;
      } else if (program.token(i).kind === 'sign' && !/^(?:[.:<>&*|?,[\]]|::|->|=>)$/.test(program.token(i).text)) break;
    }
  }
  return false;
}

function isParameterName(program: Program, index: number, name: string): boolean {
  const { kind, text } = program.token(index);
  return kind === 'name' && text === name && !program.isDot(index - 1) && !program.is(index + 1, '(');
}

/** Name of the object, class or enumeration that a bracket opens. */
function holderOf(program: Program, scope: number): string | undefined {
  if (program.is(scope - 1, '=', ':=')) {
    // `const SUBJECTS: Record<string, string> = {`
    for (let i = scope - 2; i > scope - 14 && i > 0; i--) {
      if (program.is(i, ':')) return program.token(i - 1).text;
      if (/^(?:const|let|var|static|readonly|export|[;{}()=])$/.test(program.token(i).text)) break;
    }
    return program.token(scope - 2).text;
  }
  const word = declaringWordAt(program, scope);
  return word === undefined ? undefined : program.token(word + 1).text;
}

/** Index of the word that says what kind of thing a bracket opens. */
function declaringWordAt(program: Program, scope: number): number | undefined {
  for (let i = scope - 1; i > scope - 24 && i >= 0; i--) {
    if (program.is(i, ';', '{', '}')) return undefined;
    if (/^(?:class|enum|interface|object|struct|record|impl|mod|namespace|trait)$/.test(program.token(i).text)) return i;
  }
  return undefined;
}

function definitionsOf(program: Program, name: string): readonly Definition[] {
  return definitionsIn(program).get(name) ?? [];
}

const definitionsIn = remember(readDefinitions);

/** Every `name = …`, `name := …` and `name: "…"`, and names that loops set. */
function readDefinitions(program: Program): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, Definition[]>();
  const open: number[] = [];
  const add = (name: string, definition: Definition) => {
    const same = found.get(name);
    if (same) same.push(definition);
    else found.set(name, [definition]);
  };
  for (let i = 0; i < program.size; i++) {
    while (open.length > 0 && program.match(open[open.length - 1] as number) <= i) open.pop();
    if (program.match(i) > i) open.push(i);
    const token = program.token(i);
    const bracket = open[open.length - 1] ?? -1;
    // `const ( A = "a" )` in Go groups declarations that count outside.
    const isGroup = bracket >= 0 && /^(?:const|var)$/.test(program.token(bracket - 1).text);
    const scope = isGroup ? (open[open.length - 2] ?? -1) : bracket;
    if (token.kind === 'name' && token.text === 'for') addLoopNames(program, i, scope, add);
    if (program.is(i, '=>', '->')) addClosureNames(program, i, scope, add);
    const key = token.kind === 'name' ? token.text : token.kind === 'string' && token.parts.length === 1 ? token.parts[0] : undefined;
    if (typeof key !== 'string') continue;
    const value = valueBehind(program, i);
    if (value)
      add(key, { at: i, value, scope, isKey: token.kind === 'string' || program.is(value.from - 1, ':') || program.is(scope, '(', '[') });
  }
  return found;
}

function addLoopNames(program: Program, at: number, scope: number, add: (name: string, definition: Definition) => void): void {
  for (let i = at + 1; i < at + 10; i++) {
    const { kind, text } = program.token(i);
    if (text === 'in' || text === 'of' || text === 'range' || text === '{') return;
    if (kind === 'name') add(text, { at: i, value: undefined, scope, isKey: false });
  }
}

/** Parameters of `x => …` and `(x, y) => …` hide what has their name outside. */
function addClosureNames(program: Program, arrow: number, scope: number, add: (name: string, definition: Definition) => void): void {
  const from = program.is(arrow - 1, ')') ? program.match(arrow - 1) : arrow - 1;
  for (let i = from; i < arrow; i++) {
    const { kind, text } = program.token(i);
    if (kind === 'name') add(text, { at: i, value: undefined, scope, isKey: false });
  }
}

/** The expression that a name at `index` is given: behind `=` or `:=`, perhaps with a type between, or behind the colon of a key. */
function valueBehind(program: Program, index: number): TokenRange | undefined {
  let at = index + 1;
  if (program.is(at, ':')) {
    const inType = typeEnd(program, at + 1);
    if (inType !== undefined) at = inType;
  } else if (program.facts.syntax === 'go' && program.token(at).kind === 'name' && program.is(at + 1, '=')) at++;
  else if (program.is(at, '+') && program.is(at + 1, '=')) at++;
  if (!program.is(at, '=', ':=', ':')) return undefined;
  const value = program.valueAt(at + 1);
  return value.to > value.from ? value : undefined;
}

/** Index of the `=` behind a short type. */
function typeEnd(program: Program, from: number): number | undefined {
  for (let i = from; i < from + 14; i++) {
    if (program.is(i, '=')) return i;
    const { kind, text } = program.token(i);
    if (kind === 'string' || (kind === 'sign' && !/^(?:[<>&|[\].?']|::)$/.test(text))) return undefined;
  }
  return undefined;
}
