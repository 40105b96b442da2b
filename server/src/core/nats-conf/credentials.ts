// Where a configuration holds secrets: passwords under their options, and in the user part of URLs.
import { parseUrl } from '../nats-auth/go-url.ts';
import { remember } from '../text/remember.ts';
import { type Block, type Setting, stringOf } from './blocks.ts';
import { type NatsConf, settingsOfFormat } from './model.ts';
import { placeInString, stringsIn } from './strings.ts';
import type { EvaluatedString, Place } from './values.ts';

export interface Credential {
  /** `url`: the password is a part of the string. */
  readonly kind: 'password' | 'key' | 'url';
  readonly setting: Setting;
  readonly value: EvaluatedString;
  /** The secret in the text, behind all variables. */
  readonly at: Place;
  /** The secret itself. Never to be shown. */
  readonly secret: string;
}

export interface CredentialNames {
  /** For whom it is, in words: "user `alice`", "the cluster". */
  readonly owner: string;
  /** Name of an environment variable that could hold it. */
  readonly variable: string;
}

/** Every password, encryption key and URL with a password. Left out are empty ones, and passwords of which only a sound hash is written. */
export function credentialsIn({ index }: Pick<NatsConf, 'index'>): readonly Credential[] {
  return credentialsOf(index);
}

const credentialsOf = remember((index: NatsConf['index']): readonly Credential[] => {
  const found: Credential[] = [];
  for (const setting of settingsOfFormat({ index }, 'password', 'secret')) {
    const { value, option } = setting;
    if (value.kind !== 'string' || value.value === '') continue;
    const kind = option.format === 'secret' ? 'key' : 'password';
    // Asked before anything is made: of thousands of passwords nearly all may be such.
    if (kind === 'password' && soundHash.test(value.value)) continue;
    const at = { file: value.origin.file, span: value.node.contentSpan };
    found.push({ kind, setting, value, at, secret: value.value });
  }
  for (const setting of settingsOfFormat({ index }, 'url', 'route-url')) {
    for (const value of stringsIn(setting.value)) found.push(...credentialInUrl(setting, value));
  }
  return found;
});

/** A whole bcrypt hash of an accepted cost that is not too low, of which there is nothing to say wherever it stands. */
const soundHash = /^\$2[abxy]\$(1\d|2\d|30|31)\$[./A-Za-z0-9]{53}$/;

function* credentialInUrl(setting: Setting, value: EvaluatedString): Generator<Credential> {
  const text = value.value.trim();
  const url = parseUrl(text);
  if (typeof url === 'string' || !url.userInfo) return;
  const colon = url.userInfo.indexOf(':');
  const secret = url.userInfo.slice(colon + 1);
  if (colon < 0 || secret === '') return;
  const start = value.value.indexOf(text) + url.userInfoStart + colon + 1;
  const at = { file: value.origin.file, span: placeInString(value, start, start + secret.length) };
  yield { kind: 'url', setting, value, at, secret };
}

const titles: Readonly<Record<string, readonly [owner: string, prefix: string]>> = {
  server: ['the server', 'NATS'],
  cluster: ['the cluster', 'CLUSTER'],
  gateway: ['the gateway', 'GATEWAY'],
  remote_gateway: ['the gateway', 'GATEWAY'],
  leafnodes: ['the leafnodes', 'LEAFNODE'],
  leafnode_remote: ['the remote', 'LEAFNODE'],
  leafnode_proxy: ['the proxy', 'PROXY'],
  websocket: ['WebSocket clients', 'WEBSOCKET'],
  mqtt: ['MQTT clients', 'MQTT'],
  jetstream: ['JetStream', 'JETSTREAM'],
  jetstream_tpm: ['the TPM', 'TPM'],
};

/** For whom a secret is, and how a variable for it could be called. */
export function namesOf({ kind, setting, secret }: Credential): CredentialNames {
  const { block } = setting;
  const suffix = kind === 'url' ? 'URL' : kind === 'key' ? 'KEY' : 'PASSWORD';
  const user = kind === 'url' || block.fact.name === 'leafnode_proxy' ? undefined : stringOf(block, 'user')?.value;
  // A name that gives the password away (`admin`, `admin`) is not repeated.
  const name = user?.toLowerCase().includes(secret.toLowerCase()) ? undefined : user;
  let around: Block | undefined = block;
  while (around && !titles[around.fact.name]) around = around.setting?.block;
  const [owner, prefix] = titles[around?.fact.name ?? 'server'] as readonly [string, string];
  if (name === undefined && user !== undefined) {
    const place = (block.setting?.blocks.indexOf(block) ?? -1) + 1;
    return { owner: 'this user', variable: `${place > 0 && /user$/.test(block.fact.name) ? `USER_${place}` : prefix}_${suffix}` };
  }
  if (name === undefined) return { owner, variable: `${prefix}_${suffix}` };
  return { owner: `user \`${name}\``, variable: `${variableWord(name) ?? prefix}_${suffix}` };
}

/** A name as the beginning of a variable's, `BACK_OFFICE`; undefined where it does not begin with a letter. */
export function variableWord(name: string): string | undefined {
  const word = name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[A-Z]/.test(word) ? word : undefined;
}
