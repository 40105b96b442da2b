// Files and folders that follow from others: the key beside its certificate, the log beside the data.
import type { Setting } from './blocks.ts';
import { settingsNamed } from './model.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';

/** A path up to its last slash, and the rest. */
function splitPath(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf('/') + 1;
  return [path.slice(0, end), path.slice(end)];
}

// --- TLS ---

/** How files that belong together are named: what stands for one in a name becomes the others, the likeliest first. */
const partners: Readonly<Record<string, readonly { readonly option: string; readonly rename: (name: string) => readonly string[] }[]>> = {
  key_file: [{ option: 'cert_file', rename: keysOfCertificate }],
  cert_file: [{ option: 'key_file', rename: certificatesOfKey }],
  ca_file: [
    { option: 'cert_file', rename: name => authoritiesOf(endingOf(name)) },
    { option: 'key_file', rename: name => authoritiesOf(endingOf(name) === 'key' ? 'crt' : endingOf(name)) },
  ],
};

const isCertificate = /cert(?:ificate)?(?=[.\d_-]|$)/i;
const isKey = /key(?=[.\d_-]|$)/i;

function keysOfCertificate(name: string): readonly string[] {
  // Who gets certificates from Let's Encrypt has files of these names.
  if (/^fullchain/i.test(name)) return [name.replace(/^fullchain/i, 'privkey')];
  const ending = endingOf(name);
  if (isCertificate.test(name)) return [name.replace(isCertificate, 'key'), ...(ending === 'pem' ? [] : ['server.key'])];
  if (/^(?:crt|cer)$/i.test(ending)) return [name.replace(/\.\w+$/, '.key')];
  return [...suffixed(name, 'key'), name.replace(/\.\w+$/, '.key'), `key.${ending}`];
}

function certificatesOfKey(name: string): readonly string[] {
  if (/^privkey/i.test(name)) return [name.replace(/^privkey/i, 'fullchain'), name.replace(/^privkey/i, 'cert')];
  const ending = endingOf(name);
  if (ending === 'key') return ['crt', 'pem'].map(other => name.replace(/\.key$/i, `.${other}`));
  return isKey.test(name) ? [name.replace(isKey, 'cert'), name.replace(/[_-]?key(?=[.\d_-])/i, '')] : [];
}

/** `server-key.pem` and `server-key-a.pem` for `server.pem` and `server-a.pem`. */
function suffixed(name: string, word: string): readonly string[] {
  const all = [name.replace(/(?=\.\w+$)/, `-${word}`), name.replace(/(?=[_-]\w+\.\w+$)/, `-${word}`)];
  return all.filter((one, i) => one !== name && all.indexOf(one) === i);
}

function authoritiesOf(ending: string): readonly string[] {
  return ['ca', 'ca-cert', 'rootCA'].map(name => `${name}.${ending}`);
}

function endingOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1] ?? 'pem';
}

/** For which option of TLS a file is, as far as its name says it. */
export function roleOf(path: string): 'key_file' | 'ca_file' | 'cert_file' | undefined {
  const [, name] = splitPath(path);
  if (isKey.test(name) || /^privkey/i.test(name)) return 'key_file';
  if (/(?:^|root|[._-])ca(?=[._-]|$)/i.test(name)) return 'ca_file';
  return isCertificate.test(name) || /^fullchain|\.(?:crt|cer)$/i.test(name) ? 'cert_file' : undefined;
}

/** Whether a path may be the value of an option: a key is no certificate, and the other way round. */
export function fitsRole(option: string, path: string): boolean {
  const isForKey = option === 'key_file';
  if (!isForKey && option !== 'cert_file' && option !== 'ca_file') return true;
  const role = roleOf(path);
  return role === undefined || (role === 'key_file') === isForKey;
}

/** What belongs to the nearest certificate or key. */
export function filesBeside({ own, whole }: Standpoint, key: string, offset: number): readonly string[] {
  const distance = ({ entry }: Setting) =>
    entry.keyAt.file === own.file ? Math.abs(entry.keyAt.span.start - offset) : Number.POSITIVE_INFINITY;
  const found = (partners[key] ?? []).flatMap(({ option, rename }) =>
    settingsNamed(whole, `tls.${option}`, `tls_certificate.${option}`).map(setting => ({ setting, rename })),
  );
  found.sort((a, b) => distance(a.setting) - distance(b.setting));
  const made = found.slice(0, 3).map(({ setting: { value }, rename }) =>
    stringsIn(value).flatMap(({ value: path }) => {
      const [folder, name] = splitPath(path);
      return rename(name).flatMap(other => (other === name || other.startsWith('.') ? [] : folder + other));
    }),
  );
  // The first name for each of them, before the second for any.
  return [0, 1, 2].flatMap(place => made.flatMap(names => names[place] ?? []));
}

// --- Logs, data and the like ---

interface Place {
  readonly option: string;
  /** What a part of the path is called that says what is there, the usual one first. */
  readonly words: readonly string[];
  /** The folder of `/var` for such files. */
  readonly inVar?: string;
  readonly ending: string;
}

/** Options with files and folders of the server itself. */
const places: Readonly<Record<string, Place>> = {
  pidfile: { option: 'server.pidfile', words: ['pids', 'pid'], inVar: 'run', ending: '.pid' },
  logfile: { option: 'server.logfile', words: ['logs', 'log'], inVar: 'log', ending: '.log' },
  store_dir: { option: 'jetstream.store_dir', words: ['data', 'jetstream', 'js', 'store', 'storage'], ending: '' },
  dir: { option: 'resolver.dir', words: ['jwt', 'resolver', 'accounts'], ending: '' },
};

/** Where other files of the server are, with the word for this one: `logs/n2` for `pids/n2`, `/nats/jwt` for `/nats/jetstream`. */
export function pathsBeside({ whole }: Standpoint, key: string): readonly string[] {
  const own = places[key];
  if (!own) return [];
  const others = Object.values(places).filter(place => place !== own);
  const made = others.map(other =>
    settingsNamed(whole, other.option).flatMap(({ value }) => stringsIn(value).flatMap(({ value: path }) => madeFrom(path, other, own))),
  );
  return made.flat();
}

function madeFrom(path: string, from: Place, to: Place): readonly string[] {
  if (path.startsWith('/dev/')) return [];
  const parts = path.split('/');
  const isVar = path.startsWith('/var/');
  const [at, words] = isVar
    ? [parts[2] === from.inVar && to.inVar !== undefined ? 2 : -1, to.inVar === undefined ? [] : [to.inVar]]
    : [parts.map(part => from.words.includes(part)).lastIndexOf(true), to.words.slice(0, 2)];
  const isFile = to.ending !== '';
  if (at >= 0 && !(isFile && at === parts.length - 1))
    return words.map(word => withEnding([...parts.slice(0, at), word, ...parts.slice(at + 1)].join('/'), from.ending, to.ending));
  return !isVar && isFile && from.ending !== '' && path.endsWith(from.ending) ? [withEnding(path, from.ending, to.ending)] : [];
}

function withEnding(path: string, from: string, to: string): string {
  return from !== '' && path.endsWith(from) ? path.slice(0, -from.length) + to : path;
}
