// "May this user publish that?": the server's verdict on one subject, the words of the configuration that decide it, and what follows.
import { advisoryAbout, releasesOf } from '../facts/nats-behaviors.ts';
import { namesOf } from '../facts/nats-release.ts';
import type { AccountFlows, Landing, Mapped } from '../nats-auth/account-flow.ts';
import {
  heldBack,
  type Judgement,
  judgePublish,
  judgeSubscribe,
  type Overlooked,
  type PermissionEntry,
  publishShare,
  type ResponsePermission,
  type Subscription,
} from '../nats-auth/permission.ts';
import { hasWildcards, subjectsOverlap } from '../nats-auth/subject.ts';
import { withWildcards } from '../nats-auth/subject-transform.ts';
import { flowsOf } from './account-flows.ts';
import { type Block, blockOf, settingOf, stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { stringsIn } from './strings.ts';
import { systemAccountName } from './system-account.ts';
import { type BlockPermissions, type ConfUser, globalAccount } from './user-access.ts';
import { durationInWords } from './value-words.ts';
import type { Place } from './values.ts';

export type PermissionQuestion =
  | { readonly action: 'publish'; readonly subject: string }
  | { readonly action: 'subscribe'; readonly subject: string; readonly queue?: string | undefined };

export interface PermissionAnswer {
  readonly allowed: boolean;
  readonly decidedBy: {
    readonly at: Place;
    /** `default`: permissions that are the default of many users; `absent`: nothing limits it. */
    readonly list: 'allow' | 'deny' | 'default' | 'absent' | 'allow_responses';
    /** The deciding pattern; null where the answer is that none matches. */
    readonly pattern: string | null;
  };
  /** Sentences about what else there is to know. */
  readonly notes: readonly string[];
}

/** Who wants to do it: a user of the configuration, or one whose JWT says what it may do. */
export interface Asking extends Pick<ConfUser, 'name' | 'at' | 'account' | 'source' | 'ignored'> {
  readonly granted: (Pick<BlockPermissions, 'permissions' | 'unknown'> & { readonly block?: Block | undefined }) | undefined;
  /** What the JWTs of accounts say, in place of the configuration. */
  readonly byJwt?: { readonly flows: AccountFlows; readonly isSystem: boolean };
}

/** Answers for somebody who is let in; the subject must be valid. */
export function answerPermission(conf: NatsConf, user: Asking, question: PermissionQuestion): PermissionAnswer {
  return question.action === 'publish' ? answerPublish(conf, user, question.subject) : answerSubscribe(conf, user, question);
}

function answerPublish(conf: NatsConf, user: Asking, subject: string): PermissionAnswer {
  const callout = calloutOf(conf);
  const account = {
    system: user.byJwt?.isSystem ?? user.account === systemAccountName(conf.root),
    callout: callout !== undefined && user.account === (stringOf(callout, 'account')?.value ?? globalAccount),
  };
  const judged = flowsFor(conf, user)
    .mapped(user.account, subject)
    .map(mapped => {
      const judgement = judgePublish(user.granted?.permissions, mapped.subject, conf.version, account);
      // What chance makes is allowed when all of it is.
      const allowed = mapped.byChance ? publishShare(user.granted?.permissions, mapped.subject, conf.version) === 'all' : judgement.allowed;
      return { mapped, judgement: { ...judgement, allowed } };
    });
  const deciding = judged.find(({ judgement }) => !judgement.allowed) ?? judged[0];
  if (!deciding) throw new Error('mapping leaves at least one outcome');
  const { judgement } = deciding;
  const responses = user.granted?.permissions.responses;
  return {
    allowed: judgement.allowed,
    decidedBy: decisionOf(user, judgement, 'publish'),
    notes: [
      ...aboutUser(conf, user),
      ...(judgement.by === 'reserved' ? ['nats-server keeps this subject for itself: no client may publish to it.'] : []),
      ...aboutOverlooked(conf, judgement),
      ...(hasWildcards(subject) ? ['A message goes to one subject: `*` and `>` stand for themselves when one publishes.'] : []),
      ...judged.flatMap(({ mapped, judgement }) => aboutMapping(mapped, judgement.allowed, judged.length)),
      // What is mapped is no reply subject any more.
      ...(!judgement.allowed && judgement.by !== 'reserved' && responses && !deciding.mapped.mapping ? [responsesInWords(responses)] : []),
      ...(judgement.allowed
        ? aboutLandings(
            conf,
            user,
            judged.map(({ mapped }) => mapped),
          )
        : []),
    ],
  };
}

function flowsFor(conf: NatsConf, { byJwt }: Asking): AccountFlows {
  return byJwt?.flows ?? flowsOf(conf);
}

function aboutMapping({ subject, byChance, share, mapping }: Mapped, allowed: boolean, outcomes: number): readonly string[] {
  if (!mapping) return [];
  const part = outcomes > 1 ? `${share} percent of the messages: ` : '';
  const verdict = allowed ? 'may be published to' : 'may not be published to';
  if (subject === '') return [`${part}lost, because the weights of the mapping of \`${mapping.source}\` leave them over.`];
  return [
    `${part}mapped to \`${subject}\`, which ${verdict}${byChance ? ' whatever chance puts for `*`' : ''}; permissions count for the mapped subject.`,
  ];
}

function responsesInWords({ max, expires }: ResponsePermission): string {
  const times = max < 0 ? 'any number of times' : max === 1 ? 'once' : `up to ${max} times`;
  const within = expires < 0 ? '' : `, within ${durationInWords(expires)}`;
  return `As the reply subject of a message that this user has received, it may be published to all the same, ${times}${within}.`;
}

function aboutLandings(conf: NatsConf, user: Asking, outcomes: readonly Mapped[]): readonly string[] {
  const landings = outcomes.flatMap(({ subject }) => flowsFor(conf, user).landings(user.account, subject));
  return unique(landings.flatMap(landing => (landing.by.length > 0 ? [landingInWords(landing)] : [])));
}

function landingInWords({ account, subject, by, sure }: Landing): string {
  const kind = by.at(-1)?.kind === 'stream' ? 'stream' : 'service';
  const through = by.length > 1 ? `, through ${by.length} imports` : '';
  return `${sure ? 'Goes' : 'May go'} to account \`${account}\` as \`${subject}\`, by the import of a ${kind}${through}.`;
}

function answerSubscribe(conf: NatsConf, user: Asking, subscription: Subscription): PermissionAnswer {
  const permissions = user.granted?.permissions;
  const judgement = judgeSubscribe(permissions, subscription, conf.version);
  const tooLong = judgement.allowed ? tokenLimit(conf, subscription.subject) : undefined;
  const notes = [
    ...aboutUser(conf, user),
    ...aboutOverlooked(conf, judgement),
    ...(judgement.by === 'reserved' ? ['The queue group `_sys_` is for services of the server itself.'] : []),
  ];
  if (tooLong) {
    const decidedBy = { at: tooLong.at, list: 'deny', pattern: null } as const;
    return { allowed: false, decidedBy, notes: [...notes, `Subscriptions may have at most ${tooLong.most} tokens (max_sub_tokens).`] };
  }
  if (judgement.allowed) notes.push(...aboutTaken(judgement, subscription), ...aboutDelivery(conf, user, subscription));
  return { allowed: judgement.allowed, decidedBy: decisionOf(user, judgement, 'subscribe'), notes };
}

function tokenLimit(conf: NatsConf, subject: string): { readonly at: Place; readonly most: number } | undefined {
  const setting = settingOf(conf.root, 'max_sub_tokens');
  if (setting?.value.kind !== 'integer' || setting.value.value <= 0) return undefined;
  return subject.split('.').length > setting.value.value ? { at: setting.entry.keyAt, most: setting.value.value } : undefined;
}

function aboutTaken(judgement: Judgement, { subject }: Subscription): readonly string[] {
  const notes: string[] = [];
  const pattern = judgement.entry?.subject;
  if (pattern?.endsWith('*') && subject.endsWith('>')) {
    notes.push(`nats-server compares the words: \`${pattern}\` lets \`${subject}\` in, with everything that it matches.`);
  }
  return notes;
}

function aboutDelivery(conf: NatsConf, user: Asking, subscription: Subscription): readonly string[] {
  const { entries, leaks } = heldBack(user.granted?.permissions, subscription, conf.version);
  const held = entries.map(entry => `The subscription is accepted, but messages on \`${entry.subject}\` are not delivered.`);
  const leaking = leaks.map(({ entry, gap }) => {
    return `\`${patternOf(entry)}\` is denied, and yet messages on it are delivered to this subscription: a fault ${gapInWords(conf, gap)}.`;
  });
  return [...held, ...leaking, ...aboutStreams(conf, user, subscription.subject)];
}

/** Streams of other accounts that the subscription reaches into. */
function aboutStreams(conf: NatsConf, user: Asking, subject: string): readonly string[] {
  const streams = flowsFor(conf, user)
    .importsOf(user.account)
    .filter(({ kind, local }) => kind === 'stream' && subjectsOverlap(withWildcards(local), subject));
  return streams.map(({ subject: source, account, local }) => {
    return `Also receives \`${source}\` of account \`${account}\`, as \`${local}\`, by the import of a stream.`;
  });
}

function aboutUser(conf: NatsConf, user: Asking): readonly string[] {
  const notes: string[] = [];
  if (user.ignored) notes.push('The permissions of this block are not applied: nats-server limits only users of a list.');
  if (user.granted?.unknown) notes.push('A part of the permissions is not in this text, so the server may decide otherwise.');
  const open = stringOf(conf.root, 'no_auth_user')?.value === user.name;
  if (open) notes.push('Whoever logs in without credentials is this user too (no_auth_user).');
  if (isLeftToCallout(conf, user.name)) {
    notes.push('A callout service decides about logins (auth_callout), and may give this user other permissions.');
  }
  return notes;
}

/** Whether somebody else decides about the permissions of a user: a service that is asked about each login. */
export function isLeftToCallout(conf: NatsConf, name: string): boolean {
  const callout = calloutOf(conf);
  const listed = settingOf(callout, 'auth_users')?.value;
  return callout !== undefined && !(listed && [...stringsIn(listed)].some(({ value }) => value === name));
}

function calloutOf({ root }: NatsConf): Block | undefined {
  return blockOf(blockOf(root, 'authorization'), 'auth_callout');
}

/** What decides, and where it is written. */
function decisionOf(user: Asking, judgement: Judgement, direction: 'publish' | 'subscribe'): PermissionAnswer['decidedBy'] {
  const { granted, source } = user;
  const block = granted?.block;
  const setting = settingOf(block, direction);
  const list = judgement.by === 'allow' || judgement.by === 'deny' ? settingOf(setting?.blocks[0], judgement.by) : undefined;
  const responses = judgement.by === 'allow_responses' ? settingOf(block, 'allow_responses') : undefined;
  const at = judgement.entry?.at ?? (list ?? responses ?? setting ?? block?.setting)?.entry.keyAt ?? user.at;
  const by = judgement.by === 'reserved' ? 'absent' : judgement.by;
  const pattern = judgement.entry ? patternOf(judgement.entry) : null;
  return { at, list: source === 'default' && by !== 'absent' ? 'default' : by, pattern };
}

function patternOf({ subject, queue }: PermissionEntry): string {
  return queue === undefined ? subject : `${subject} ${queue}`;
}

/** What a version overlooks, against the person's intent. */
function aboutOverlooked(conf: NatsConf, { allowed, overlooked }: Judgement): readonly string[] {
  if (!overlooked) return [];
  const { entry, gap } = overlooked;
  const why =
    gap === 'plain-deny-beats-queue'
      ? 'because another denied entry names other queue groups'
      : 'because a longer pattern of the same list begins with the same words';
  const intent = allowed ? 'denies it, and yet it is taken' : 'allows it, and yet it is refused';
  return [`\`${patternOf(entry)}\` ${intent}, ${why}: a fault ${gapInWords(conf, gap)}.`];
}

/** "of nats-server 2.9.10, gone since 2.12.7 (advisory secnote-2026-17)". */
function gapInWords({ version }: NatsConf, gap: Overlooked['gap']): string {
  const advisory = advisoryAbout(gap);
  const note = advisory ? ` (advisory ${advisory})` : '';
  return `of nats-server ${version.join('.')}, gone since ${namesOf(releasesOf(gap))}${note}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
