// The account that the server itself talks in; it has rules of its own.
import type { Account } from './accounts.ts';
import { stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';

/** Whether an account is the system account, by `system_account` or by its default name. */
export function isSystemAccount({ root }: NatsConf, { name }: Account): boolean {
  return name === (stringOf(root, 'system_account')?.value ?? '$SYS');
}
