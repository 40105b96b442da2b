// Which files of a workspace have to do with one another, as plain data: threads that judge parts of it may only part what has not.
// Wherever that is in doubt, files are tied.
import { type CommandSummary, isDevelopmentHeader } from '../command-line/index.ts';
import { gapsOf } from '../compose/gaps.ts';
import type { TokenSummary } from '../jwt/index.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import { directoryOf, type FileId } from '../text/file-id.ts';
import { grouped } from '../text/group.ts';
import { composeProjects } from './compose-projects.ts';
import { heldCredentials } from './nats-trust.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** Files that ask, and those that one of all rules would ask: tied only where there are both. */
interface Meeting {
  readonly asking: readonly FileId[];
  readonly answering: readonly FileId[];
}

export interface Ties {
  readonly files: readonly FileId[];
  /** Files that are read together, or lie in one folder. */
  readonly together: readonly (readonly FileId[])[];
  /** Compose files that lack something, and all of them: another around or below may have it. */
  readonly compose: Meeting;
  readonly meetings: readonly Meeting[];
}

/** The ties of the files of a view. `reads` gives the files that the analysis of one has read and that exist. */
export function tiesOf(view: WorkspaceView, files: readonly FileId[], reads: (file: FileId) => readonly FileId[]): Ties {
  const projects = composeProjects(view);
  const filesOf = (language: Parameters<typeof summariesOf>[1]) => summariesOf(view, language).map(({ file }) => file);
  return {
    files,
    together: [
      // Servers that are meant to find each other lie in one folder.
      ...files.map(file => [file, directoryOf(file), ...reads(file)]),
      ...projects.map(({ project }) => project.files),
    ],
    compose: {
      asking: projects.flatMap(({ project }) => gapsOf(project).map(({ place }) => place.file)),
      answering: filesOf('compose'),
    },
    meetings: [
      { asking: filesOf('nats-usage'), answering: [...filesOf('nats-conf'), ...filesOf('creds')] },
      { asking: holdingUsers(view), answering: underOperators(view) },
      { asking: sendingDevelopmentHeaders(view), answering: withBypass(view) },
    ],
  };
}

/** Users and accounts of NATS by JWT. */
function holdingUsers(view: WorkspaceView): readonly FileId[] {
  const accounts = summariesOf<readonly TokenSummary[]>(view, 'jwt').filter(({ summary }) => summary.some(token => token.natsAccount));
  return [...heldCredentials(view).map(({ at }) => at.file), ...accounts.map(({ file }) => file)];
}

function underOperators(view: WorkspaceView): readonly FileId[] {
  return summariesOf<NatsConf>(view, 'nats-conf').flatMap(({ file, summary }) => (summary.operatorMode ? [file] : []));
}

function sendingDevelopmentHeaders(view: WorkspaceView): readonly FileId[] {
  const commands = summariesOf<CommandSummary>(view, 'command-line');
  return commands.flatMap(({ file, summary }) => (summary.headers.some(isDevelopmentHeader) ? [file] : []));
}

function withBypass(view: WorkspaceView): readonly FileId[] {
  const having = composeProjects(view).filter(({ services }) =>
    services.some(({ auth }) => auth.switches.some(({ fact }) => fact.kind === 'bypass')),
  );
  return having.flatMap(({ project }) => project.files);
}

/** Groups of files, and of folders, that are tied to one another, directly or through others. */
export function tiedGroups(all: readonly Ties[]): readonly (readonly FileId[])[] {
  const sets = new DisjointSets();
  for (const { together } of all) for (const files of together) sets.join(files);
  const compose = new Neighbourhood(all.flatMap(ties => ties.compose.answering.map(file => ({ file }))));
  for (const file of all.flatMap(ties => ties.compose.asking)) {
    for (const other of compose.of(directoryOf(file))) sets.join([file, other.file]);
  }
  for (const [i] of (all[0]?.meetings ?? []).entries()) {
    const [asking = [], answering = []] = (['asking', 'answering'] as const).map(side =>
      all.flatMap(({ meetings }) => meetings[i]?.[side] ?? []),
    );
    if (asking.length > 0 && answering.length > 0) sets.join([...asking, ...answering]);
  }
  return sets.groups();
}

/** Sets of names that become one where something joins them. */
class DisjointSets {
  readonly #parents = new Map<FileId, FileId>();

  join(names: readonly FileId[]): void {
    const [first, ...others] = names.map(name => this.#rootOf(name));
    if (first !== undefined) for (const other of others) this.#parents.set(other, first);
  }

  groups(): readonly (readonly FileId[])[] {
    return [...grouped(this.#parents.keys(), name => this.#rootOf(name)).values()];
  }

  #rootOf(name: FileId): FileId {
    let root = name;
    for (let next = this.#parents.get(root); next !== undefined && next !== root; next = this.#parents.get(root)) root = next;
    this.#parents.set(root, root);
    // Who asks again has a short way.
    for (let at = name; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }
}
