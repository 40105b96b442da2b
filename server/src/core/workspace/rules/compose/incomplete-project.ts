// A project that refers to what nobody defines is refused as a whole, however right each of its files is.
import { type Gap, gapsOf } from '../../../compose/gaps.ts';
import type { ComposeModel } from '../../../compose/index.ts';
import { sectionOf } from '../../../compose/model.ts';
import { type Project, textIn } from '../../../compose/project.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineRule } from '../../../lint/rule.ts';
import { directoryOf, type FileId } from '../../../text/file-id.ts';
import { samePlace } from '../../../text/place.ts';
import { composeProjects, type JudgedProject } from '../../compose-projects.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'compose/incomplete-project',
  severity: 'error',
  since: '0.1.0',
  *check(view) {
    const certain = composeProjects(view).filter(isCertain);
    const told: Gap[] = [];
    for (const { project } of certain) {
      for (const gap of gapsOf(project)) {
        const { place, message, advice, near } = gap;
        if (told.some(other => samePlace(other.place, place)) || isFilledElsewhere(gap, certain, view)) continue;
        told.push(gap);
        yield {
          ...place,
          message: `${message}, so Compose refuses the project. ${advice}`,
          ...(near ? { fix: replacement(gap, near, project) } : {}),
        };
      }
    }
  },
});

/** Whether it is known to be all that Compose reads: what it takes by itself, or a set that somebody names. */
function isCertain({ why }: JudgedProject): boolean {
  return why === 'default' || why === 'named';
}

/**
 * Whether another set with the file has what is missing, or a file in a folder above, below or beside speaks of the same thing: then the
 * files may be put together by a command that stands nowhere here.
 */
function isFilledElsewhere(gap: Gap, certain: readonly JudgedProject[], view: WorkspaceView): boolean {
  const { file } = gap.place;
  for (const { project } of certain) {
    if (project.files.includes(file) && !gapsOf(project).some(({ place }) => samePlace(place, gap.place))) return true;
  }
  const own = new Set(certain.filter(({ project }) => project.files.includes(file)).flatMap(({ project }) => project.files));
  return summariesOf<ComposeModel>(view, 'compose').some(
    ({ file: other, summary }) => !own.has(other) && isRelated(directoryOf(file), directoryOf(other)) && speaksOf(summary, gap),
  );
}

function isRelated(one: FileId, other: FileId): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function speaksOf({ file, projects }: ComposeModel, { section, name }: Gap): boolean {
  if (file.documents.some(document => sectionOf(document, section).has(name))) return true;
  return projects.some(({ project }) =>
    [...project.services.values()].some(({ definition }) =>
      [...definition.needs.values()].some(need => need.section === section && need.name === name),
    ),
  );
}

/** Writes the other name and leaves what stands around it, quotes for instance. */
function replacement({ place, name }: Gap, near: string, project: Project): Fix {
  const edits = () => {
    const newText = textIn(project, place.file).slice(place.span.start, place.span.end).replace(name, near);
    return [{ file: place.file, span: place.span, newText }];
  };
  return { title: `Write ${near}`, safety: 'unsafe', edits };
}
