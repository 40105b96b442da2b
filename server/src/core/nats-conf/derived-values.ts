// Values that follow from what is written elsewhere: the key beside its certificate, the server after this one, the name that the file bears.
import { type Block, blocksOf, stringOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import { clusterOf } from './cluster-members.ts';
import { addressesBeside, addressesOfOthers, listensNamedByOthers, portsBeside, routesBeside } from './derived-addresses.ts';
import { accountKeys, namesFromGroups, namesFromPath, systemAccounts, userNames } from './derived-names.ts';
import { filesBeside, pathsBeside } from './derived-paths.ts';
import type { NatsConf } from './model.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';

export interface Derived {
  /** Best first. */
  readonly values: readonly string[];
  /** Whether they are likelier than what others have in this place, since each has its own. */
  readonly before: boolean;
}

export const nothingDerived: Derived = { values: [], before: false };

/** `offset` is where the value goes in the standpoint's file. */
export function derivedValues(here: Standpoint, { option, owner }: Slot, offset: number, neighbours: readonly NatsConf[]): Derived {
  switch (option.format) {
    case 'file':
      return { values: [...filesBeside(here, option.key, offset), ...pathsBeside(here, option.key)], before: true };
    case 'name':
      return { values: [...namesFromPath(here.own.file, 'nats'), ...namesFromGroups(here.whole, 'server')], before: true };
    case 'cluster':
      return { values: [...namesFromPath(here.own.file, 'cluster'), ...namesFromGroups(here.whole, 'cluster')], before: false };
    case 'user':
      return { values: option.key === 'user' ? userNames(here, offset, neighbours) : [], before: true };
    case 'account-nkey':
      return { values: accountKeys(here.whole), before: true };
    case 'directory':
      return { values: pathsBeside(here, option.key), before: false };
    case 'subject':
      return { values: subjectsAcross(here, owner.name, option.key, offset), before: true };
    case 'account':
      return { values: systemAccounts(here.whole, option.key), before: true };
    case 'address':
      return {
        values: [
          ...(owner.name === 'cluster' ? listensNamedByOthers(membersOf(here.whole, neighbours)) : []),
          ...addressesBeside(here.whole, owner.name, option.key),
        ],
        before: false,
      };
    case 'route-url':
      return {
        values: [...addressesOfOthers(membersOf(here.whole, neighbours), 'cluster', ['nats-route', 'nats']), ...routesBeside(here.whole)],
        before: false,
      };
    case 'url':
      return { values: remotesOf(owner.name, neighbours), before: false };
    default:
      return option.unit === 'port'
        ? { values: portsBeside(here.whole, owner.name, option.key).map(String), before: false }
        : nothingDerived;
  }
}

/** The other members of a cluster; everybody, while it has no name or is the first. */
function membersOf(conf: NatsConf, neighbours: readonly NatsConf[]): readonly NatsConf[] {
  const { members } = clusterOf(conf, neighbours);
  return members.length > 0 ? members : neighbours;
}

/** Where other servers wait for those that connect to them by an option of a block. */
function remotesOf(block: string, neighbours: readonly NatsConf[]): readonly string[] {
  if (block === 'leafnode_remote') return addressesOfOthers(neighbours, 'leafnodes', ['nats-leaf', 'nats']);
  return block === 'remote_gateway' ? addressesOfOthers(neighbours, 'gateway', ['nats']) : [];
}

/** What accounts give each other: an import names what is exported, an export what others import, and both are called alike on either side. */
function subjectsAcross(here: Standpoint, block: string, key: string, offset: number): readonly string[] {
  if (block === 'import_source') return exportedTo(here, offset);
  const around = blocksAround(here, offset);
  const account = around.find(({ fact }) => fact.name === 'account')?.name?.key;
  if (account === undefined) return [];
  if (block === 'export') return importedFrom(here.whole, account, key);
  const source = block === 'import' && key === 'to' ? importSource(around[0]) : undefined;
  const subject = stringOf(source, 'subject')?.value;
  return subject === undefined ? [] : [subject, `${stringOf(source, 'account')?.value.toLowerCase()}.${subject}`];
}

function importSource(block: Block | undefined): Block | undefined {
  return blocksOf(block, 'service')[0] ?? blocksOf(block, 'stream')[0];
}

/** What others import from an account, and it does not export yet. */
function importedFrom({ accounts }: NatsConf, account: string, kind: string): readonly string[] {
  const sources = accounts.flatMap(({ block }) => blocksOf(block, 'imports')).flatMap(one => blocksOf(one, kind));
  const wanted = sources
    .filter(source => stringOf(source, 'account')?.value === account)
    .flatMap(source => stringOf(source, 'subject')?.value ?? []);
  const own = accounts.find(({ name }) => name === account)?.block;
  const given = new Set(blocksOf(own, 'exports').flatMap(one => stringOf(one, kind)?.value ?? []));
  return [...new Set(wanted)].filter(subject => !given.has(subject));
}

/** What the account exports that an import around a place names. */
function exportedTo(here: Standpoint, offset: number): readonly string[] {
  const source = blocksAround(here, offset).find(({ fact }) => fact.name === 'import_source');
  const account = stringOf(source, 'account')?.value;
  const exporter = here.whole.accounts.find(({ name }) => name === account)?.block;
  const kind = source?.setting?.option.key;
  return kind === undefined ? [] : blocksOf(exporter, 'exports').flatMap(one => stringOf(one, kind)?.value ?? []);
}
