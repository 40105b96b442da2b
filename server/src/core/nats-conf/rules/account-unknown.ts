// A name that no account bears: an import, an export or a callout that points to nothing.
import { behaves } from '../../facts/nats-behaviors.ts';
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { exportsOf, importsOf } from '../account-exchange.ts';
import type { Text } from '../accounts.ts';
import { blockOf, blocksOf, settingOf, stringOf } from '../blocks.ts';
import { accountsMayBeMore, blocksNamed, type NatsConf } from '../model.ts';
import { asValue } from '../source-edits.ts';
import { accountNames, operatorSetting } from '../startup.ts';
import { stringsIn } from '../strings.ts';
import { systemAccountSetting } from '../system-account.ts';

export default defineRule<NatsConf>({
  id: 'nats/account-unknown',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    if (accountsMayBeMore(conf)) return;
    yield* judgeStart(conf);
    const names = new Set(conf.accounts.map(({ name }) => name));
    // Mappings at the top level bring the default account into the configuration.
    if (settingOf(conf.root, 'mappings')) names.add('$G');
    for (const account of conf.accounts) {
      for (const one of exportsOf(account)) {
        for (const text of one.accounts ?? [])
          if (!names.has(text.value)) yield report(text, names, 'This export is for an account that does not exist');
      }
      for (const one of importsOf(account)) {
        if (!names.has(one.from.value)) yield report(one.from, names, 'This import comes from an account that does not exist');
      }
    }
    if (!behaves(conf.version, 'callout-allowed-accounts')) return;
    for (const block of blocksNamed(conf, 'auth_callout')) {
      const allowed = settingOf(block, 'allowed_accounts');
      const owner = block.setting?.block.setting;
      if (!allowed || owner?.block.fact.name !== 'server') continue;
      for (const { value, at } of stringsIn(allowed.value)) {
        if (!names.has(value)) yield report({ value, at }, names, 'The callout is to handle logins for an account that does not exist');
      }
    }
  },
});

/** Names that the server looks up when it starts. */
function* judgeStart(conf: NatsConf): Generator<Report> {
  const names = accountNames(conf);
  if (!names || operatorSetting(conf)) return;
  const system = systemAccountSetting(conf.root)?.value;
  const configured = new Set(['$G', ...conf.accounts.map(({ name }) => name)]);
  if (system?.kind === 'string' && system.value !== '' && !configured.has(system.value)) {
    yield { ...report(system, configured, 'The system account is an account that does not exist', 'does not start'), stage: 'start' };
  }
  const leafnodes = blockOf(conf.root, 'leafnodes');
  const authorization = blockOf(leafnodes, 'authorization');
  const owners = [authorization, ...blocksOf(authorization, 'users'), ...blocksOf(leafnodes, 'remotes')];
  for (const owner of owners) {
    const account = stringOf(owner, 'account');
    if (!account || names.has(account.value)) continue;
    yield { ...report(account, names, 'This leafnode connection is for an account that does not exist', 'does not start'), stage: 'start' };
  }
}

function report({ value, at }: Text, names: ReadonlySet<string>, what: string, then = 'refuses the configuration'): Report {
  const near = nearest(value, names);
  return {
    ...at,
    message: `${what}, so nats-server ${then}. ${near ? `Did you mean \`${near}\`?` : 'Add it to `accounts`, or correct the name.'}`,
    ...(near
      ? {
          fix: {
            title: `Write ${near}`,
            safety: 'unsafe',
            edits: () => [{ ...at, newText: asValue(near) }],
          },
        }
      : {}),
  };
}
