// Values that follow from what is written elsewhere: the key beside its certificate, the server after this one, the name that the file bears.
import { typicalValues } from '../facts/nats-proposals.ts';
import { directoryOf, nameOf } from '../text/file-id.ts';
import { splitHostPort } from './address.ts';
import type { Setting } from './blocks.ts';
import { type NatsConf, settingsNamed } from './model.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedValue } from './values.ts';

export interface Derived {
  /** Best first. */
  readonly values: readonly string[];
  /** Whether they are likelier than what others have in this place, since each has its own. */
  readonly before: boolean;
}

export const nothingDerived: Derived = { values: [], before: false };

/** `offset` is where the value goes in the standpoint's file. */
export function derivedValues(here: Standpoint, { option, owner }: Slot, offset: number): Derived {
  switch (option.format) {
    case 'file':
      return { values: filesBeside(here, option.key, offset), before: true };
    case 'name':
      return { values: namesFromPath(here.own.file), before: true };
    case 'cluster':
      return { values: namesFromPath(here.own.file), before: false };
    case 'address':
      return { values: addressesBeside(here.whole, owner.name, option.key), before: false };
    case 'route-url':
      return { values: routesBeside(here.whole), before: false };
    default:
      return option.unit === 'port'
        ? { values: portsBeside(here.whole, owner.name, option.key).map(String), before: false }
        : nothingDerived;
  }
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

// --- Names ---

/** Words that name a kind of file or folder, and no server. */
const generic =
  /^(?:nats|nats-server|server|gnatsd|main|index|default|config|configs|configuration|conf|etc|src|test|tests|scripts|docker|deploy|shared)$/i;

/** `n1` for `n1.conf` and for `n1/nats.conf`. */
function namesFromPath(file: string): readonly string[] {
  const names = [nameOf(file).replace(/\.(?:conf|cfg|inc|nats)\b.*$/, ''), nameOf(directoryOf(file))];
  return names.filter(name => /^[A-Za-z][\w-]{1,40}$/.test(name) && !generic.test(name));
}

// --- Addresses and ports ---

/** Options that say where a server listens; only for these a port has a usual value that everybody keeps to. */
const listeners = ['server', 'cluster', 'gateway', 'leafnodes'].flatMap(block =>
  ['listen', 'port', 'http', 'http_port'].map(key => `${block}.${key}`),
);

interface Listening {
  readonly host: string | undefined;
  readonly port: number;
  /** The port that such a listener usually has. */
  readonly usual: number;
}

function portIn(value: EvaluatedValue): Omit<Listening, 'usual'> | undefined {
  if (value.kind === 'integer') return { host: undefined, port: value.value };
  const parts = value.kind === 'string' ? splitHostPort(value.value) : undefined;
  return parts && { host: parts.host, port: Number(parts.port) };
}

function usualPort(block: string, key: string): number | undefined {
  const isListen = ['listen', 'http', 'https'].includes(key);
  const [usual = ''] = typicalValues(block, isListen && block !== 'server' ? 'port' : key);
  const port = Number(splitHostPort(usual)?.port ?? usual);
  return port > 0 ? port : undefined;
}

function listeningIn(conf: NatsConf, options: readonly string[]): readonly Listening[] {
  return [...settingsNamed(conf, ...options)].flatMap(({ value, block, option }) => {
    const usual = usualPort(block.fact.name, option.key);
    const found = portIn(value);
    return found && usual !== undefined && found.port > 0 && found.port <= 65535 ? [{ ...found, usual }] : [];
  });
}

/** One who moves the port of clients by one, to start a second server on the machine, moves the others as far. */
function portsBeside(conf: NatsConf, block: string, key: string): readonly number[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const moved = listeningIn(conf, listeners).map(one => usual + one.port - one.usual);
  return [...new Set(moved)].filter(port => port !== usual && port > 1024 && port <= 65535);
}

/** The hosts that other listeners have. */
function addressesBeside(conf: NatsConf, block: string, key: string): readonly string[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const hosts = new Set(listeningIn(conf, listeners).flatMap(({ host }) => host || []));
  const ports = [...portsBeside(conf, block, key), usual];
  return [...hosts].flatMap(host => ports.map(port => `${host}:${port}`));
}

/** Members of a cluster on one machine have ports that follow each other. */
function routesBeside(conf: NatsConf): readonly string[] {
  return listeningIn(conf, ['cluster.listen', 'cluster.port']).flatMap(({ host, port, usual }) => {
    const isLocal = host !== undefined && /^(?:127\.0\.0\.1|localhost)$/.test(host);
    if (!isLocal && port === usual) return [];
    const name = isLocal ? host : '127.0.0.1';
    return [1, 2, -1].flatMap(step => ['nats', 'nats-route'].map(scheme => `${scheme}://${name}:${port + step}`));
  });
}
