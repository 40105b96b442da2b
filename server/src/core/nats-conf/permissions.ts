// What users may publish and subscribe to, as lists of patterns with their places.
import { readEntry } from '../nats-auth/permission.ts';
import { coversSubject } from '../nats-auth/subject.ts';
import { remember } from '../text/remember.ts';
import type { Account } from './accounts.ts';
import type { Block, Setting } from './blocks.ts';
import { blockOf, settingOf, stringOf } from './blocks.ts';
import { blocksNamed, type NatsConf } from './model.ts';
import { stringsIn } from './strings.ts';
import { remarkableSubjectsIn } from './subject-options.ts';
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
  /** The same as they are written. */
  readonly allowed: readonly EvaluatedString[];
  readonly denied: readonly EvaluatedString[];
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

/** Those with a pattern that is remarkable by itself: of thousands few are, and rules about single patterns look at no others. */
export function remarkablePermissions({ index }: Pick<NatsConf, 'index'>): readonly Permissions[] {
  return remarkableIn(index);
}

const remarkableIn = remember((index: NatsConf['index']): readonly Permissions[] => {
  const blocks = new Set<Block | undefined>();
  for (const { setting } of remarkableSubjectsIn({ index })) {
    // A list stands in the block itself, or in that of a direction.
    const { block } = setting;
    blocks.add(block.fact.name === 'permissions' ? block : block.setting?.block);
  }
  return blocks.size > 0 ? permissionsIn(index).filter(({ block }) => blocks.has(block)) : [];
});

/** Undefined for a block that is not about clients. */
export function permissionsOf(block: Block): Permissions | undefined {
  const owner = block.setting?.block;
  return owner && isForClients(owner) ? { block, owner, directions: directionsOf(block) } : undefined;
}

const noStrings: readonly EvaluatedString[] = [];

/** The directions that a `permissions` block says something about. */
export function directionsOf(block: Block): readonly Direction[] {
  const publish = settingOf(block, 'publish');
  const subscribe = settingOf(block, 'subscribe');
  if (publish && subscribe) return [new Lists('publish', publish), new Lists('subscribe', subscribe)];
  if (publish) return [new Lists('publish', publish)];
  return subscribe ? [new Lists('subscribe', subscribe)] : [];
}

function isForClients(owner: Block): boolean {
  if (owner.fact.name === 'authorization') return owner.setting?.block.fact.name === 'server';
  return owner.fact.name === 'user' || owner.fact.name === 'account';
}

/** A large file has thousands, and what most patterns mean is never asked. */
class Lists implements Direction {
  readonly name: Direction['name'];
  readonly setting: Setting;
  readonly allowed: readonly EvaluatedString[];
  readonly denied: readonly EvaluatedString[];
  readonly unknown: boolean;
  #patterns: Pick<Direction, 'allow' | 'deny'> | undefined;

  constructor(name: Direction['name'], setting: Setting) {
    this.name = name;
    this.setting = setting;
    const lists = setting.blocks[0];
    const allow = lists ? settingOf(lists, 'allow')?.value : setting.value;
    const deny = settingOf(lists, 'deny')?.value;
    this.allowed = allow ? stringsIn(allow) : noStrings;
    this.denied = deny ? stringsIn(deny) : noStrings;
    this.unknown = lists?.map.incomplete || isUnknown(allow, this.allowed) || isUnknown(deny, this.denied);
  }

  get allow(): readonly Pattern[] {
    return this.#read().allow;
  }

  get deny(): readonly Pattern[] {
    return this.#read().deny;
  }

  #read(): Pick<Direction, 'allow' | 'deny'> {
    this.#patterns ??= { allow: this.allowed.map(toPattern), deny: this.denied.map(toPattern) };
    return this.#patterns;
  }
}

function toPattern(value: EvaluatedString): Pattern {
  const { subject, queue } = readEntry(value.value);
  return { subject, queue, value };
}

/** `strings`: those in the value. */
function isUnknown(value: EvaluatedValue | undefined, strings: readonly EvaluatedString[]): boolean {
  if (value?.kind !== 'array') return value?.kind === 'unknown';
  return strings.length < value.items.length && value.items.some(({ kind }) => kind === 'unknown');
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
  for (let i = 0; i < directions.length; i++) if (directions[i]?.name === name) return directions[i];
  return undefined;
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
