// An account that nobody can log in to and that exchanges nothing with others does nothing but look as if it did.
import { defineRule, type Report } from '../../lint/rule.ts';
import { importsOf, mayExportMore, mayImportMore } from '../account-exchange.ts';
import type { Account } from '../accounts.ts';
import { blockOf, settingOf } from '../blocks.ts';
import { accountsMayBeMore, type NatsConf, settingsOfFormat } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { mayHaveMoreUsers, operatorSetting } from '../startup.ts';
import { stringsIn } from '../strings.ts';
import { isSystemAccount } from '../system-account.ts';

export default defineRule<NatsConf>({
  id: 'nats/unused-account',
  severity: 'information',
  since: '0.1.0',
  *check(conf) {
    if (operatorSetting(conf) || accountsMayBeMore(conf) || mayHaveMoreUsers(conf) || conf.accounts.some(mayImportMore)) return;
    // Whom a callout lets in, and where to, is known to its service alone. Without any user another rule has told it already.
    if (settingOf(blockOf(conf.root, 'authorization'), 'auth_callout') || !conf.users.some(({ account }) => account)) return;
    const named = namedAccounts(conf);
    const withUsers = new Set(conf.users.map(({ account }) => account));
    for (const account of conf.accounts) {
      if (withUsers.has(account) || isUsed(conf, account) || named.has(account.name)) continue;
      yield {
        ...account.nameAt,
        message: `No user belongs to \`${account.name}\`, and nothing in this configuration refers to it, so nobody can use this account. Add \`users\` to it, or remove it.`,
        ...removal(conf, account),
      };
    }
  },
});

/** An account that is only listed by name has nothing to remove but that. */
function removal(conf: NatsConf, { name, nameAt, block }: Account): Pick<Report, 'fix'> {
  const pair = block?.name?.node.span;
  if (!pair) return {};
  return { fix: { title: `Remove the account ${name}`, safety: 'unsafe', edits: () => [removePair(conf, nameAt.file, pair)] } };
}

function isUsed(conf: NatsConf, account: Account): boolean {
  if (isSystemAccount(conf, account)) return true;
  return settingOf(account.block, 'imports') !== undefined || settingOf(account.block, 'exports') !== undefined || mayExportMore(account);
}

/** Accounts that others refer to: leafnodes, clusters, imports. */
function namedAccounts(conf: NatsConf): ReadonlySet<string> {
  const names = new Set(conf.accounts.flatMap(importsOf).map(({ from }) => from.value));
  for (const setting of settingsOfFormat(conf, 'account')) for (const { value } of stringsIn(setting.value)) names.add(value);
  return names;
}
