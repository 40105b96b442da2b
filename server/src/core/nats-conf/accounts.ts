// Accounts and users of a configuration, wherever they are written.
import { type Block, blocksOf, settingOf, stringOf } from './blocks.ts';
import type { Place } from './values.ts';

/** A string of the configuration and where it is used. */
export interface Text {
  readonly value: string;
  readonly at: Place;
}

export interface Account {
  readonly name: string;
  readonly nameAt: Place;
  /** Undefined for an account that is only listed by name. */
  readonly block: Block | undefined;
}

/** An entry of `users`. */
export interface User {
  readonly block: Block;
  /** Undefined for a user of `authorization`, who belongs to the default account `$G`. */
  readonly account: Account | undefined;
  readonly name: Text | undefined;
  readonly nkey: Text | undefined;
}

/** Accounts of the `accounts` block, in the order of the text. */
export function readAccounts(root: Block): readonly Account[] {
  const setting = settingOf(root, 'accounts');
  if (!setting) return [];
  if (setting.value.kind === 'array') {
    return setting.value.items.flatMap(item => (item.kind === 'string' ? [{ name: item.value, nameAt: item.at, block: undefined }] : []));
  }
  return setting.blocks.flatMap(block => (block.name ? [{ name: block.name.key, nameAt: block.name.keyAt, block }] : []));
}

/** Users of `authorization`, then those of each account. */
export function readUsers(root: Block, accounts: readonly Account[]): readonly User[] {
  const read = (owner: Block | undefined, account: Account | undefined) =>
    blocksOf(owner, 'users').map(block => ({ block, account, name: stringOf(block, 'user'), nkey: stringOf(block, 'nkey') }));
  return [...read(settingOf(root, 'authorization')?.blocks[0], undefined), ...accounts.flatMap(account => read(account.block, account))];
}
