// Values that follow from what is written elsewhere: the key beside its certificate, the server after this one, the name that the file bears.
import { blocksOf, type Setting, stringOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import { clusterOf } from './cluster-members.ts';
import { addressesBeside, addressesOfOthers, listensNamedByOthers, portsBeside, routesBeside } from './derived-addresses.ts';
import { namesFromPath, systemAccounts, userNames } from './derived-names.ts';
import { type NatsConf, settingsNamed } from './model.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';

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
      return { values: filesBeside(here, option.key, offset), before: true };
    case 'name':
      return { values: namesFromPath(here.own.file, 'nats'), before: true };
    case 'cluster':
      return { values: namesFromPath(here.own.file, 'cluster'), before: false };
    case 'user':
      return { values: option.key === 'user' ? userNames(here, offset) : [], before: true };
    case 'subject':
      return { values: owner.name === 'import_source' ? exportedTo(here, offset) : [], before: true };
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

/** What the account exports that an import around a place names. */
function exportedTo(here: Standpoint, offset: number): readonly string[] {
  const source = blocksAround(here, offset).find(({ fact }) => fact.name === 'import_source');
  const account = stringOf(source, 'account')?.value;
  const exporter = here.whole.accounts.find(({ name }) => name === account)?.block;
  const kind = source?.setting?.option.key;
  return kind === undefined ? [] : blocksOf(exporter, 'exports').flatMap(one => stringOf(one, kind)?.value ?? []);
}

// --- Files of TLS ---

/** How files that belong together are named: what stands for one in a name becomes the other. */
const partners: Readonly<Record<string, readonly { readonly option: string; readonly rename: (name: string) => string | undefined }[]>> = {
  key_file: [{ option: 'cert_file', rename: keyOfCertificate }],
  cert_file: [{ option: 'key_file', rename: certificateOfKey }],
  ca_file: [
    { option: 'cert_file', rename: name => `ca.${endingOf(name)}` },
    { option: 'key_file', rename: name => (endingOf(name) === 'key' ? 'ca.crt' : `ca.${endingOf(name)}`) },
  ],
};

function keyOfCertificate(name: string): string | undefined {
  const renamed = name.replace(/cert(?:ificate)?(?=[.\d_-]|$)/i, 'key');
  if (renamed !== name) return renamed;
  return /\.(?:crt|cer)$/i.test(name) ? name.replace(/\.\w+$/, '.key') : name.replace(/(?=\.pem$)/i, '-key');
}

function certificateOfKey(name: string): string | undefined {
  const renamed = name.replace(/key(?=[.\d_-]|$)/i, found => (name.endsWith(`.${found}`) ? found : 'cert'));
  if (renamed !== name) return renamed.replace(/\.key$/i, '.crt');
  return /\.key$/i.test(name) ? name.replace(/\.key$/i, '.crt') : undefined;
}

function endingOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1] ?? 'pem';
}

/** What belongs to the nearest certificate or key. */
function filesBeside({ own, whole }: Standpoint, key: string, offset: number): readonly string[] {
  const distance = ({ entry }: Setting) =>
    entry.keyAt.file === own.file ? Math.abs(entry.keyAt.span.start - offset) : Number.POSITIVE_INFINITY;
  const found = (partners[key] ?? []).flatMap(({ option, rename }) =>
    [...settingsNamed(whole, `tls.${option}`, `tls_certificate.${option}`)].map(setting => ({ setting, rename })),
  );
  found.sort((a, b) => distance(a.setting) - distance(b.setting));
  return found.slice(0, 3).flatMap(({ setting: { value }, rename }) =>
    stringsIn(value).flatMap(({ value: path }) => {
      const name = rename(path.slice(path.lastIndexOf('/') + 1));
      return name === undefined ? [] : [path.slice(0, path.lastIndexOf('/') + 1) + name];
    }),
  );
}
