// The account that the server itself talks in; it has rules of its own.
import type { Account } from './accounts.ts';
import { type Block, isGiven, type Setting, settingsOf } from './blocks.ts';
import type { NatsConf } from './model.ts';

/** The spelling that wins comes first. Unlike all other options, nats-server looks these up before the rest, and case counts. */
const spellings = ['system_account', 'system'];

/** The setting that names the system account, also with an empty name. */
export function systemAccountSetting(root: Block): Setting | undefined {
  for (const spelling of spellings) {
    const found = settingsOf(root, 'system_account').find(({ entry }) => entry.key === spelling);
    if (found) return found;
  }
  return undefined;
}

/** Settings that would name the system account and are not read: in another case, or beside the spelling that wins. */
export function overlookedSystemAccounts(root: Block): readonly Setting[] {
  const read = systemAccountSetting(root);
  return settingsOf(root, 'system_account').filter(setting => setting !== read);
}

/** Name of the system account: the configured one, or that of the account which the server makes by itself; undefined where only the environment knows. */
export function systemAccountName(root: Block): string | undefined {
  const setting = systemAccountSetting(root);
  if (!isGiven(setting)) return '$SYS';
  return setting.value.kind === 'string' ? setting.value.value : undefined;
}

/** Whether an account is the system account, by `system_account` or by its default name. */
export function isSystemAccount({ root }: NatsConf, { name }: Account): boolean {
  return name === systemAccountName(root);
}
