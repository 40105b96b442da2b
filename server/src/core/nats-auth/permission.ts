// What nats-server lets a user publish and subscribe to, decided as each of its versions decides it (`pubAllowed` and `canSubscribe` of
// its client.go), bugs that have an advisory included.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import type { Place } from '../text/place.ts';
import { coversSubject, hasWildcards, matchesSubject, subjectsOverlap } from './subject.ts';
import { SubjectIndex } from './subject-index.ts';
import { isSubset, subjectsCollide } from './subject-transform.ts';

/** One pattern of a list. Only patterns for subscriptions have a queue group, which may hold wildcards. */
export interface PermissionEntry {
  readonly subject: string;
  readonly queue?: string | undefined;
  /** Where it is written, in a configuration. */
  readonly at?: Place | undefined;
}

/** An entry as it is written: a subject, and behind white space perhaps a queue group. */
export function readEntry(text: string): Pick<PermissionEntry, 'subject' | 'queue'> {
  if (!/\s/.test(text)) return { subject: text };
  const [subject = '', queue] = text.split(/\s+/).filter(Boolean);
  return { subject, queue };
}

/** An empty list is the same as none: nothing is allowed or denied by it. */
export interface SubjectPermission {
  readonly allow: readonly PermissionEntry[];
  readonly deny: readonly PermissionEntry[];
}

/** The leave to publish to the reply subjects of messages that were received. */
export interface ResponsePermission {
  /** Replies to one message; negative: any number. */
  readonly max: number;
  /** Nanoseconds; negative: for ever. */
  readonly expires: number;
}

export const defaultResponses: ResponsePermission = { max: 1, expires: 120e9 };

/** What is not there is not limited. */
export interface UserPermissions {
  readonly publish?: SubjectPermission | undefined;
  readonly subscribe?: SubjectPermission | undefined;
  readonly responses?: ResponsePermission | undefined;
}

/** An answer and what decides it. */
export interface Judgement {
  readonly allowed: boolean;
  /**
   * The list that decides; `absent` where no list is in the way, `allow_responses` where its block closes everything but replies,
   * `reserved` for subjects that the server keeps for itself.
   */
  readonly by: 'allow' | 'deny' | 'absent' | 'allow_responses' | 'reserved';
  /** The entry that decides; undefined where the answer is that none of the list matches. */
  readonly entry?: PermissionEntry | undefined;
  /** An entry that should have decided otherwise, and does not in this version. */
  readonly overlooked?: Overlooked | undefined;
}

/** An entry that a version does not see as it should, and what later versions do about it. */
export interface Overlooked {
  readonly entry: PermissionEntry;
  readonly gap: 'plain-deny-beats-queue' | 'stars-beside-longer-patterns' | 'deny-filters-overlap' | 'deny-filters-queues';
}

const free: Judgement = { allowed: true, by: 'absent' };
const nothing: SubjectPermission = { allow: [], deny: [] };

/** What sets an account apart. */
export interface SpecialAccount {
  readonly system?: boolean;
  /** The account of the service that is asked about logins. */
  readonly callout?: boolean;
}

/** Subjects of the server's own, that no client publishes to. */
function isReserved(subject: string, version: Release, account: SpecialAccount): boolean {
  if (/^(?:_GR_|\$GR)\../.test(subject)) return true;
  if (account.callout && subject === '$SYS.REQ.USER.AUTH') return true;
  return !account.system && subject.startsWith('$NRG.') && behaves(version, 'raft-subjects-reserved');
}

/**
 * Whether a message may be published to `subject`: the subject that counts is the one behind the account's mappings, and all of its
 * characters stand for themselves. Replies that `allow_responses` lets through come on top, whatever the answer is.
 */
export function judgePublish(
  permissions: UserPermissions | undefined,
  subject: string,
  version: Release,
  account: SpecialAccount = {},
): Judgement {
  if (isReserved(subject, version, account)) return { allowed: false, by: 'reserved' };
  const { allow, deny } = permissions?.publish ?? nothing;
  const [allowing, denying] = [search(allow, subject, version), search(deny, subject, version)];
  if (allow.length > 0 && !allowing.found) return { allowed: false, by: 'allow', overlooked: allowing.overlooked };
  if (allow.length === 0 && permissions?.responses) return { allowed: false, by: 'allow_responses' };
  if (denying.found) return { allowed: false, by: 'deny', entry: denying.found };
  const { overlooked } = denying;
  if (allowing.found) return { allowed: true, by: 'allow', entry: allowing.found, overlooked };
  return deny.length > 0 ? { allowed: true, by: 'deny', overlooked } : free;
}

/** Lists up to this length are looked through; longer ones get an index. */
const shortList = 32;

const indexes = new WeakMap<readonly PermissionEntry[], SubjectIndex<number>>();

/** Entries whose subject matches, in their order. */
function matchingEntries(entries: readonly PermissionEntry[], subject: string): readonly PermissionEntry[] {
  if (entries.length <= shortList) return entries.filter(entry => matchesSubject(entry.subject, subject));
  let index = indexes.get(entries);
  if (!index) {
    index = new SubjectIndex();
    for (const [at, entry] of entries.entries()) index.add(entry.subject, at);
    indexes.set(entries, index);
  }
  const found = [...index.matching(subject)].sort((a, b) => a - b);
  return found.flatMap(at => entries[at] ?? []);
}

/** The first entry of a publish list, or of the filter of deliveries, that matches a subject. Its queue groups match no message. */
function search(
  entries: readonly PermissionEntry[],
  subject: string,
  version: Release,
): { readonly found?: PermissionEntry | undefined; readonly overlooked?: Overlooked | undefined } {
  const matching = matchingEntries(entries, subject).filter(entry => entry.queue === undefined);
  const sees = behaves(version, 'stars-beside-longer-patterns') || !behaves(version, 'lists-count-interest');
  const found = matching.find(entry => sees || !isHidden(entry, entries, subject));
  const [missed] = found ? [] : matching;
  return { found, overlooked: missed && { entry: missed, gap: 'stars-beside-longer-patterns' } };
}

/** Whether another pattern goes on where this one ends in `*`, with the subject's own word in that place. */
function isHidden({ subject: pattern }: PermissionEntry, entries: readonly PermissionEntry[], subject: string): boolean {
  if (pattern !== '*' && !pattern.endsWith('.*')) return false;
  const start = `${pattern.slice(0, -1)}${subject.slice(subject.lastIndexOf('.') + 1)}.`;
  return entries.some(entry => entry.subject.startsWith(start));
}

/** A subscription of a client. */
export interface Subscription {
  readonly subject: string;
  readonly queue?: string | undefined;
}

/** Whether a subscription is taken. Its messages may be held back all the same: see `heldBack`. */
export function judgeSubscribe(permissions: UserPermissions | undefined, { subject, queue }: Subscription, version: Release): Judgement {
  // The group of the system's own services.
  if (queue === '_sys_') return { allowed: false, by: 'reserved' };
  const { allow, deny } = permissions?.subscribe ?? nothing;
  const allowing = matchingEntries(allow, subject);
  const named = inQueue(allowing, queue);
  // Where entries name queue groups for the subject, the group must be one of them; plain entries are then for plain subscriptions.
  const chosen = named.length > 0 ? named.find(entry => queueFits(queue, entry)) : allowing.find(entry => entry.queue === undefined);
  if (allow.length > 0 && !chosen) return { allowed: false, by: 'allow' };
  const denying = matchingEntries(deny, subject);
  const plain = denying.find(entry => entry.queue === undefined);
  const others = inQueue(denying, queue);
  const group = others.find(entry => queueFits(queue, entry));
  const isOverridden = plain && !group && others.length > 0 && !behaves(version, 'plain-deny-beats-queue');
  const refusing = isOverridden ? undefined : (plain ?? group);
  if (refusing) return { allowed: false, by: 'deny', entry: refusing };
  const overlooked = isOverridden ? ({ entry: plain, gap: 'plain-deny-beats-queue' } as const) : undefined;
  if (chosen) return { allowed: true, by: 'allow', entry: chosen, overlooked };
  return deny.length > 0 ? { allowed: true, by: 'deny', overlooked } : free;
}

/** Entries with a queue group; none count for a subscription without one. */
function inQueue(entries: readonly PermissionEntry[], queue: string | undefined): readonly PermissionEntry[] {
  return queue ? entries.filter(entry => entry.queue !== undefined) : [];
}

function queueFits(queue: string | undefined, entry: PermissionEntry): boolean {
  if (queue === undefined || entry.queue === undefined) return false;
  return queue === entry.queue || (hasWildcards(entry.queue) && isSubset(queue, entry.queue));
}

/** What the denied patterns do to the messages of a subscription that was taken. */
export interface HeldBack {
  /** Entries whose messages are not delivered, as far as they concern the subscription. */
  readonly entries: readonly PermissionEntry[];
  /** Entries, or parts of them, whose messages are delivered although they are denied. */
  readonly leaks: readonly Overlooked[];
  /** Whether a message on `subject`, which the subscription matches, is kept from it. */
  holds(subject: string): boolean;
}

const noneHeldBack: HeldBack = { entries: [], leaks: [], holds: () => false };

/** For the first subscription of a connection: a filter that another has brought up would hold for all of them. */
export function heldBack(permissions: UserPermissions | undefined, subscription: Subscription, version: Release): HeldBack {
  const deny = permissions?.subscribe?.deny ?? [];
  const { subject, queue } = subscription;
  const withQueues = behaves(version, 'deny-filters-queues');
  const concerned = deny.filter(entry => {
    return subjectsOverlap(entry.subject, subject) && (entry.queue === undefined || queueFits(queue, entry));
  });
  if (concerned.length === 0) return noneHeldBack;
  // Before queue groups counted here, an entry was taken as one text, group and all.
  const text = (entry: PermissionEntry) => (withQueues || entry.queue === undefined ? entry.subject : `${entry.subject} ${entry.queue}`);
  const collide = behaves(version, 'deny-filters-overlap') ? subjectsCollide : isSubset;
  const filters = (hasWildcards(subject) || (withQueues && queue)) && deny.some(entry => collide(text(entry), subject));
  const entries = concerned.filter(entry => filters && (withQueues || entry.queue === undefined));
  const leaking = concerned.filter(entry => !entries.includes(entry) && (hasWildcards(subject) || entry.queue !== undefined));
  const leaks: readonly Overlooked[] = leaking.map(entry => {
    return { entry, gap: entry.queue === undefined ? 'deny-filters-overlap' : 'deny-filters-queues' };
  });
  return {
    entries,
    leaks: [...leaks, ...(filters ? overlookedWords(deny, subject, version) : [])],
    holds: one =>
      entries.some(entry => entry.queue !== undefined && matchesSubject(entry.subject, one)) ||
      (filters === true && search(deny, one, version).found !== undefined),
  };
}

/** Words in the place of a `*` that `search` overlooks, as far as a subscription reaches them. */
function overlookedWords(deny: readonly PermissionEntry[], reach: string, version: Release): readonly Overlooked[] {
  return deny.flatMap(({ subject: pattern }) => {
    const tokens = pattern.split('.');
    const beginnings = tokens.slice(1).map((_, end) => tokens.slice(0, end + 1).join('.'));
    return beginnings.flatMap(subject => {
      const { overlooked } = search(deny, subject, version);
      return overlooked && coversSubject(reach, subject) ? [{ ...overlooked, entry: { ...overlooked.entry, subject } }] : [];
    });
  });
}

/** How much of what a pattern matches may be published to: all, a part or nothing of it. Replies are left out. */
export function publishShare(permissions: UserPermissions | undefined, pattern: string, version: Release): 'all' | 'some' | 'none' {
  if (!hasWildcards(pattern)) return judgePublish(permissions, pattern, version).allowed ? 'all' : 'none';
  const { allow, deny } = permissions?.publish ?? nothing;
  const some = (entries: readonly PermissionEntry[], isSuch: typeof coversSubject) =>
    entries.some(({ subject, queue }) => queue === undefined && isSuch(subject, pattern));
  if (allow.length === 0 && permissions?.responses) return 'none';
  if (some(deny, coversSubject)) return 'none';
  if (allow.length > 0 && !some(allow, subjectsOverlap)) return 'none';
  const whole = allow.length === 0 || some(allow, coversSubject);
  return whole && !some(deny, subjectsOverlap) ? 'all' : 'some';
}
