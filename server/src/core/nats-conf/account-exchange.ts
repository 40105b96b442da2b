// Exports and imports of accounts as values of their own, for the rules about what crosses the border between accounts.

import { remember } from '../text/remember.ts';
import type { Account, Text } from './accounts.ts';
import { type Block, blockOf, settingOf, settingsOf, stringOf } from './blocks.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedValue } from './values.ts';

export type ExchangeKind = 'stream' | 'service';

export interface Export {
  readonly account: Account;
  readonly block: Block;
  readonly kind: ExchangeKind;
  readonly subject: Text;
  /** Accounts that may import it; undefined: all. */
  readonly accounts: readonly Text[] | undefined;
  /** 1-based token that must be the importing account's name; 0: none. */
  readonly tokenPosition: number;
}

export interface Import {
  readonly account: Account;
  readonly block: Block;
  readonly kind: ExchangeKind;
  /** Account that exports it. */
  readonly from: Text;
  /** Subject in that account. */
  readonly subject: Text;
  /** Subject in the importing account. */
  readonly to: Text | undefined;
  readonly prefix: Text | undefined;
}

/** Whether a value is known as a whole: nothing in it comes from the environment or from a file that is not here. */
function isKnown(value: EvaluatedValue): boolean {
  switch (value.kind) {
    case 'unknown':
      return false;
    case 'array':
      return value.items.every(isKnown);
    case 'map':
      return !value.incomplete && value.list.every(entry => isKnown(entry.value));
    default:
      return true;
  }
}

/** Whether an account's exports may hold more than can be seen here. */
export function mayExportMore(account: Account): boolean {
  return mayHoldMore(account, 'exports');
}

/** Whether an account's imports may hold more than can be seen here. */
export function mayImportMore(account: Account): boolean {
  return mayHoldMore(account, 'imports');
}

function mayHoldMore({ block }: Account, key: 'exports' | 'imports'): boolean {
  if (!block) return false;
  const setting = settingOf(block, key);
  return block.map.incomplete || (setting !== undefined && (!isKnown(setting.value) || setting.misfits.length > 0));
}

/** Complete exports of an account; incomplete ones are told by other rules. */
export const exportsOf = remember((account: Account): readonly Export[] => {
  const found: Export[] = [];
  for (const block of entriesOf(account, 'exports')) {
    const kind = kindOf(block);
    const subject = kind && stringOf(block, kind);
    if (!kind || !subject) continue;
    const accounts = settingOf(block, 'accounts');
    const position = settingOf(block, 'account_token_position')?.value;
    const names = accounts ? stringsIn(accounts.value) : [];
    const tokenPosition = position?.kind === 'integer' ? position.value : 0;
    found.push({ account, block, kind, subject, accounts: names.length > 0 ? names : undefined, tokenPosition });
  }
  return found;
});

const noImports: readonly Import[] = [];

/** Complete imports of an account. */
export function importsOf(account: Account): readonly Import[] {
  return settingOf(account.block, 'imports') ? readImports(account) : noImports;
}

const readImports = remember((account: Account): readonly Import[] => {
  return entriesOf(account, 'imports').flatMap(block => {
    const kind = kindOf(block);
    const source = kind && blockOf(block, kind);
    const from = stringOf(source, 'account');
    const subject = stringOf(source, 'subject');
    if (!kind || !from?.value || !subject?.value) return [];
    return [{ account, block, kind, from, subject, to: given(block, 'to'), prefix: given(block, 'prefix') }];
  });
});

/** The server gathers them from all spellings of the option. */
function entriesOf({ block }: Account, key: 'exports' | 'imports'): readonly Block[] {
  return settingsOf(block, key).flatMap(({ blocks }) => blocks);
}

function given(block: Block, key: string): Text | undefined {
  const text = stringOf(block, key);
  return text?.value ? text : undefined;
}

function kindOf(block: Block): ExchangeKind | undefined {
  return settingOf(block, 'stream') ? 'stream' : settingOf(block, 'service') ? 'service' : undefined;
}
