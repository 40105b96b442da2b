// Accounts share the disk and memory of the server. Without a limit, one of them can take what the others need.
import { defineRule } from '../../lint/rule.ts';
import type { Account } from '../accounts.ts';
import { mayHold, type Setting, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { isWhole, jetStream, operatorSetting } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/unlimited-jetstream',
  severity: 'information',
  since: '0.1.0',
  *check(conf) {
    if (!isWhole(conf) || operatorSetting(conf) || jetStream(conf) === 'off') return;
    const sharing = conf.accounts.flatMap(account => {
      const setting = jetStreamOf(account);
      return setting ? [{ account, setting }] : [];
    });
    if (sharing.length < 2) return;
    for (const { account, setting } of sharing) {
      if (isLimited(setting)) continue;
      yield {
        ...setting.entry.keyAt,
        message: `\`${account.name}\` may store as much as the whole server has, so a runaway stream in it stops the ${sharing.length - 1 === 1 ? 'other account' : `other ${sharing.length - 1} accounts`} with JetStream from storing anything. Give it limits, for instance \`jetstream { max_file: 10G, max_mem: 1G }\`.`,
      };
    }
  },
});

function jetStreamOf({ block }: Account): Setting | undefined {
  const setting = settingOf(block, 'jetstream');
  const value = setting?.value;
  if (value?.kind === 'boolean') return value.value ? setting : undefined;
  if (value?.kind === 'string') return /^enabled?$/i.test(value.value) ? setting : undefined;
  return value?.kind === 'map' ? setting : undefined;
}

/** A store with a size of its own, for memory or for files. */
function isLimited({ blocks: [limits] }: Setting): boolean {
  if (!limits) return false;
  return mayHold(limits) || ['max_memory', 'max_store'].some(key => isLimit(settingOf(limits, key)));
}

/** -1 says "no limit" in so many words. */
function isLimit(setting: Setting | undefined): boolean {
  return setting !== undefined && (setting.value.kind !== 'integer' || setting.value.value >= 0);
}
