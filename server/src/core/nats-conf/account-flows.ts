// The mappings and imports of a configuration's accounts, for following messages from account to account.
import { type AccountFlow, AccountFlows, type Mapping, type MappingDestination } from '../nats-auth/account-flow.ts';
import { remember } from '../text/remember.ts';
import { importsOf } from './account-exchange.ts';
import type { Account } from './accounts.ts';
import { parseInteger } from './address.ts';
import { type Block, blockOf, type Setting, settingOf, stringOf } from './blocks.ts';
import { withDomains } from './jetstream-domain.ts';
import type { NatsConf } from './model.ts';
import { hasJetStream } from './startup.ts';
import { isSystemAccount } from './system-account.ts';
import { globalAccount } from './user-access.ts';
import type { EvaluatedValue } from './values.ts';

/** How messages flow between the accounts of a configuration. */
export const flowsOf: (conf: NatsConf) => AccountFlows = remember(conf => {
  const { root, accounts, version } = conf;
  const global: AccountFlow = { name: globalAccount, mappings: mappingsIn(settingOf(root, 'mappings')), imports: [] };
  const cluster = stringOf(blockOf(root, 'cluster'), 'name')?.value ?? '';
  const own = accounts.map(account => {
    return withDomains(conf, flowOf(account), { isSystem: isSystemAccount(conf, account), hasJetStream: hasJetStream(account) });
  });
  return new AccountFlows([withDomains(conf, global, { isSystem: false, hasJetStream: false }), ...own], cluster, version);
});

function flowOf(account: Account): AccountFlow {
  const imports = importsOf(account).map(({ kind, from, subject, to, prefix }) => {
    const inner = subject.value;
    // A prefix is for streams; its dot may be written or not.
    const local = kind === 'stream' && prefix ? `${prefix.value.replace(/\.?$/, '.')}${inner}` : (to?.value ?? inner);
    return { kind, account: from.value, subject: inner, local };
  });
  return { name: account.name, mappings: mappingsIn(settingOf(account.block, 'mappings')), imports };
}

function mappingsIn(setting: Setting | undefined): readonly Mapping[] {
  if (setting?.value.kind !== 'map') return [];
  const blocks = new Map<EvaluatedValue, Block>(setting.blocks.map(block => [block.map, block]));
  return [...setting.value.entries.values()].map(({ key, value }) => {
    if (value.kind === 'string') return { source: key, destinations: [{ subject: value.value, weight: 100 }] };
    const given = value.kind === 'array' ? value.items : [value];
    return { source: key, destinations: given.flatMap(item => destinationOf(blocks.get(item)) ?? []) };
  });
}

function destinationOf(block: Block | undefined): MappingDestination | undefined {
  const destination = stringOf(block, 'destination');
  if (!destination) return undefined;
  return { subject: destination.value, weight: weightOf(block) ?? 0, cluster: stringOf(block, 'cluster')?.value };
}

/** Percent, written as a number or as `50%`; undefined where it is neither. */
export function weightOf(block: Block | undefined): number | undefined {
  const value = settingOf(block, 'weight')?.value;
  if (value?.kind === 'integer') return value.value;
  return value?.kind === 'string' ? parseInteger(value.value.replace(/%$/, '')) : undefined;
}
