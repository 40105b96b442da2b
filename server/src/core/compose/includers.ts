// A file that others include is started with them: their `.env` and their folder count, and what it would be by itself does not.
import type { BuildContext } from '../language.ts';
import type { ComposeModel, EvaluatedChain } from './index.ts';
import type { Project } from './project.ts';

/** The projects that a file takes part in, the likeliest first: those that include it, and its own unless they take all of it in. */
export function projectsAround(
  { file, projects }: ComposeModel,
  { includers }: Pick<BuildContext, 'includers'>,
): readonly EvaluatedChain[] {
  const wholes = ((includers ?? []) as readonly ComposeModel[]).flatMap(whole =>
    whole.projects.filter(({ project }) => project.included.has(file.id)),
  );
  return [...wholes, ...projects.filter(({ project }) => !wholes.some(whole => takesIn(whole.project, project)))];
}

/** Whether all files of a project are included by another one, so that it is a part of that. */
export function takesIn(whole: Project, part: Project): boolean {
  const holds = (outer: Project, inner: Project) => inner.files.every(file => outer.included.has(file));
  return holds(whole, part) && !holds(part, whole);
}
