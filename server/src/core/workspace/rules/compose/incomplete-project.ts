// A project that refers to what nobody defines is refused as a whole, however right each of its files is.
import { type Gap, gapsOf } from '../../../compose/gaps.ts';
import type { ComposeModel } from '../../../compose/index.ts';
import { sectionOf } from '../../../compose/model.ts';
import type { Section } from '../../../compose/needs.ts';
import { type Project, textIn } from '../../../compose/project.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineRule } from '../../../lint/rule.ts';
import { directoryOf, type FileId, nameOf } from '../../../text/file-id.ts';
import { grouped } from '../../../text/group.ts';
import { PlaceSet } from '../../../text/place-set.ts';
import { remember } from '../../../text/remember.ts';
import { composeProjects, type JudgedProject } from '../../compose-projects.ts';
import { Neighbourhood } from '../../neighbourhood.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'compose/incomplete-project',
  severity: 'error',
  since: '0.1.0',
  *check(view) {
    const certain = composeProjects(view).filter(isCertain);
    const others = new Elsewhere(certain, view);
    const told = new PlaceSet();
    for (const { project } of certain) {
      for (const gap of gapsOf(project)) {
        const { place, message, advice, near } = gap;
        if (told.has(place) || others.fill(gap)) continue;
        told.add(place);
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
function isCertain({ why, project }: JudgedProject): boolean {
  // What a development container is put together from stands in its `devcontainer.json`.
  if (nameOf(project.directory) === '.devcontainer') return false;
  return why === 'default' || why === 'named';
}

/** Other sets of files and other files, which may have what is missing in one. */
class Elsewhere {
  readonly #certain: readonly JudgedProject[];
  readonly #view: WorkspaceView;
  /** Sets by each of their files. */
  #projects: ReadonlyMap<FileId, readonly { readonly project: Project }[]> | undefined;
  #files: Neighbourhood<{ readonly file: FileId; readonly summary: ComposeModel }> | undefined;

  constructor(certain: readonly JudgedProject[], view: WorkspaceView) {
    this.#certain = certain;
    this.#view = view;
  }

  /**
   * Whether another set with the file has what is missing, or a file that is related to it speaks of the same thing: then the files may be
   * put together by a command that stands nowhere here.
   */
  fill(gap: Gap): boolean {
    const { file } = gap.place;
    const projects = this.#projectsOf(file);
    if (projects.some(project => !placesOf(project).has(gap.place))) return true;
    const own = new Set(projects.flatMap(project => project.files));
    this.#files ??= new Neighbourhood(summariesOf<ComposeModel>(this.#view, 'compose'));
    for (const { file: other, summary } of this.#files.of(directoryOf(file))) if (!own.has(other) && speaksOf(summary, gap)) return true;
    return false;
  }

  #projectsOf(file: FileId): readonly Project[] {
    const placed = () => this.#certain.flatMap(({ project }) => [...new Set(project.files)].map(file => ({ file, project })));
    this.#projects ??= grouped(placed(), ({ file }) => file);
    return (this.#projects.get(file) ?? []).map(({ project }) => project);
  }
}

/** Where a project has gaps. */
const placesOf = remember((project: Project): PlaceSet => {
  const places = new PlaceSet();
  for (const { place } of gapsOf(project)) places.add(place);
  return places;
});

function speaksOf(model: ComposeModel, { section, name }: Gap): boolean {
  return (
    model.file.documents.some(document => sectionOf(document, section).has(name)) || neededNames(model).get(section)?.has(name) === true
  );
}

/** Names that services of the projects of a file refer to, by section. */
const neededNames = remember(({ projects }: ComposeModel): ReadonlyMap<Section, ReadonlySet<string>> => {
  const names = new Map<Section, Set<string>>();
  for (const { project } of projects) {
    for (const { definition } of project.services.values()) {
      for (const { section, name } of definition.needs.values()) names.set(section, (names.get(section) ?? new Set()).add(name));
    }
  }
  return names;
});

/** Writes the other name and leaves what stands around it, quotes for instance. */
function replacement({ place, name }: Gap, near: string, project: Project): Fix {
  const edits = () => {
    const newText = textIn(project, place.file).slice(place.span.start, place.span.end).replace(name, near);
    return [{ file: place.file, span: place.span, newText }];
  };
  return { title: `Write ${near}`, safety: 'unsafe', edits };
}
