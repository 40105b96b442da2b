// One Compose file by itself: its tree, what Compose refuses about it, and the command lines that its comments recommend.
import { interpolate } from '../environment/interpolate.ts';
import type { SourceFile } from '../language.ts';
import { finish } from '../lint/steps.ts';
import { Absence } from '../text/absence.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { spanInside } from '../text/moving-span.ts';
import type { Span } from '../text/span.ts';
import { isBaseName } from './file-names.ts';
import { checkShapes } from './shapes.ts';
import { type PartedTree, parseInOnePart, parseTreeInSteps } from './tree.ts';
import { type Field, fieldsOf, type Mapping, type Node, partsOf, type Scalar, scalarsOf, type TreeProblem } from './yaml-tree.ts';

export interface ComposeFile {
  readonly id: FileId;
  readonly text: string;
  /** One for each YAML document that holds something. Compose merges them in order. */
  readonly documents: readonly ComposeDocument[];
  /** What makes Compose refuse the file, in order of place. */
  readonly problems: readonly ComposeProblem[];
  /** `docker compose -f a -f b` in comments: the files of each, as written. */
  readonly commands: readonly (readonly string[])[];
  readonly tree: PartedTree;
}

export interface ComposeDocument {
  readonly root: Mapping;
  readonly services: ReadonlyMap<string, Field>;
}

export interface ComposeProblem extends TreeProblem {
  /** What to do about it: a sentence. */
  readonly advice?: string;
  /** Text that would be right in place of the span. */
  readonly instead?: string;
  /** The variable whose default it is: when it is set, nothing is wrong. */
  readonly unless?: string;
}

const files = new WeakMap<SourceFile, ComposeFile>();
/** The version of each file that was parsed last. */
const latest = new WeakMap<object, SourceFile>();

/**
 * Parses a file; the same `SourceFile` object is parsed once. Of an earlier version of the same file, what has not changed is taken over,
 * so what was made of that version must not be used any more.
 */
export function parseComposeFile(source: SourceFile): ComposeFile {
  return finish(parseComposeFileInSteps(source));
}

/** The same, one service at a step. */
export function* parseComposeFileInSteps(source: SourceFile): Generator<void, ComposeFile> {
  const before = source.lineage && latest.get(source.lineage);
  const steps = parse(source, before && files.get(before));
  for (;;) {
    // Somebody may have needed it at once meanwhile; then what was not changed has moved already.
    const known = files.get(source);
    if (known) return known;
    const { done, value: file } = steps.next();
    if (!done) {
      yield;
      continue;
    }
    if (before) files.delete(before);
    if (source.lineage) latest.set(source.lineage, source);
    files.set(source, file);
    return file;
  }
}

function* parse(source: SourceFile, before: ComposeFile | undefined): Generator<void, ComposeFile> {
  const { id, text } = source;
  const tree = source.lineage ? yield* parseTreeInSteps(text, before?.tree) : parseInOnePart(text);
  const { roots, problems: syntax, broken } = tree;
  const problems: ComposeProblem[] = firstOfEachLine(syntax, text);
  const documents: ComposeDocument[] = [];
  for (const root of roots) {
    if (root === undefined) continue;
    for (const part of partsOf(root)) {
      problems.push(...malformedIn(part));
      // Once parts of an earlier version have moved, the rest has to follow at once.
      if (!before) yield;
    }
    if (root.kind === 'scalar' && root.type === 'null') problems.push(emptyDocument(text, root.span.start));
    else if (!broken) {
      const shapes = checkShapes(root, id, documents.length === 0);
      problems.push(...(before ? finish(shapes) : yield* shapes));
    }
    if (root.kind === 'mapping') documents.push({ root, services: servicesOf(root) });
  }
  // Without a file below it, an empty one is all there is.
  if (roots.length === 0 && isBaseName(nameOf(id)))
    problems.push({
      span: firstLine(text),
      message: 'Nothing is defined in this file',
      advice: 'Write at least one service below `services`.',
    });
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { id, text, documents, problems, commands: commandsIn(source), tree };
}

function firstLine(text: string): Span {
  const end = text.indexOf('\n');
  return { start: 0, end: end < 0 ? text.length : end };
}

/** A `---` with nothing below it. */
function emptyDocument(text: string, end: number): ComposeProblem {
  const start = Math.max(0, text.lastIndexOf('---', end));
  return { span: { start, end: Math.max(start, end) }, message: 'Nothing stands below this line', advice: 'Take its `---` away.' };
}

const malformed = new WeakMap<Node, readonly ComposeProblem[]>();

function malformedIn(part: Node): readonly ComposeProblem[] {
  let problems = malformed.get(part);
  if (!problems) {
    problems = [...scalarsOf(part)].flatMap(checkInterpolation);
    malformed.set(part, problems);
  }
  return problems;
}

function servicesOf(root: Mapping): ReadonlyMap<string, Field> {
  const services = fieldsOf(root).get('services')?.value;
  return services?.kind === 'mapping' ? fieldsOf(services) : new Map();
}

/** A parser that has lost its way complains often about one line; the first complaint is the one to mend. */
function firstOfEachLine(problems: readonly TreeProblem[], text: string): ComposeProblem[] {
  const kept: ComposeProblem[] = [];
  let lineEnd = -1;
  for (const problem of [...problems].sort((a, b) => a.span.start - b.span.start)) {
    if (problem.span.start <= lineEnd) continue;
    kept.push(problem);
    const lineFeed = text.indexOf('\n', problem.span.start);
    lineEnd = lineFeed < 0 ? text.length : lineFeed;
  }
  return kept;
}

export const malformedVariable = {
  message: 'This is no `${VARIABLE}` that Compose can read',
  advice: 'Write `${NAME}`, `${NAME:-default}` or `${NAME:?message}`, or `$$` for a dollar sign that is meant as one.',
};

function checkInterpolation(scalar: Scalar): ComposeProblem[] {
  if (scalar.type !== 'string' || !scalar.text.includes('${')) return [];
  // What stands in a default counts only when it is needed, which the project knows; here, what is wrong either way.
  const { malformed: place } = interpolate(scalar.text, () => undefined);
  if (!place || !interpolate(scalar.text, () => 'set').malformed) return [];
  return [{ span: spanWithin(scalar, place), ...malformedVariable }];
}

/** Place in the file of a part of a scalar's text; the whole scalar where quoting or folding moved its characters. */
export function spanWithin(scalar: Scalar, part: Span): Span {
  return scalar.textSpan ? spanInside(scalar.textSpan, part.start, part.end) : scalar.span;
}

/** The field of a service, a secret … by its name; undefined where the section is no map. */
export function sectionOf(document: ComposeDocument, section: string): ReadonlyMap<string, Field> {
  const node: Node | undefined = fieldsOf(document.root).get(section)?.value;
  return node?.kind === 'mapping' ? fieldsOf(node) : new Map();
}

const command = /docker[ -]compose((?:[ \t]+(?:-[-\w]+(?:[= ][^\s-][^\s]*)?))*)/g;
const fileOption = /(?:^|\s)(?:-f|--file)[= ]\s*(\S+)/g;

const absentOptions = new Absence(text => text.includes('-f ') || text.includes('--file'), '--file'.length);

/** Lists of files in `docker compose -f a -f b` where a comment recommends it. */
function commandsIn(source: SourceFile): readonly (readonly string[])[] {
  const found: string[][] = [];
  if (absentOptions.isIn(source)) return found;
  const { text } = source;
  for (const line of text.split('\n')) {
    const hash = line.indexOf('#');
    if (hash < 0) continue;
    for (const match of line.slice(hash).matchAll(command)) {
      const names = [...(match[1] as string).matchAll(fileOption)].map(option => (option[1] as string).replace(/[`'",;)]+$/, ''));
      if (names.length > 0) found.push(names);
    }
  }
  return found;
}
