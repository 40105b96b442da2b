// What nats-server knows about its configuration when it starts: which listeners are on, who may log in, who signs. The checks that
// pass `nats-server -t` and stop the start ask these questions. A value from the environment is taken to be set to something.
import type { Account } from './accounts.ts';
import { type Block, blockOf, isGiven, mayHold, type Setting, settingOf } from './blocks.ts';
import { accountsMayBeMore, type NatsConf } from './model.ts';
import { systemAccountSetting } from './system-account.ts';

/** The setting that gives a block's listener its port; undefined where it has none, so that the block does nothing. */
export function listenerOf(block: Block | undefined, ...keys: readonly string[]): Setting | undefined {
  for (const key of keys.length > 0 ? keys : ['listen', 'port']) {
    const setting = settingOf(block, key);
    if (setting && !isZero(setting)) return setting;
  }
  return undefined;
}

function isZero({ value }: Setting): boolean {
  if (value.kind === 'integer') return value.value === 0;
  return value.kind === 'string' && /(^|:)0*$/.test(value.value);
}

/** Whether the top-level block of this name has a listener. */
export function listens(conf: NatsConf, key: 'cluster' | 'gateway' | 'leafnodes' | 'mqtt' | 'websocket'): boolean {
  return listenerOf(blockOf(conf.root, key)) !== undefined;
}

/** `on`, `off`, or undefined where only the environment knows. */
export function jetStream(conf: NatsConf): 'on' | 'off' | undefined {
  const setting = settingOf(conf.root, 'jetstream');
  if (!setting) return mayHold(conf.root) ? undefined : 'off';
  const { value } = setting;
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'boolean') return value.value ? 'on' : 'off';
  if (value.kind === 'string') return /^enabled?$/i.test(value.value) ? 'on' : 'off';
  const enabled = settingOf(setting.blocks[0], 'enabled')?.value;
  if (enabled?.kind === 'unknown') return undefined;
  return enabled?.kind === 'boolean' && !enabled.value ? 'off' : 'on';
}

/** Whether an account of the configuration keeps streams on this server. */
export function hasJetStream({ block }: Account): boolean {
  const value = settingOf(block, 'jetstream')?.value;
  if (value?.kind === 'boolean') return value.value;
  return value?.kind === 'map' || (value?.kind === 'string' && /^enabled?$/i.test(value.value));
}

/** The setting that puts the server under operators, whose accounts and users come with JWTs. */
export function operatorSetting(conf: NatsConf): Setting | undefined {
  const setting = settingOf(conf.root, 'operator');
  return setting && (setting.value.kind === 'array' || isGiven(setting)) ? setting : undefined;
}

/** Whether a key that is not among the top-level ones can be said to be absent. */
export function isWhole(conf: NatsConf): boolean {
  return !mayHold(conf.root);
}

/** Whether more users may exist than the text shows: from a file that could not be read, or a list from the environment. */
export function mayHaveMoreUsers(conf: NatsConf): boolean {
  const owners = [conf.root, blockOf(conf.root, 'authorization'), ...conf.accounts.map(account => account.block)];
  return owners.some(owner => owner && (mayHold(owner) || settingOf(owner, 'users')?.value.kind === 'unknown')) || accountsUnknown(conf);
}

function accountsUnknown({ root }: NatsConf): boolean {
  return ['accounts', 'authorization'].some(key => settingOf(root, key)?.value.kind === 'unknown');
}

/** Names of the accounts that exist when a server without operators starts; undefined where some cannot be seen here. */
export function accountNames(conf: NatsConf): ReadonlySet<string> | undefined {
  if (accountsMayBeMore(conf)) return undefined;
  const names = new Set(['', '$G', ...conf.accounts.map(({ name }) => name)]);
  const off = settingOf(conf.root, 'no_system_account')?.value;
  const without = off?.kind === 'unknown' || (off?.kind === 'boolean' && off.value);
  if (!isGiven(systemAccountSetting(conf.root)) && !without) names.add('$SYS');
  return names;
}
