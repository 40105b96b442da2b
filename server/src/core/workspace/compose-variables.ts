// The variables of Compose projects: set in `.env`, used as `${NAME}` in every file of the project, and passed on by name.
import { type ComposeFile, parseComposeFile } from '../compose/model.ts';
import { envFileFormats, envFileOf, evaluateProject, type Project } from '../compose/project.ts';
import { passedVariables, referencesIn, variableReferences } from '../compose/variable-references.ts';
import type { EnvStatement } from '../environment/env-file.ts';
import type { Name, Renaming, SourceFile } from '../language.ts';
import { applyEdits, type Edit } from '../text/edit.ts';
import { directoryOf, type FileId, joinPath } from '../text/file-id.ts';
import type { Place } from '../text/place.ts';
import { everyComposeProject } from './compose-projects.ts';
import type { WorkspaceView } from './view.ts';

/** Projects that one `.env` feeds, which are projects of the same folder. */
interface Family {
  readonly dotenv: FileId;
  readonly projects: Project[];
}

/** A variable while its places are collected. */
interface Draft {
  readonly name: string;
  readonly definitions: Place[];
  /** In files that the container reads: what was meant, where `.env` says nothing. */
  readonly meant: Place[];
  readonly references: Place[];
  /** Edits that keep a container's variable under its name while the project's gets another. */
  readonly passed: { readonly place: Place; readonly write: (newName: string) => Edit }[];
}

const known = new WeakMap<WorkspaceView, readonly Name[]>();

/** Every variable of every project. */
export function composeVariableNames(view: WorkspaceView): readonly Name[] {
  let names = known.get(view);
  if (!names) {
    const families = new Map<FileId, Family>();
    for (const { project } of everyComposeProject(view)) {
      const { id } = project.dotenv;
      const family = families.get(id) ?? { dotenv: id, projects: [] };
      families.set(id, family);
      family.projects.push(project);
    }
    names = [...families.values()].flatMap(namesOfFamily);
    known.set(view, names);
  }
  return names;
}

function namesOfFamily(family: Family): readonly Name[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const draft = drafts.get(name) ?? { name, definitions: [], meant: [], references: [], passed: [] };
    drafts.set(name, draft);
    return draft;
  };
  const sources = sourcesOf(family);
  const dotenv = sources.get(family.dotenv);
  if (dotenv) for (const statement of envFileOf(dotenv).statements) addStatement(statement, family.dotenv, draftOf, 'definitions');
  const own = new Set(drafts.keys());
  for (const [id, source] of sources) {
    if (id === family.dotenv) continue;
    const file = composeFileOf(source, family);
    if (file) addFile(file, innerNames(file.id, family, sources), own, draftOf);
  }
  for (const [id, format] of new Map(family.projects.flatMap(project => [...envFileFormats(project)]))) {
    const source = sources.get(id);
    if (!source || id === family.dotenv) continue;
    for (const statement of envFileOf(source, format).statements) {
      if (drafts.has(statement.name) && !own.has(statement.name)) addStatement(statement, id, draftOf, 'meant');
      else if (format === 'env') addReferences(statement, id, draftOf);
    }
  }
  return [...drafts.values()].flatMap(draft => nameOf(draft, family, sources, drafts));
}

/** Texts of all files of a family. */
function sourcesOf({ projects }: Family): ReadonlyMap<FileId, SourceFile> {
  const sources = new Map<FileId, SourceFile>();
  for (const { reads } of projects) for (const [id, source] of reads) if (typeof source !== 'string') sources.set(id, source);
  return sources;
}

/** A Compose file of the project; other files that it reads, such as a broker's configuration, are none. */
function composeFileOf(source: SourceFile, { projects }: Family): ComposeFile | undefined {
  const isOne = projects.some(({ files }) => files.includes(source.id)) || /\.(?:ya?ml|json)$/i.test(source.id);
  return isOne ? parseComposeFile(source) : undefined;
}

/** Names that an included folder's own `.env` sets. */
function innerNames(file: FileId, { dotenv }: Family, sources: ReadonlyMap<FileId, SourceFile>): ReadonlySet<string> {
  const beside = joinPath(directoryOf(file), '.env');
  const source = beside === dotenv ? undefined : sources.get(beside);
  return new Set(source ? envFileOf(source).statements.map(({ name }) => name) : []);
}

function addFile(file: ComposeFile, inner: ReadonlySet<string>, own: ReadonlySet<string>, draftOf: (name: string) => Draft): void {
  const isOurs = (name: string) => own.has(name) || !inner.has(name);
  for (const { name, span } of variableReferences(file)) if (isOurs(name)) draftOf(name).references.push({ file: file.id, span });
  for (const { name, span, assignment } of passedVariables(file)) {
    // Without a definition it is a variable of the shell that is passed on, which is no name of ours.
    if (!own.has(name)) continue;
    const write = (newName: string): Edit => ({
      file: file.id,
      span: assignment.span,
      newText: `${assignment.before}\${${newName}}`,
    });
    draftOf(name).passed.push({ place: { file: file.id, span }, write });
  }
}

function addStatement(statement: EnvStatement, file: FileId, draftOf: (name: string) => Draft, as: 'definitions' | 'meant'): void {
  // The last one counts.
  if (statement.name !== '') draftOf(statement.name)[as].unshift({ file, span: statement.nameSpan });
  addReferences(statement, file, draftOf);
}

function addReferences({ raw, rawStart, quote }: EnvStatement, file: FileId, draftOf: (name: string) => Draft): void {
  if (raw === undefined || rawStart === undefined || quote === "'") return;
  for (const { name, start } of referencesIn(raw)) {
    draftOf(name).references.push({ file, span: { start: rawStart + start, end: rawStart + start + name.length } });
  }
}

function nameOf(
  { name, definitions, meant, references, passed }: Draft,
  family: Family,
  sources: ReadonlyMap<FileId, SourceFile>,
  drafts: ReadonlyMap<string, Draft>,
): readonly Name[] {
  const all = [...references, ...passed.map(({ place }) => place)];
  const places = { kind: 'variable' as const, name, definitions: definitions.length > 0 ? definitions : meant, references: all };
  // One that the container reads from a file has its name from the program, and one of the shell is set elsewhere.
  if (definitions.length === 0) return all.length > 0 ? [places] : [];
  const rename = (newName: string): Renaming => {
    const problem = objection(name, newName, drafts);
    if (problem !== undefined) return { problem };
    if (newName === name) return { edits: [] };
    const edits = [
      ...[...definitions, ...references].map(({ file, span }) => ({ file, span, newText: newName })),
      ...passed.map(({ write }) => write(newName)),
    ];
    return family.projects.every(project => isSame(project, edits, sources))
      ? { edits }
      : { problem: 'With that name a container would get other values than now, so it is not given.' };
  };
  return [{ ...places, rename }];
}

function objection(name: string, newName: string, drafts: ReadonlyMap<string, Draft>): string | undefined {
  if (!/^[_a-z][_a-z0-9]*$/i.test(newName)) return 'The name of a variable has letters, digits and `_`, and does not begin with a digit.';
  if (/^(?:COMPOSE|DOCKER)_/.test(name) || /^(?:COMPOSE|DOCKER)_/.test(newName)) {
    return 'Docker Compose reads variables that begin with `COMPOSE_` or `DOCKER_` itself, so such a name is neither given nor taken away.';
  }
  return newName !== name && drafts.has(newName) ? `There is a \`${newName}\` already, or something that refers to one.` : undefined;
}

/** Whether every container of a project gets the same after the edits. */
function isSame(project: Project, edits: readonly Edit[], sources: ReadonlyMap<FileId, SourceFile>): boolean {
  const changed = new Map<FileId, SourceFile>();
  for (const file of new Set(edits.map(edit => edit.file))) {
    const source = sources.get(file);
    if (!source) return false;
    changed.set(file, {
      id: file,
      text: applyEdits(
        source.text,
        edits.filter(edit => edit.file === file),
      ),
    });
  }
  const after = evaluateProject(project.files, id => {
    const read = changed.get(id) ?? project.reads.get(id) ?? 'absent';
    // A copy without a history: the next real version must find the old one as it is.
    return typeof read === 'string' ? read : { id, text: read.text };
  });
  return valuesOf(project) === valuesOf(after);
}

function valuesOf({ services }: Project): string {
  return JSON.stringify(
    [...services].map(([name, { environment }]) => [name, [...environment].map(([key, { value }]) => [key, value ?? null])]),
  );
}
