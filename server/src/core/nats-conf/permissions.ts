// What users may publish and subscribe to, as lists of patterns with their places.
import { readEntry } from '../nats-auth/permission.ts';
import { coversSubject } from '../nats-auth/subject.ts';
import { remember } from '../text/remember.ts';
import type { Account } from './accounts.ts';
import type { Block, Setting } from './blocks.ts';
import { blockOf, settingOf, stringOf } from './blocks.ts';
import { blocksNamed, type NatsConf } from './model.ts';
import { stringsIn } from './strings.ts';
import { isSystemAccount } from './system-account.ts';
import type { EvaluatedString, EvaluatedValue } from './values.ts';

/** One entry of a list: a subject, for subscriptions perhaps with a queue group. */
export interface Pattern {
  readonly subject: string;
  readonly queue: string | undefined;
  readonly value: EvaluatedString;
}

/** What is allowed and denied for one direction. */
export interface Direction {
  readonly name: 'publish' | 'subscribe';
  readonly setting: Setting;
  readonly allow: readonly Pattern[];
  readonly deny: readonly Pattern[];
  /** Whether a part of it is not in the text, so that nothing can be said about what is missing. */
  readonly unknown: boolean;
}

/** A `permissions` block of a client, or the default of many. */
export interface Permissions {
  readonly block: Block;
  /** The user, `authorization` or account that has it. */
  readonly owner: Block;
  readonly directions: readonly Direction[];
}

/** Permissions of clients; those between servers have another meaning and are left out. */
export function clientPermissions({ index }: Pick<NatsConf, 'index'>): readonly Permissions[] {
  return permissionsIn(index);
}

const permissionsIn = remember((index: NatsConf['index']): readonly Permissions[] => {
  const found: Permissions[] = [];
  for (const block of blocksNamed({ index }, 'permissions')) {
    const permissions = permissionsOf(block);
    if (permissions) found.push(permissions);
  }
  return found;
});

/** What they say of each direction. */
export function clientDirections({ index }: Pick<NatsConf, 'index'>): readonly Direction[] {
  return directionsIn(index);
}

const directionsIn = remember((index: NatsConf['index']): readonly Direction[] => {
  const found: Direction[] = [];
  for (const { directions } of permissionsIn(index)) found.push(...directions);
  return found;
});

/** Undefined for a block that is not about clients. */
export const permissionsOf = remember((block: Block): Permissions | undefined => {
  const owner = block.setting?.block;
  return owner && isForClients(owner) ? { block, owner, directions: directionsOf(block) } : undefined;
});

const noPatterns: readonly Pattern[] = [];

/** The directions that a `permissions` block says something about. */
export function directionsOf(block: Block): readonly Direction[] {
  const publish = settingOf(block, 'publish');
  const subscribe = settingOf(block, 'subscribe');
  if (publish && subscribe) return [directionOf('publish', publish), directionOf('subscribe', subscribe)];
  if (publish) return [directionOf('publish', publish)];
  return subscribe ? [directionOf('subscribe', subscribe)] : [];
}

function isForClients(owner: Block): boolean {
  if (owner.fact.name === 'authorization') return owner.setting?.block.fact.name === 'server';
  return owner.fact.name === 'user' || owner.fact.name === 'account';
}

function directionOf(name: Direction['name'], setting: Setting): Direction {
  const lists = setting.blocks[0];
  if (!lists) return { name, setting, allow: patternsIn(setting.value), deny: noPatterns, unknown: isUnknown(setting.value) };
  const allow = settingOf(lists, 'allow')?.value;
  const deny = settingOf(lists, 'deny')?.value;
  return {
    name,
    setting,
    allow: allow ? patternsIn(allow) : noPatterns,
    deny: deny ? patternsIn(deny) : noPatterns,
    unknown: lists.map.incomplete || (allow !== undefined && isUnknown(allow)) || (deny !== undefined && isUnknown(deny)),
  };
}

function patternsIn(value: EvaluatedValue): readonly Pattern[] {
  return stringsIn(value).map(toPattern);
}

function toPattern(value: EvaluatedString): Pattern {
  const { subject, queue } = readEntry(value.value);
  return { subject, queue, value };
}

function isUnknown(value: EvaluatedValue): boolean {
  return value.kind === 'unknown' || (value.kind === 'array' && value.items.some(item => item.kind === 'unknown'));
}

/** Whether the one who has these permissions is meant to see everything, by its name or its account. */
export function isAdministrator(conf: NatsConf, { owner }: Permissions): boolean {
  const name = stringOf(owner, 'user')?.value ?? '';
  if (/admin|root|super|sys|operator|monitor|debug|trace/i.test(name)) return true;
  const account = accountOf(conf, owner);
  return account !== undefined && isSystemAccount(conf, account);
}

/** The account of a user, or of the defaults of one; undefined for those of `authorization`, who are in the default account. */
export function accountOf({ accounts }: NatsConf, owner: Block): Account | undefined {
  const byBlock = accountsByBlock(accounts);
  return byBlock.get(owner) ?? (owner.setting && byBlock.get(owner.setting.block));
}

const accountsByBlock = remember(
  (accounts: readonly Account[]): ReadonlyMap<Block, Account> =>
    new Map(accounts.flatMap(account => (account.block ? [[account.block, account] as const] : []))),
);

/** Whether a direction lets anything through that `subject` matches. A direction that is absent lets everything through. */
export function mayPass(direction: Direction | undefined, subject: string): boolean {
  if (!direction || direction.unknown) return true;
  if (direction.deny.some(deny => deny.queue === undefined && coversSubject(deny.subject, subject))) return false;
  if (direction.allow.length === 0) return true;
  return direction.allow.some(allow => coversSubject(allow.subject, subject) || coversSubject(subject, allow.subject));
}

/** A direction of some permissions, if it is limited at all. */
export function directionOfName({ directions }: Permissions, name: Direction['name']): Direction | undefined {
  return directions.find(direction => direction.name === name);
}

/** Whether responders may answer, so that everything else is closed to their publishing. */
export function allowsResponses(block: Block): boolean {
  const value = settingOf(block, 'allow_responses')?.value;
  if (!value) return false;
  return value.kind !== 'boolean' || value.value || blockOf(block, 'allow_responses') !== undefined;
}

/** Whether a pattern may stand for inboxes. Clients may be told another prefix for theirs, so that anything which looks like one counts. */
export function mayMeanInboxes({ subject }: Pick<Pattern, 'subject'>): boolean {
  return /^[*>_]|inbox|repl(?:y|ies)|respon/i.test(subject);
}

/** Whether replies may reach the login. */
export function mayReceiveReplies(subscribe: Direction | undefined): boolean {
  if (!subscribe || subscribe.unknown) return true;
  if (subscribe.allow.length === 0) return mayPass(subscribe, '_INBOX.>');
  return subscribe.allow.some(mayMeanInboxes);
}
