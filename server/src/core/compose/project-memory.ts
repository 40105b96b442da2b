// What the evaluation of a project takes over from the one before: services that are written the same and see the same variables and
// files are not read, merged and resolved again.
import type { Definitions } from '../environment/variables.ts';
import type { SourceFile } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { checkVariables, type ReadContext, readService, type ServiceDefinition } from './service.ts';
import { type Field, type Node, scalarsOf } from './yaml-tree.ts';

/** A service with the places that define it, base first. */
export interface Merged {
  readonly definition: ServiceDefinition;
  readonly places: readonly Place[];
}

/** What was computed from a value in a context, with what was complained about on the way. */
interface Known<Result> {
  readonly file: FileId;
  readonly directory: FileId;
  readonly definitions: Definitions;
  readonly malformed: readonly Place[];
  readonly result: Result;
}

export class ProjectMemory {
  #definitions: Definitions = new Map();
  readonly #services = new WeakMap<Field, Known<Merged>>();
  readonly #parts = new WeakMap<Node, Known<undefined>>();

  /** The variables themselves, or those of the last time if they are the same: whoever asks compares them by identity. */
  definitions(now: Definitions): Definitions {
    if (!areSame(this.#definitions, now)) this.#definitions = now;
    return this.#definitions;
  }

  /** A service as one file defines it. */
  service(field: Field, context: ReadContext): Merged {
    return recall(this.#services, field, context, readDefinition);
  }

  /** Compose substitutes every value of a file, fragments included, and refuses the file for one that it cannot read. */
  checkVariables(part: Node, context: ReadContext): void {
    recall(this.#parts, part, context, readVariables);
  }
}

function readDefinition(field: Field, context: ReadContext): Merged {
  return { definition: readService(field, context), places: [{ file: context.file, span: field.keySpan }] };
}

function readVariables(part: Node, context: ReadContext): undefined {
  for (const scalar of scalarsOf(part)) checkVariables(scalar, context);
}

function recall<Key extends object, Result>(
  known: WeakMap<Key, Known<Result>>,
  key: Key,
  context: ReadContext,
  compute: (key: Key, context: ReadContext) => Result,
): Result {
  const { file, directory, definitions } = context;
  let found = known.get(key);
  if (!found || found.definitions !== definitions || found.file !== file || found.directory !== directory) {
    const malformed: Place[] = [];
    found = { file, directory, definitions, malformed, result: compute(key, { ...context, malformed: place => malformed.push(place) }) };
    known.set(key, found);
  }
  for (const place of found.malformed) context.malformed(place);
  return found.result;
}

function areSame(a: Definitions, b: Definitions): boolean {
  if (a.size !== b.size) return false;
  for (const [name, { value, place }] of b) {
    const other = a.get(name);
    if (!other || other.value !== value || other.place?.statement !== place?.statement || other.place?.file !== place?.file) return false;
  }
  return true;
}

const memories = new WeakMap<object, Map<string, ProjectMemory>>();

/** The memory of the project that these files make; it lives as long as the first of them is edited. */
export function memoryOf(files: readonly FileId[], first: SourceFile | 'absent' | 'unknown'): ProjectMemory {
  const lineage = typeof first === 'string' ? undefined : first.lineage;
  if (!lineage) return new ProjectMemory();
  const known = memories.get(lineage) ?? new Map<string, ProjectMemory>();
  memories.set(lineage, known);
  const key = files.join('\n');
  const memory = known.get(key) ?? new ProjectMemory();
  known.set(key, memory);
  return memory;
}
