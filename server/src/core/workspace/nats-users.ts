// Users of NATS, whether a configuration or a file of credentials makes them, and what they may do.
import { type CredsModel, userOf } from '../creds/model.ts';
import type { ServerVersion } from '../lint/settings.ts';
import { judgePublish, judgeSubscribe, publishShare, type UserPermissions } from '../nats-auth/permission.ts';
import { coversSubject, subjectsOverlap } from '../nats-auth/subject.ts';
import { permissionsIn } from '../nats-auth/user-grant.ts';
import { flowsOf } from '../nats-conf/account-flows.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import type { Direction } from '../nats-conf/permissions.ts';
import type { ConfUser } from '../nats-conf/user-access.ts';
import type { Place } from '../text/place.ts';
import type { SubjectPattern } from './subject-pattern.ts';

/** What would have to grow for a user to do more: a list of a configuration, or a JWT, which is issued anew. */
export type Limits =
  | { readonly kind: 'list'; readonly conf: NatsConf; readonly direction: Direction }
  | { readonly kind: 'token'; readonly at: Place };

/** One user as whom a program may run. */
export interface Candidate {
  readonly name: string;
  readonly account: string;
  /** Undefined: it may do everything, or what it may do cannot be known. */
  readonly permissions: UserPermissions | undefined;
  readonly version: ServerVersion;
  /** Undefined for the user of a file of credentials. */
  readonly conf: NatsConf | undefined;
  limits(direction: Direction['name']): Limits | undefined;
}

export function candidateIn(conf: NatsConf, { name, account, granted }: ConfUser): Candidate {
  return {
    name,
    account,
    permissions: granted?.unknown ? undefined : granted?.permissions,
    version: conf.version,
    conf,
    limits(name) {
      const direction = granted?.directions.find(one => one.name === name);
      return direction && { kind: 'list', conf, direction };
    },
  };
}

/** The user of a file of credentials; undefined where there is none that can be read. */
export function candidateOf(creds: CredsModel, version: ServerVersion): Candidate | undefined {
  const [user, span] = [userOf(creds), creds.jwt?.span];
  if (!user || !span) return undefined;
  const limits: Limits = { kind: 'token', at: { file: creds.file, span } };
  const { name, sub: key } = user.standard;
  return {
    name: name || key || '',
    account: '',
    // Without any permissions of its own, the user may have those of its account or of the key that signed it.
    permissions: permissionsIn(user.nats),
    version,
    conf: undefined,
    limits: () => limits,
  };
}

/** `narrow`: no list allows it, though nothing denies it either; `denied`: somebody wrote that it is not to be. */
export type Verdict = 'allowed' | 'narrow' | 'denied';

/** Whether a user may publish to everything that a pattern can give; where that depends on what is filled in, it is taken to be allowed. */
export function mayPublish({ conf, account, permissions, version }: Candidate, pattern: SubjectPattern): Verdict {
  if (!permissions) return 'allowed';
  const lists = permissions.publish;
  if (!pattern.varies) {
    const outcomes = conf ? flowsOf(conf).mapped(account, pattern.subject) : [{ subject: pattern.subject, mapping: undefined }];
    const judged = outcomes.map(({ subject }) => (subject ? judgePublish(permissions, subject, version) : undefined));
    if (judged.some(judgement => !judgement || judgement.allowed || judgement.by === 'reserved')) return 'allowed';
    if (outcomes.some(({ mapping }) => mapping)) return 'denied';
  } else if (pattern.all.some(one => (conf && flowsOf(conf).mayMap(account, one)) || publishShare(permissions, one, version) !== 'none'))
    return 'allowed';
  return lists?.deny.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one))) ? 'denied' : 'narrow';
}

/** Whether a user may subscribe. `queue`: null for a group whose name is not known. */
export function maySubscribe({ permissions, version }: Candidate, pattern: SubjectPattern, queue: string | null | undefined): Verdict {
  const lists = permissions?.subscribe;
  if (!lists) return 'allowed';
  const groups = queue === null ? [undefined, ...lists.allow.map(entry => entry.queue)] : [queue];
  const isTaken = pattern.varies
    ? lists.allow.length === 0 || lists.allow.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one)))
    : groups.some(group => judgeSubscribe(permissions, { subject: pattern.subject, queue: group }, version).allowed);
  const isDenied = lists.deny.some(({ subject }) => pattern.all.every(one => coversSubject(subject, one)));
  if (isTaken) return pattern.varies && isDenied ? 'denied' : 'allowed';
  return lists.deny.some(({ subject }) => pattern.all.some(one => subjectsOverlap(subject, one))) ? 'denied' : 'narrow';
}
