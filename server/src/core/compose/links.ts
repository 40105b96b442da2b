// What leads from a Compose file to other files: environment files, extended and included files, files of secrets and configs.
import type { BuildContext, Link } from '../language.ts';
import { directoryOf, type FileId, nameOf } from '../text/file-id.ts';
import type { ComposeModel } from './index.ts';
import { localFile } from './local-file.ts';
import { sectionOf } from './model.ts';
import { readText } from './service.ts';
import { fieldOf, fieldsOf, type Node, type Scalar } from './yaml-tree.ts';

/** In the order of the text. A file that is known not to be there is no link. */
export function linksOf({ file, projects }: ComposeModel, context: BuildContext): readonly Link[] {
  const definitions = projects[0]?.project.definitions ?? new Map();
  const reading = { file: file.id, definitions, directory: directoryOf(file.id), malformed: () => undefined };
  const links = new Map<number, Link>();
  for (const document of file.documents) {
    for (const scalar of [...pathsOf(document.services), ...includesOf(document.root), ...namedFilesOf(document)]) {
      const target = localFile(reading.directory, readText(scalar, [], reading).text);
      // What comes through an alias stands elsewhere in the text, and is a link there.
      if (target === undefined || links.has(scalar.span.start) || context.read(target) === 'absent') continue;
      links.set(scalar.span.start, linkTo(target, scalar));
    }
  }
  return [...links.values()].sort((a, b) => a.span.start - b.span.start);
}

function linkTo(target: FileId, { textSpan, span }: Scalar): Link {
  return { span: textSpan ?? span, target: { file: target }, tooltip: `Open ${nameOf(target)}` };
}

function* pathsOf(services: ReadonlyMap<string, { readonly value: Node }>): Iterable<Scalar> {
  for (const { value: service } of services.values()) {
    yield* pathsIn(fieldOf(service, 'env_file')?.value, 'path');
    const base = fieldOf(service, 'extends')?.value;
    if (base?.kind === 'mapping') yield* pathsIn(fieldOf(base, 'file')?.value);
  }
}

function* includesOf(root: Node): Iterable<Scalar> {
  yield* includePathsOf(root);
  for (const value of includeEntries(root)) yield* pathsIn(fieldOf(value, 'env_file')?.value);
}

/** Paths of the Compose files that a document includes. */
export function* includePathsOf(root: Node): Iterable<Scalar> {
  for (const value of includeEntries(root)) yield* pathsIn(value, 'path');
}

function includeEntries(root: Node): readonly Node[] {
  const include = fieldOf(root, 'include')?.value;
  return include?.kind === 'sequence' ? include.items.map(({ value }) => value) : [];
}

function* namedFilesOf(document: Parameters<typeof sectionOf>[0]): Iterable<Scalar> {
  for (const section of ['secrets', 'configs']) {
    for (const { value } of sectionOf(document, section).values()) yield* pathsIn(fieldOf(value, 'file')?.value);
  }
}

/** A path, a list of paths, or a map with one under `key`. */
function* pathsIn(node: Node | undefined, key?: string): Iterable<Scalar> {
  if (node?.kind === 'scalar' && node.type !== 'null') yield node;
  if (node?.kind === 'sequence') for (const { value } of node.items) yield* pathsIn(value, key);
  if (node?.kind === 'mapping' && key !== undefined) yield* pathsIn(fieldsOf(node).get(key)?.value);
}
