// Accounts and users of a configuration, wherever they are written.
import { remember } from '../text/remember.ts';
import { type Block, blocksOf, type Setting, settingsOf, stringOf } from './blocks.ts';
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
  return settingsOf(root, 'accounts').flatMap(accountsOfSetting);
}

/** Accounts under one spelling of `accounts`. */
export function accountsOfSetting({ value, blocks }: Setting): readonly Account[] {
  if (value.kind === 'array') {
    return value.items.flatMap(item => (item.kind === 'string' ? [{ name: item.value, nameAt: item.at, block: undefined }] : []));
  }
  return blocks.flatMap(block => (block.name ? [accountOfBlock(block, block.name.key)] : []));
}

const accounts = new WeakMap<Block, Account>();

/** The same account for a block of the same name; where the name stands may change when the block is taken over by a later version of the text. */
function accountOfBlock(block: Block, name: string): Account {
  const known = accounts.get(block);
  if (known?.name === name) return known;
  const account: Account = {
    name,
    block,
    get nameAt() {
      return block.name?.keyAt ?? block.map.at;
    },
  };
  accounts.set(block, account);
  return account;
}

/** Users of `authorization`, then those of each account. */
export function readUsers(root: Block, accounts: readonly Account[]): readonly User[] {
  const own = settingsOf(root, 'authorization').flatMap(({ blocks }) => readList(blocks[0], undefined));
  return [...own, ...accounts.flatMap(usersOfAccount)];
}

const usersOfAccount = remember((account: Account) => readList(account.block, account));

function readList(owner: Block | undefined, account: Account | undefined): readonly User[] {
  return blocksOf(owner, 'users').map(block => ({ block, account, name: stringOf(block, 'user'), nkey: stringOf(block, 'nkey') }));
}
