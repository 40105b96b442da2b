// Which names of a program hold a connection, JetStream, a service or a group of endpoints: seen from how they are made and declared.
import type { ClientObject } from '../facts/nats-clients.ts';
import type { Program } from './program.ts';

/** Names (without `this.`) and what they hold. */
export type ClientObjects = ReadonlyMap<string, ClientObject>;

/** Words that may stand between a name and its type. */
const wrapper =
  /^(?:Option|Arc|Rc|Mutex|RwLock|Promise|Partial|Readonly|Optional|Task|ValueTask|mut|null|undefined|None|dyn|nats|aio|client|async_nats|js|api)$/;

export function findObjects(program: Program): ClientObjects {
  const { makers, types } = program.facts;
  const found = new Map<string, ClientObject>();
  for (let i = 0; i < program.size; i++) {
    const { kind, text } = program.token(i);
    if (kind !== 'name') continue;
    const made = makers.has(text) && program.callAt(i) !== undefined ? kindOf(makers.get(text), program, i) : undefined;
    const assigned = made && assignedName(program, i);
    if (made && assigned) found.set(assigned, made);
    const copied = text === 'clone' ? copiedFrom(program, i, found) : undefined;
    const copy = copied && assignedName(program, i);
    if (copied && copy) found.set(copy, copied);
    const declared = types.has(text) ? kindOf(types.get(text), program, i) : undefined;
    const name = declared && declaredName(program, i);
    if (declared && name) found.set(name, declared);
  }
  return found;
}

/** Rust: `client.clone()` is the same connection once more. */
function copiedFrom(program: Program, index: number, found: ClientObjects): ClientObject | undefined {
  const receiver = program.receiver(index);
  return receiver === undefined ? undefined : found.get(program.token(receiver).text);
}

type Paths = readonly (readonly [path: string, kind: ClientObject])[] | undefined;

function kindOf(paths: Paths, program: Program, index: number): ClientObject | undefined {
  return paths?.find(([path]) => isPath(program, index, path))?.[1];
}

/** What a call makes whose name stands at `index`. */
export function madeBy(program: Program, index: number): ClientObject | undefined {
  return kindOf(program.facts.makers.get(program.token(index).text), program, index);
}

/** Whether the names in front of `index` end with a path; calls within the chain (`ConnectOptions::new().connect`) are left out. */
export function isPath(program: Program, index: number, path: string): boolean {
  const own = program.path(index);
  if (path.startsWith('^')) return own === path.slice(1) && program.receiver(index) === undefined;
  if (own === path || own.endsWith(`.${path}`)) return true;
  const [head, ...rest] = path.split('.');
  return rest.length === 1 && head !== 'nats' && program.token(program.chainStart(index)).text === head;
}

/** The name that gets what the call at `index` gives. */
export function assignedName(program: Program, index: number): string | undefined {
  let at = program.chainStart(index) - 1;
  while (/^(?:await|new|&|\*|try|async|with|return|using)$/.test(program.token(at).text)) at--;
  if (program.is(at, '(') && program.token(at + 1).text === 'await') return assignedName(program, at);
  if (program.is(at, '=', ':=')) return nameBefore(program, at);
  const call = program.callAt(index);
  const behind = call === undefined ? 0 : program.match(call) + 1;
  return program.token(behind).text === 'as' ? program.token(behind + 1).text : undefined;
}

/** The name in front of an assignment; in Go the first of several. */
function nameBefore(program: Program, equals: number): string | undefined {
  for (let i = equals - 1; i > equals - 16 && i >= 0; i--) {
    if (program.is(i, ':')) return program.token(i - 1).text.replace(/[?!]/, '') || program.token(i - 2).text;
    if (program.is(i, ';', '{', '}', '(', ')') || /^(?:const|let|var)$/.test(program.token(i).text)) break;
  }
  let at = equals - 1;
  while (program.is(at - 1, ',') && program.token(at - 2).kind === 'name') at -= 2;
  const { kind, text } = program.token(at);
  return kind === 'name' ? text : undefined;
}

/** The name that is declared to be of the type at `index`: `Connection nc`, `nc: NatsConnection` or `nc *nats.Conn`. */
function declaredName(program: Program, index: number): string | undefined {
  const { syntax } = program.facts;
  if (syntax === 'java' || syntax === 'csharp') {
    const next = program.is(index + 1, '?') ? index + 2 : index + 1;
    const { kind, text } = program.token(next);
    return kind === 'name' && !program.is(index - 1, '.') && text !== 'implements' && text !== 'extends' ? text : undefined;
  }
  let at = index - 1;
  if (syntax === 'go') {
    while (program.is(at, '.', '*') || program.token(at).text === program.path(index).split('.')[0]) at--;
    return program.token(at).kind === 'name' ? program.token(at).text : undefined;
  }
  for (; at > index - 16 && at > 0; at--) {
    const { kind, text } = program.token(at);
    if (text === ':') {
      const name = program.is(at - 1, '?', '!') ? at - 2 : at - 1;
      return program.token(name).kind === 'name' ? program.token(name).text : undefined;
    }
    const mayStand = kind === 'name' ? wrapper.test(text) || program.isDot(at + 1) : /^(?:[<>&|.'[]|::)$/.test(text);
    if (!mayStand) return undefined;
  }
  return undefined;
}

/** Names that are usual for a connection where nothing shows what they hold. */
const usual = /nats|jet_?stream|^_*(?:nc|js)\d*$/i;
/** `leafNc`, `orders_js`: the usual names behind another word. */
const usualBehind = /(?:[a-z\d](Nc|Js)|_(nc|js))\d*$/;
const likely = /^_*(?:ec|conn|connection|client)\d*$/i;
const jetStream = /^_*js\d*$|jet_?stream/i;

/**
 * What the object holds on which the method at `index` is called. `strict`: the file knows other brokers too, so that a connection may be
 * one to any of them.
 */
export function objectAt(program: Program, objects: ClientObjects, index: number, strict: boolean): ClientObject | undefined {
  let at = program.receiver(index);
  if (at === undefined) return undefined;
  if (program.is(at, ')', ']') && program.match(at) < at) {
    const open = program.match(at);
    const isCall = program.token(open - 1).kind === 'name';
    const made = isCall ? madeBy(program, open - 1) : undefined;
    if (made) return made;
    // `(await this.nc).publish`, `connections[0].publish`
    at = isCall ? open - 1 : at - 1;
  }
  const { kind, text } = program.token(at);
  if (kind !== 'name') return undefined;
  const known = objects.get(text);
  if (known) return known;
  const [, camel, snake] = usualBehind.exec(text) ?? [];
  const last = camel ?? snake ?? '';
  if (!usual.test(text) && !last && (strict || !likely.test(text))) return undefined;
  return jetStream.test(text) || jetStream.test(last) ? 'jetstream' : 'connection';
}
