// Who the users of a configuration are and which permissions count for each: its own, the default of its block, or none.
import { publicKeyOf, readNkey } from '../nats-auth/nkey.ts';
import { defaultResponses, type PermissionEntry, type SubjectPermission, type UserPermissions } from '../nats-auth/permission.ts';
import { remember } from '../text/remember.ts';
import type { User } from './accounts.ts';
import { type Block, blockOf, type Setting, settingOf, stringOf } from './blocks.ts';
import { parseDuration } from './duration.ts';
import type { NatsConf } from './model.ts';
import { allowsResponses, type Direction, directionsOf } from './permissions.ts';
import type { Place } from './values.ts';

/** Name of the account of everybody who is not in another. */
export const globalAccount = '$G';

/** What a `permissions` block says, and where. */
export interface BlockPermissions {
  readonly block: Block;
  readonly permissions: UserPermissions;
  readonly directions: readonly Direction[];
  /** Whether a part of it is not in the text. */
  readonly unknown: boolean;
}

/** Somebody who can log in. */
export interface ConfUser {
  /** Its name, or its public key. */
  readonly name: string;
  readonly at: Place;
  readonly block: Block;
  readonly account: string;
  /** Undefined: it may do everything. */
  readonly granted: BlockPermissions | undefined;
  /** Whose permissions these are. */
  readonly source: 'own' | 'default' | 'none';
  /** Permissions that are written for the single user of `authorization`, which the server does not apply. */
  readonly ignored: Setting | undefined;
}

const known = new WeakMap<NatsConf, readonly ConfUser[]>();

/** Users of `authorization` and of all accounts that have a name or a key, in the order of the text; a single user comes first. */
export function usersOf(conf: NatsConf): readonly ConfUser[] {
  let users = known.get(conf);
  if (!users) {
    users = [...singleUser(conf), ...listedUsers(conf)];
    known.set(conf, users);
  }
  return users;
}

function singleUser({ root }: NatsConf): readonly ConfUser[] {
  const block = blockOf(root, 'authorization');
  const name = stringOf(block, 'user');
  if (!block || !name?.value) return [];
  const ignored = settingOf(block, 'default_permissions');
  return [{ name: name.value, at: name.at, block, account: globalAccount, granted: undefined, source: 'none', ignored }];
}

function listedUsers(conf: NatsConf): readonly ConfUser[] {
  return conf.users.flatMap(user => listedUser(user) ?? []);
}

const listedUser = remember(({ block, account, name, nkey }: User): ConfUser | undefined => {
  const id = name?.value ? name : nkey?.value ? nkey : undefined;
  if (!id) return undefined;
  const own = settingOf(block, 'permissions');
  const owner = block.setting?.block;
  // Having permissions of its own, even empty ones, a user gets nothing of the default.
  const source = own ? 'own' : blockOf(owner, 'default_permissions') ? 'default' : 'none';
  const from = source === 'own' ? own?.blocks[0] : source === 'default' ? blockOf(owner, 'default_permissions') : undefined;
  return {
    name: publicName(id.value),
    at: id.at,
    block,
    account: account?.name ?? globalAccount,
    granted: from && readPermissions(from),
    source,
    ignored: undefined,
  };
});

/** A seed that is written in place of its public key is never shown: the key stands for it. */
function publicName(text: string): string {
  const key = readNkey(text);
  return key && key.kind !== 'public' ? (publicKeyOf(text) ?? 'a user with a private key') : text;
}

/** A `permissions` block as the server holds it. */
export const readPermissions = remember((block: Block): BlockPermissions => {
  const directions = directionsOf(block);
  const list = (name: Direction['name']): SubjectPermission | undefined => {
    const direction = directions.find(one => one.name === name);
    return direction && { allow: direction.allow.map(toEntry), deny: direction.deny.map(toEntry) };
  };
  const permissions: UserPermissions = { publish: list('publish'), subscribe: list('subscribe'), responses: responsesOf(block) };
  return { block, permissions, directions, unknown: block.map.incomplete || directions.some(({ unknown }) => unknown) };
});

function toEntry({ subject, queue, value }: Direction['allow'][number]): PermissionEntry {
  return { subject, queue, at: value.at };
}

function responsesOf(block: Block): UserPermissions['responses'] {
  if (!allowsResponses(block)) return undefined;
  const given = blockOf(block, 'allow_responses');
  const max = settingOf(given, 'max')?.value;
  const expires = stringOf(given, 'expires');
  // Zero stands for the default too.
  return {
    max: (max?.kind === 'integer' && max.value) || defaultResponses.max,
    expires: (expires && parseDuration(expires.value)) || defaultResponses.expires,
  };
}
