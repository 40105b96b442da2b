// Names that follow from what is there: of a server from its file and folder, of a user from the account and the variable with the password.
import { directoryOf, type FileId, nameOf, pathOf } from '../text/file-id.ts';
import { type Block, settingOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import { type NatsConf, secretFormats } from './model.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';

/** Words that name a kind of file or folder, and no server. */
const generic =
  /^(?:nats|nats-server|nats-config|nats_server|server|gnatsd|main|index|default|config|configs|configuration|conf|conf\.d|etc|infra|infrastructure|src|test|tests|scripts|docker|deploy|deployment|deployments|shared|templates|home|root|users|mnt|opt|srv|project|projects|work|code|github|var|tmp)$/i;

function isName(name: string): boolean {
  return /^[A-Za-z][\w-]{1,40}$/.test(name) && !generic.test(name);
}

/** `n1` for `n1.conf` and for `n1/nats.conf`; `shop` and `shop-nats` for `shop-backend/config/nats.conf`. */
export function namesFromPath(file: FileId, suffix: string): readonly string[] {
  const [stem, project] = [stemOf(file), projectOf(file)];
  const first = project && /^[A-Za-z][A-Za-z0-9]{2,}/.exec(project)?.[0];
  const made = first === undefined || project === undefined || project.toLowerCase().includes(suffix) ? [] : [`${first}-${suffix}`];
  return [...new Set([stem, project, ...made, first].flatMap(name => (name !== undefined && isName(name) ? name : [])))];
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

/** For a user whose place is known: as the variable says that gives the password, and as the account is called. */
export function userNames(here: Standpoint, offset: number): readonly string[] {
  const around = blocksAround(here, offset);
  const inner = around[0];
  const names = inner
    ? [...variablesOfSecrets(inner).flatMap(name => ofSecret.exec(name)?.[1]?.toLowerCase() ?? []), ...connectionsOf(inner)]
    : [];
  const account = around.find(({ fact }) => fact.name === 'account')?.name?.key;
  const ofAccount = account === undefined ? [] : [account.toLowerCase(), `${account.toLowerCase()}_user`, `${account.toLowerCase()}-user`];
  return [...new Set([...names, ...ofAccount])].filter(isName);
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
