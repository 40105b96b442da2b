// Programs and the configurations of the servers that they talk to: as which user each may run, and whether that user may do what it does.
import type { CredsModel } from '../creds/model.ts';
import { fileKind, isForShow } from '../jwt/file-kind.ts';
import { settingOf } from '../nats-conf/blocks.ts';
import { isReadable } from '../nats-conf/client-access.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import { mayHaveMoreUsers, operatorSetting } from '../nats-conf/startup.ts';
import { systemAccountName } from '../nats-conf/system-account.ts';
import { usersOf } from '../nats-conf/user-access.ts';
import { type NatsUsage, type SourceProgram, usageOf } from '../nats-usage/model.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { type Candidate, candidateIn, candidateOf } from './nats-users.ts';
import { ProgramConstants } from './program-constants.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

export interface NatsProgram {
  readonly usage: NatsUsage;
  /** The users as whom it may run, by configuration; undefined where that cannot be known. */
  readonly candidates: readonly (readonly Candidate[])[] | undefined;
  /** Whether the program itself says as whom. */
  readonly known: boolean;
}

/** Every program of the workspace that uses NATS, with the users as whom it may run. */
export const natsPrograms: (view: WorkspaceView) => readonly NatsProgram[] = remember(readPrograms);

function readPrograms(view: WorkspaceView): readonly NatsProgram[] {
  const confs = mainConfigurations(view);
  const credentials = credentialUsers(view);
  const sources = summariesOf<SourceProgram>(view, 'nats-usage').map(({ summary }) => summary);
  const constants = new ProgramConstants(sources);
  return sources.flatMap(source => {
    // Programs are read only where somebody may have something against what they do.
    const meant = confs.filter(({ file }) => isMeantFor(file, source, view));
    const isLimited = credentials.size > 0 || meant.some(conf => usersOf(conf).some(({ granted }) => granted));
    const usage = isLimited ? usageOf(source) : undefined;
    if (!usage) return [];
    const uses = usage.uses.map(use => ({ ...use, pieces: constants.fill(source, use.pieces) }));
    return [{ usage: { ...usage, uses }, ...candidatesFor(usage, meant, credentials) }];
  });
}

function candidatesFor(
  { login: { users, credentials, other } }: NatsUsage,
  meant: readonly NatsConf[],
  known: ReadonlyMap<string, Candidate | undefined>,
): Omit<NatsProgram, 'usage'> {
  const [file, ...more] = credentials;
  if (file !== undefined) {
    const holder = more.length + users.length === 0 && !other ? known.get(file) : undefined;
    return { candidates: holder && [[holder]], known: true };
  }
  if (users.length > 0 && !other) {
    const named = meant.map(conf => usersOf(conf).flatMap(user => (users.includes(user.name) ? [candidateIn(conf, user)] : [])));
    return { candidates: named.filter(one => one.length > 0), known: true };
  }
  const all = meant.map(clientsOf);
  const whole = all.filter(one => one !== undefined);
  return { candidates: whole.length === all.length ? whole : undefined, known: false };
}

/** Users of the workspace's files of credentials by the names of these files; undefined for a name that several have. */
function credentialUsers(view: WorkspaceView): ReadonlyMap<string, Candidate | undefined> {
  const models = new Map(summariesOf<CredsModel>(view, 'creds').map(({ file, summary }) => [file, summary]));
  const users = new Map<string, Candidate | undefined>();
  for (const [file, creds] of models) {
    const user = candidateOf(creds, view.settings.natsServer);
    if (user) users.set(nameOf(file), users.has(nameOf(file)) ? undefined : user);
  }
  return users;
}

/** Configurations that are no parts of others. */
export function mainConfigurations(view: WorkspaceView): readonly NatsConf[] {
  const confs = summariesOf<NatsConf>(view, 'nats-conf').map(({ summary }) => summary);
  const parts = new Set(confs.flatMap(({ evaluation }) => evaluation.files.slice(1).map(({ file }) => file.id)));
  return confs.filter(({ file }) => !parts.has(file));
}

/** A server for tests or documentation is not the one that a program meets in use; one of an example meets the programs of examples. */
function isMeantFor(conf: FileId, program: SourceProgram, view: WorkspaceView): boolean {
  const kind = fileKind(conf, view.settings.root);
  return isForShow(kind) ? kind === program.kind : program.kind === 'source';
}

/**
 * Everybody as whom a program may log in; undefined where others may be let in than are written here. Nobody's program runs in the account of
 * the server itself.
 */
function clientsOf(conf: NatsConf): readonly Candidate[] | undefined {
  const users = usersOf(conf);
  const callout = settingOf(settingOf(conf.root, 'authorization')?.blocks[0], 'auth_callout');
  if (!isReadable(conf) || mayHaveMoreUsers(conf) || operatorSetting(conf) || callout) return undefined;
  if (users.length === 0 || users.length < conf.users.length) return undefined;
  const clients = users.filter(({ account }) => account !== systemAccountName(conf.root)).map(user => candidateIn(conf, user));
  return clients.length > 0 ? clients : undefined;
}
