// Programs and the configurations of the servers that they talk to: as which user each may run, and whether that user may do what it does.
import { fileKind, isForShow } from '../jwt/file-kind.ts';
import { judgePublish, judgeSubscribe, publishShare } from '../nats-auth/permission.ts';
import { coversSubject, subjectsOverlap } from '../nats-auth/subject.ts';
import { flowsOf } from '../nats-conf/account-flows.ts';
import { settingOf } from '../nats-conf/blocks.ts';
import { isReadable } from '../nats-conf/client-access.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import { systemAccount } from '../nats-conf/permission-answer.ts';
import { mayHaveMoreUsers, operatorSetting } from '../nats-conf/startup.ts';
import { type ConfUser, usersOf } from '../nats-conf/user-access.ts';
import { type NatsUsage, type SourceProgram, usageOf } from '../nats-usage/model.ts';
import type { FileId } from '../text/file-id.ts';
import { ProgramConstants } from './program-constants.ts';
import type { SubjectPattern } from './subject-pattern.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** One user of one configuration. */
export interface Candidate {
  readonly conf: NatsConf;
  readonly user: ConfUser;
}

export interface NatsProgram {
  readonly usage: NatsUsage;
  /** The users as whom it may run, by configuration; undefined where that cannot be known. */
  readonly candidates: readonly (readonly Candidate[])[] | undefined;
  /** Whether the program itself says as whom. */
  readonly known: boolean;
}

const programsOf = new WeakMap<WorkspaceView, readonly NatsProgram[]>();

/** Every program of the workspace that uses NATS, with the users as whom it may run. */
export function natsPrograms(view: WorkspaceView): readonly NatsProgram[] {
  let programs = programsOf.get(view);
  if (!programs) {
    programs = readPrograms(view);
    programsOf.set(view, programs);
  }
  return programs;
}

function readPrograms(view: WorkspaceView): readonly NatsProgram[] {
  const confs = mainConfigurations(view);
  const sources = summariesOf<SourceProgram>(view, 'nats-usage').map(({ summary }) => summary);
  const constants = new ProgramConstants(sources);
  return sources.flatMap(source => {
    // Programs are read only where a configuration may have something against what they do.
    const meant = confs.filter(({ file }) => isMeantFor(file, source, view));
    const usage = meant.some(conf => usersOf(conf).some(({ granted }) => granted)) ? usageOf(source) : undefined;
    if (!usage) return [];
    const uses = usage.uses.map(use => ({ ...use, pieces: constants.fill(source, use.pieces) }));
    return [{ usage: { ...usage, uses }, ...candidatesFor(usage, meant) }];
  });
}

function candidatesFor(usage: NatsUsage, meant: readonly NatsConf[]): Omit<NatsProgram, 'usage'> {
  const { users, other } = usage.login;
  if (users.length > 0 && !other) {
    const named = meant.map(conf => usersOf(conf).flatMap(user => (users.includes(user.name) ? [{ conf, user }] : [])));
    return { candidates: named.filter(one => one.length > 0), known: true };
  }
  const all = meant.map(clientsOf);
  const whole = all.filter(one => one !== undefined);
  return { candidates: whole.length === all.length ? whole : undefined, known: false };
}

/** Configurations that are no parts of others. */
function mainConfigurations(view: WorkspaceView): readonly NatsConf[] {
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
  const clients = users.filter(({ account }) => account !== systemAccount(conf)).map(user => ({ conf, user }));
  return clients.length > 0 ? clients : undefined;
}

/** `narrow`: no list allows it, though nothing denies it either; `denied`: somebody wrote that it is not to be. */
export type Verdict = 'allowed' | 'narrow' | 'denied';

/** Whether a user may publish to everything that a pattern can give; where that depends on what is filled in, it is taken to be allowed. */
export function mayPublish({ conf, user }: Candidate, pattern: SubjectPattern): Verdict {
  const { granted, account } = user;
  if (!granted || granted.unknown) return 'allowed';
  const { permissions } = granted;
  const lists = permissions.publish;
  if (!pattern.varies) {
    const outcomes = flowsOf(conf).mapped(account, pattern.subject);
    const judged = outcomes.map(({ subject }) => (subject ? judgePublish(permissions, subject, conf.version) : undefined));
    if (judged.some(judgement => !judgement || judgement.allowed || judgement.by === 'reserved')) return 'allowed';
    if (outcomes.some(({ mapping }) => mapping)) return 'denied';
  } else if (isMapped(conf, account) || pattern.all.some(subject => publishShare(permissions, subject, conf.version) !== 'none'))
    return 'allowed';
  return lists?.deny.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one))) ? 'denied' : 'narrow';
}

function isMapped(conf: NatsConf, account: string): boolean {
  const block = conf.accounts.find(({ name }) => name === account)?.block ?? conf.root;
  return settingOf(block, 'mappings') !== undefined;
}

/** Whether a user may subscribe. `queue`: null for a group whose name is not known. */
export function maySubscribe({ conf, user }: Candidate, pattern: SubjectPattern, queue: string | null | undefined): Verdict {
  const { granted } = user;
  if (!granted || granted.unknown) return 'allowed';
  const lists = granted.permissions.subscribe;
  if (!lists) return 'allowed';
  const groups = queue === null ? [undefined, ...lists.allow.map(entry => entry.queue)] : [queue];
  const isTaken = pattern.varies
    ? lists.allow.length === 0 || lists.allow.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one)))
    : groups.some(group => judgeSubscribe(granted.permissions, { subject: pattern.subject, queue: group }, conf.version).allowed);
  const isDenied = lists.deny.some(({ subject }) => pattern.all.every(one => coversSubject(subject, one)));
  if (isTaken) return pattern.varies && isDenied ? 'denied' : 'allowed';
  return lists.deny.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one))) ? 'denied' : 'narrow';
}
