// Certificates, credentials and JWTs that a configuration names by their paths. Only whether they are there is asked; private keys are left alone.
import type { BuildContext } from '../language.ts';
import { looksLikeJwt } from '../nats-auth/decode.ts';
import { directoryOf, type FileId, joinPath, nameOf } from '../text/file-id.ts';
import type { NatsConf } from './model.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedString } from './values.ts';

export interface NamedFile {
  readonly value: EvaluatedString;
  /** `unknown` while nobody has looked yet. */
  readonly outcome: 'present' | 'absent' | 'unknown';
  /** Where it is, when it is present. */
  readonly target: FileId | undefined;
}

const options = ['tls.cert_file', 'tls.ca_file', 'tls_certificate.cert_file', 'leafnode_remote.credentials', 'server.operator'];

/** nats-server takes a relative path from the folder that it is started in, which is often one around that of the configuration. */
const foldersAround = 3;

/** Every such file, in the order of the options. */
export function namedFilesIn(conf: Pick<NatsConf, 'file' | 'index'>, read: BuildContext['read']): readonly NamedFile[] {
  const found: NamedFile[] = [];
  for (const { value } of options.flatMap(name => conf.index.byOption.get(name) ?? [])) {
    for (const string of stringsIn(value)) {
      if (isPath(string.value)) found.push({ value: string, ...look(candidatesFor(string.value, conf.file), read) });
    }
  }
  return found;
}

/** An operator may also be given as the JWT itself; what holds a stand-in for a template engine is no path yet. */
function isPath(text: string): boolean {
  return text !== '' && !looksLikeJwt(text) && !/[\r\n{}$<>*]/.test(text) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function candidatesFor(path: string, conf: FileId): readonly FileId[] {
  let folder = directoryOf(conf);
  if (path.startsWith('/')) return [joinPath(rootOf(folder), path)];
  const candidates: FileId[] = [];
  for (let around = 0; around <= foldersAround; around++) {
    candidates.push(joinPath(folder, path));
    if (nameOf(folder) === '') break;
    folder = directoryOf(folder);
  }
  return candidates;
}

/** The folder that an absolute path begins at. */
function rootOf(folder: FileId): FileId {
  let root = folder;
  for (let next = directoryOf(root); next !== root; next = directoryOf(root)) root = next;
  return root;
}

function look(candidates: readonly FileId[], read: BuildContext['read']): Pick<NamedFile, 'outcome' | 'target'> {
  let outcome: NamedFile['outcome'] = 'absent';
  for (const candidate of candidates) {
    const file = read(candidate);
    if (file === 'unknown') outcome = 'unknown';
    else if (file !== 'absent') return { outcome: 'present', target: candidate };
  }
  return { outcome, target: undefined };
}
