// Names that follow from what is there: of a server from its file and folder, of a user from the account and the variable with the password.
import { isPublicNkey } from '../nats-auth/nkey.ts';
import { directoryOf, type FileId, nameOf, pathOf } from '../text/file-id.ts';
import { type Block, blockOf, settingOf, stringOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import { type NatsConf, secretFormats, settingsNamed, settingsOfFormat } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';
import { systemAccountName } from './system-account.ts';

/** Words that name a kind of file or folder, and no server. */
const generic =
  /^(?:nats|nats-server|nats-config|nats_server|server|gnatsd|main|index|default|config|configs|configuration|conf|conf\.d|etc|infra|infrastructure|src|test|tests|scripts|docker|deploy|deployment|deployments|shared|templates|home|root|users|mnt|opt|srv|project|projects|work|code|github|var|tmp)$/i;

function isName(name: string): boolean {
  return /^[A-Za-z][\w-]{1,40}$/.test(name) && !generic.test(name);
}

/** `n1` for `n1.conf` and for `n1/nats.conf`; `shop`, `shop-nats` and `shop-backend-nats` for `shop-backend/config/nats.conf`. */
export function namesFromPath(file: FileId, suffix: string): readonly string[] {
  const [stem, project] = [stemOf(file), projectOf(file)];
  const [, first, last] = /^([A-Za-z][A-Za-z0-9]{2,})(?:.*[_-]([A-Za-z0-9]{4,}))?/.exec(project ?? '') ?? [];
  const isNamed = project === undefined || project.toLowerCase().includes(suffix);
  const made = isNamed ? [] : [first, project].flatMap(name => (name === undefined ? [] : `${name}-${suffix}`));
  const names = [stem, stem.replaceAll('_', '-'), project, ...made, first, last];
  return [...new Set(names.flatMap(name => (name !== undefined && isName(name) ? name : [])))];
}

/** Servers, clusters and domains are called after each other; a server says which of its cluster it is. */
export function namesFromGroups({ root }: NatsConf, of: 'server' | 'cluster'): readonly string[] {
  const domain = stringOf(blockOf(root, 'jetstream'), 'domain')?.value ?? [];
  const cluster = stringOf(blockOf(root, 'cluster'), 'name')?.value;
  const server = stringOf(root, 'server_name')?.value.replace(/[_-]?\d+$/, '') ?? [];
  if (of === 'cluster') return [domain, server].flat().filter(isName);
  return [domain, cluster === undefined ? [] : [cluster, `${cluster}-1`, `n1-${cluster}`]].flat().filter(isName);
}

function stemOf(file: FileId): string {
  return nameOf(file).replace(/\.(?:conf|cfg|inc|nats)\b.*$/, '');
}

/** The nearest folder around a file that is named after something: mostly the project. */
function projectOf(file: FileId): string | undefined {
  return pathOf(directoryOf(file)).split('/').filter(isName).at(-1);
}

/** How variables with secrets are called after their user: `NATS_BILLING_PASSWORD`. */
const ofSecret = /^(?:NATS_)?(.+?)_?(?:PASSWORD|PASSWD|PASS|PWD|PW|SECRET|TOKEN)$/i;

/**
 * For a user whose place is known: as others speak of a user whom nobody has defined, as the variable says that gives the password, and as the
 * account is called.
 */
export function userNames(here: Standpoint, offset: number, neighbours: readonly NatsConf[]): readonly string[] {
  const around = blocksAround(here, offset);
  const secrets = secretTextsOf(here.whole);
  const spoken = [
    ...(around[0]?.fact.name === 'user' ? usersSpokenOf(here.whole) : []),
    ...usersInAddresses(here.whole, around, neighbours),
  ].filter(name => !secrets.has(name));
  const inner = around[0];
  const names = inner
    ? [...variablesOfSecrets(inner).flatMap(name => ofSecret.exec(name)?.[1]?.toLowerCase() ?? []), ...connectionsOf(inner)]
    : [];
  const account = around.find(({ fact }) => fact.name === 'account')?.name?.key;
  const ofAccount =
    account === undefined ? [] : account === systemAccountName(here.whole.root) ? systemUsers : usersCalledAfter(account.toLowerCase());
  const project = projectOf(here.own.file)?.toLowerCase() ?? [];
  return [...new Set([...spoken, ...[...names, ...ofAccount, project].flat().filter(isName)])];
}

const usersCalledAfter = (account: string): readonly string[] => [account, `${account}_user`, `${account}-user`];

/** How people call those who watch over the servers. */
const systemUsers = ['sys', 'admin', 'system', 'sys_user'];

/** Names that an option such as `no_auth_user` gives. */
function usersSpokenOf(conf: NatsConf): readonly string[] {
  const references = settingsOfFormat(conf, 'user').filter(({ option }) => option.key !== 'user');
  return references.flatMap(({ value }) => stringsIn(value).map(one => one.value));
}

/** Where servers log in to each other: the block of the listener, and where addresses of such listeners stand. */
const logins: Readonly<Record<string, readonly string[]>> = {
  cluster: ['cluster.routes'],
  gateway: ['remote_gateway.url', 'remote_gateway.urls'],
  leafnodes: ['leafnode_remote.url', 'leafnode_remote.urls'],
};

/** As whom the addresses of a listener log in to it. What stands alone in front of a host is a token, and no name. */
function usersInAddresses(conf: NatsConf, around: readonly Block[], neighbours: readonly NatsConf[]): readonly string[] {
  // Leaf servers log in as users of an account too.
  const listener = around.map(({ fact }) => fact.name).find(name => logins[name] !== undefined) ?? 'leafnodes';
  const options = logins[listener] ?? [];
  const addresses = [conf, ...neighbours].flatMap(one => settingsNamed(one, ...options)).flatMap(({ value }) => stringsIn(value));
  return addresses.flatMap(({ value }) => {
    const [, user, password] = /\/\/([\w-]+):(.*)@/s.exec(value) ?? [];
    return user === undefined || user === password ? [] : user;
  });
}

/** Users of other protocols are mostly called after them. */
function connectionsOf(block: Block): readonly string[] {
  const types = settingOf(block, 'allowed_connection_types');
  return types ? stringsIn(types.value).flatMap(({ value }) => (value.toUpperCase() === 'STANDARD' ? [] : value.toLowerCase())) : [];
}

function variablesOfSecrets({ settings }: Block): readonly string[] {
  return settings.flatMap(({ option, value }) =>
    option.format !== undefined && secretFormats.has(option.format) && value.via ? value.via.name : [],
  );
}

/** Accounts that an operator or the resolver knows, by their public keys. */
export function systemAccounts({ operatorMode }: NatsConf, key: string): readonly string[] {
  if (key !== 'system_account' || !operatorMode) return [];
  const named = operatorMode.operators.flatMap(({ claims }) => claims?.nats.system_account ?? []);
  return [...new Set([...named, ...operatorMode.preload.map(account => account.key)])];
}

/** Accounts that are called by their public keys: what signs for an account may be its own. */
export function accountKeys({ accounts }: NatsConf): readonly string[] {
  return accounts.flatMap(({ name }) => (isPublicNkey(name, 'account') ? name : []));
}
