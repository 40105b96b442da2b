// The calls by which a program publishes, subscribes, asks and answers, with the subjects that it gives them.
import { type CallFact, type ClientObject, importsOtherBroker } from '../facts/nats-clients.ts';
import type { Span } from '../text/span.ts';
import { isFieldOf } from './logins.ts';
import { assignedName, type ClientObjects, findObjects, madeBy, objectAt } from './objects.ts';
import type { Program, TokenRange } from './program.ts';
import { joinedPieces, type Piece, stringValue, type Value } from './values.ts';

/** `stream`: a stream stores what others publish there; `filter`: a consumer reads those messages of a stream. */
export type UseKind = 'publish' | 'jetstream-publish' | 'request' | 'subscribe' | 'respond' | 'stream' | 'filter';

export interface SubjectUse {
  readonly kind: UseKind;
  /** Empty for an answer, whose subject the message brings. */
  readonly pieces: readonly Piece[];
  /** The queue group; null for one whose name only the running program knows. */
  readonly queue: string | null | undefined;
  /** The subject in the text; for an answer the method. */
  readonly span: Span;
}

/** Every use of a subject, in the order of the text. */
export function findUses(program: Program, text: string): readonly SubjectUse[] {
  return [...new UseFinder(program, importsOtherBroker(text)).all()];
}

class UseFinder {
  readonly #program: Program;
  readonly #strict: boolean;
  readonly #objects: ClientObjects;
  /** Prefixes of groups by the names that hold them. */
  readonly #groups = new Map<string, readonly Piece[]>();

  constructor(program: Program, strict: boolean) {
    this.#program = program;
    this.#strict = strict;
    this.#objects = findObjects(program);
  }

  *all(): Generator<SubjectUse> {
    const { facts } = this.#program;
    for (let i = 0; i < this.#program.size; i++) {
      const { kind, text } = this.#program.token(i);
      if (kind !== 'name') continue;
      if (madeBy(this.#program, i) === 'group') this.#noteGroup(i);
      for (const fact of facts.calls.get(text) ?? []) yield* this.#call(i, fact);
      const field = facts.fields.get(text)?.find(({ within }) => isFieldOf(this.#program, i, within));
      if (field) yield* this.#uses(field.use, this.#elements(this.#program.valueAt(i + 2)), undefined);
    }
  }

  *#call(index: number, fact: CallFact): Generator<SubjectUse> {
    const program = this.#program;
    const open = program.callAt(index);
    if (open === undefined || this.#isDeclaration(index)) return;
    const object = this.#objectFor(index, fact);
    // What is asked of JetStream itself is a part of its own interface.
    if (!object || (object === 'jetstream' && fact.use === 'request')) return;
    const { span } = program.token(index);
    if (fact.use === 'respond') yield { kind: 'respond', pieces: [], queue: undefined, span };
    else if (fact.use === 'service') yield { kind: 'subscribe', pieces: ['$SRV.PING'], queue: undefined, span };
    else if (fact.use === 'endpoint') yield* this.#endpoint(index, open);
    else {
      const subjects = fact.all ? program.parts(open).flatMap(part => this.#elements(part)) : this.#subject(open, fact);
      yield* this.#uses(onJetStream(fact.use, object), subjects, this.#queue(open, fact));
    }
  }

  /** `func publish(` and `def publish(` only look like calls. */
  #isDeclaration(index: number): boolean {
    return /^(?:func|fn|def|function|async|void)$/.test(this.#program.token(index - 1).text);
  }

  /** What the call is made on, if it is one of NATS. */
  #objectFor(index: number, fact: CallFact): ClientObject | undefined {
    const program = this.#program;
    const receiver = program.receiver(index);
    if (fact.bare) return receiver === undefined && program.token(index - 1).text === 'new' ? 'connection' : undefined;
    if (receiver === undefined) return undefined;
    if (fact.on) {
      const name = program.is(receiver, ')') ? program.match(receiver) - 1 : receiver;
      return fact.on.includes(program.token(name).text) ? 'connection' : undefined;
    }
    if (fact.chain !== undefined) return this.#isInChain(index, fact.chain, fact.unless) ? 'connection' : undefined;
    if (fact.use === 'respond' || fact.use === 'service' || fact.use === 'endpoint') return 'connection';
    const object = objectAt(program, this.#objects, index, this.#strict);
    return object === 'service' || object === 'group' ? undefined : object;
  }

  /** Whether the chain of calls around the method begins with a name, and does not hold another. */
  #isInChain(index: number, head: string, unless: string | undefined): boolean {
    const program = this.#program;
    const start = program.chainStart(index);
    if (!program.token(start).text.endsWith(head)) return false;
    const { to } = program.valueAt(start);
    for (let i = start; i < to; i++) if (program.isDot(i) && program.token(i + 1).text === unless) return false;
    return true;
  }

  #subject(open: number, fact: CallFact): readonly Value[] {
    const program = this.#program;
    const parts = program.parts(open);
    const named = parts.find(part => fact.names.includes(this.#label(part) ?? ''));
    if (named) return this.#elements({ from: named.from + 2, to: named.to });
    const [first] = parts;
    const context = first !== undefined && /^(?:ctx|context|cancellationToken)$|Ctx$|Context$/.test(program.token(first.from).text) ? 1 : 0;
    const part = parts.filter(one => this.#label(one) === undefined)[fact.argument + context];
    return part ? this.#elements(part) : [];
  }

  /** Name of a named argument. */
  #label({ from }: TokenRange): string | undefined {
    const { kind, text } = this.#program.token(from);
    return kind === 'name' && this.#program.is(from + 1, ':', '=') ? text : undefined;
  }

  #queue(open: number, fact: CallFact): string | null | undefined {
    const program = this.#program;
    const end = program.match(open);
    let range: TokenRange | undefined;
    for (let i = open + 1; i < end; i++) {
      if (fact.queueNames.includes(program.token(i).text) && program.is(i + 1, ':', '=')) range = program.valueAt(i + 2);
    }
    range ??= fact.queue === undefined ? undefined : program.parts(open).filter(part => this.#label(part) === undefined)[fact.queue];
    if (!range) return undefined;
    const [name, ...rest] = stringValue(program, range).pieces;
    return typeof name === 'string' && rest.length === 0 ? name : null;
  }

  /** The elements of a list (`[]string{"a"}`, `vec!["a"]`, `new[] {"a"}`, `List.of("a")`), or the value itself. */
  #elements(range: TokenRange): readonly Value[] {
    const program = this.#program;
    const last = range.to - 1;
    const open = program.match(last);
    const before = program.token(open - 1).text;
    const isList =
      open > range.from - 1 &&
      open < last &&
      (program.is(open, '{') ||
        (program.is(open, '[') && (open === range.from || before === '!')) ||
        /^(?:of|asList|List|Array)$/.test(before));
    return isList ? program.parts(open).map(part => stringValue(program, part)) : [stringValue(program, range)];
  }

  *#uses(use: CallFact['use'] | UseKind, values: readonly Value[], queue: string | null | undefined): Generator<SubjectUse> {
    for (const { pieces, span } of values) yield { kind: use as UseKind, pieces, queue, span };
  }

  #noteGroup(index: number): void {
    const name = assignedName(this.#program, index);
    const prefix = name === undefined ? undefined : this.#groupPrefix(index);
    if (name !== undefined && prefix) this.#groups.set(name, prefix);
  }

  /** Subject in front of the endpoints of the group that the call at `index` makes, with a dot; undefined where it cannot be known. */
  #groupPrefix(index: number): readonly Piece[] | undefined {
    const program = this.#program;
    const outer = this.#prefixOf(index);
    const open = program.callAt(index);
    const [part] = open === undefined ? [] : program.parts(open);
    if (!outer || !part) return undefined;
    const value = this.#label(part) === undefined ? part : { from: part.from + 2, to: part.to };
    return [...outer, ...stringValue(program, value).pieces, '.'];
  }

  /** What stands in front of the subject of an endpoint or group that is added at `index`. */
  #prefixOf(index: number): readonly Piece[] | undefined {
    const program = this.#program;
    const receiver = program.receiver(index);
    if (receiver === undefined) return undefined;
    if (program.is(receiver, ')')) {
      const call = program.match(receiver) - 1;
      const made = madeBy(program, call);
      return made === 'group' ? this.#groupPrefix(call) : made === 'service' ? [] : undefined;
    }
    const { text } = program.token(receiver);
    return this.#groups.get(text) ?? (this.#objects.get(text) === 'service' ? [] : undefined);
  }

  *#endpoint(index: number, open: number): Generator<SubjectUse> {
    const prefix = this.#prefixOf(index);
    const value = prefix && this.#endpointSubject(open);
    if (!value) return;
    const pieces = joinedPieces([...prefix, ...value.pieces]);
    yield { kind: 'subscribe', pieces, queue: null, span: value.span };
  }

  /** The subject of an endpoint, or its name where it has none of its own. */
  #endpointSubject(open: number): Value | undefined {
    const program = this.#program;
    const end = program.match(open);
    const field = (pattern: RegExp) => {
      for (let i = open + 1; i < end; i++) {
        if (!pattern.test(program.token(i).text)) continue;
        if (program.is(i + 1, ':', '=')) return program.valueAt(i + 2);
        const call = program.callAt(i);
        if (call !== undefined) return program.parts(call)[0];
      }
      return undefined;
    };
    const parts = program.parts(open);
    const range =
      field(/^(?:subject|Subject|WithEndpointSubject)$/) ??
      parts.find(({ from }) => program.token(from).kind === 'string') ??
      field(/^name$/) ??
      parts[0];
    return range && stringValue(program, range);
  }
}

/** A subscription of JetStream reads a stream through an inbox, and what is published there is answered by it. */
function onJetStream(use: CallFact['use'], object: ClientObject): UseKind {
  if (object !== 'jetstream') return use as UseKind;
  return use === 'publish' ? 'jetstream-publish' : use === 'subscribe' ? 'filter' : (use as UseKind);
}
