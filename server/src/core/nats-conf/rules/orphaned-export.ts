// Exports and imports of a configuration are all in one place, so an export that nobody imports is visible: a slip, or a leftover.
import { defineRule } from '../../lint/rule.ts';
import { coversSubject } from '../../nats-auth/subject.ts';
import { withWildcards } from '../../nats-auth/subject-transform.ts';
import { grouped } from '../../text/group.ts';
import { exportsOf, importsOf, mayImportMore } from '../account-exchange.ts';
import { accountsMayBeMore, type NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { operatorSetting } from '../startup.ts';
import { systemAccountName } from '../system-account.ts';

export default defineRule<NatsConf>({
  id: 'nats/orphaned-export',
  severity: 'information',
  since: '0.1.0',
  *check(conf) {
    if (operatorSetting(conf) || accountsMayBeMore(conf) || conf.accounts.some(mayImportMore)) return;
    const imports = grouped(conf.accounts.flatMap(importsOf), one => one.from.value);
    const system = systemAccountName(conf.root);
    for (const account of conf.accounts) {
      if (account.name === system) continue;
      for (const { kind, subject, block } of exportsOf(account)) {
        const used = imports
          .get(account.name)
          ?.some(one => one.kind === kind && coversSubject(subject.value, withWildcards(one.subject.value)));
        if (used) continue;
        yield {
          ...subject.at,
          message: `No account imports this ${kind}, so nothing leaves \`${account.name}\` by it. Add an import to the account that should get it, or remove the export.`,
          fix: { title: 'Remove the export', safety: 'unsafe', edits: () => [removePair(conf, block.map.at.file, block.map.at.span)] },
        };
      }
    }
  },
});
