// What the Compose files beside ask of an environment file: variables that nobody sets yet, and those of the product that reads the file.
import { productsOf } from '../compose/image.ts';
import { envFileOf, envFormatOf, type Project } from '../compose/project.ts';
import { describeVariable } from '../environment/constraints.ts';
import { lineCaretAt } from '../environment/line-caret.ts';
import { proposeNames } from '../environment/proposals.ts';
import type { Completion } from '../language.ts';
import { type FileId, joinPath } from '../text/file-id.ts';
import { enumerated } from '../text/prose.ts';
import { everyComposeProject } from './compose-projects.ts';
import type { WorkspaceView } from './view.ts';

interface Wanted {
  readonly name: string;
  readonly detail: string;
  readonly documentation: string;
}

export function dotenvCompletions(view: WorkspaceView, file: FileId, offset: number): readonly Completion[] {
  for (const { project } of everyComposeProject(view)) {
    const source = project.reads.get(file);
    const format = envFormatOf(project, file);
    if (source === undefined || typeof source === 'string' || !format) continue;
    const caret = lineCaretAt(source.text, offset);
    if (caret?.kind !== 'name') return [];
    const set = new Set(envFileOf(source, format).statements.map(({ name }) => name));
    // The name that is being written does not stand in its own way.
    set.delete(caret.name);
    const wanted = file === project.dotenv.id ? unset(project, view) : ofReaders(project, file, view);
    return wanted
      .filter(({ name }) => !set.has(name))
      .map(({ name, detail, documentation }) => ({
        ...{ label: name, kind: 'variable' as const, detail, documentation, span: caret.word },
        insertText: caret.separated ? name : `${name}=`,
      }));
  }
  return [];
}

/** Variables in `${…}` without a value, the most wanted first. */
function unset({ services }: Project, { settings }: WorkspaceView): readonly Wanted[] {
  const takers = new Map<string, Set<string>>();
  for (const service of services.values()) {
    for (const { uses } of service.environment.values()) {
      for (const { name, definition } of uses) {
        if (definition === undefined) takers.set(name, (takers.get(name) ?? new Set()).add(service.name));
      }
    }
  }
  return [...takers]
    .sort(([, a], [, b]) => b.size - a.size)
    .map(([name, names]) => ({
      name,
      detail: `asked for by ${enumerated([...names].slice(0, 3))}${names.size > 3 ? ' …' : ''}`,
      documentation: describeVariable(name, settings)?.sentences.join('\n\n') ?? '',
    }));
}

/** Variables of the products whose containers read the file. */
function ofReaders({ services }: Project, file: FileId, { settings }: WorkspaceView): readonly Wanted[] {
  const readers = [...services.values()].filter(({ definition }) =>
    definition.envFiles?.some(({ directory, path }) => joinPath(directory, path.text) === file),
  );
  const products = new Set(readers.flatMap(productsOf));
  const isSet = (name: string) => readers.some(({ environment }) => environment.get(name)?.form !== 'env-file' && environment.has(name));
  return products.size === 0 ? [] : proposeNames(products, isSet, settings);
}
