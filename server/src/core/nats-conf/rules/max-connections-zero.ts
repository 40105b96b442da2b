// What 0 means for `max_connections` changed: once it meant "no limit", now it lets nobody in.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule } from '../../lint/rule.ts';
import { settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/max-connections-zero',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    const setting = settingOf(conf.root, 'max_connections');
    if (setting?.value.kind !== 'integer' || setting.value.value > 0) return;
    const { keyAt, node } = setting.entry;
    const what = behaves(conf.version, 'no-connections-refuses-all')
      ? 'does not mean "no limit": nats-server starts, and then refuses every client'
      : 'means "no limit" to older servers only: from 2.12.5 and 2.14.0 on, nats-server refuses every client with it';
    yield {
      ...setting.value.at,
      message: `${setting.value.value} ${what}. Remove the line for the default of 65536, or write the number that you want.`,
      fix: { title: 'Remove max_connections', safety: 'unsafe', edits: () => [removePair(conf, keyAt.file, node.span)] },
    };
  },
});
