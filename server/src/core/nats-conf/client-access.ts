// Whether clients have to log in, decided as nats-server does: by an operator, by any user, by a single user or a token.
import { type Block, blockOf, isGiven, mayHold, type Setting, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { mayHaveMoreUsers, operatorSetting } from './startup.ts';
import type { Place } from './values.ts';

/** Why nobody has to log in. */
export type OpenBecause =
  /** No word about users in the whole configuration. */
  | 'nothing'
  /** `authorization` without anything that lets somebody in. */
  | 'authorization-without-users'
  | 'password-without-user'
  | 'empty-users'
  | 'accounts-without-users'
  /** Only the system account has users: all others are let into `$G`. */
  | 'system-users-only';

export type ClientAccess =
  | { readonly kind: 'required' | 'unknown' }
  /** `at` is what would have to change; undefined where there is nothing yet. */
  | { readonly kind: 'open'; readonly because: OpenBecause; readonly at: Place | undefined };

/** Whether all of the text could be read: in a broken text, or a template that is filled in later, nothing is known to be absent. */
export function isReadable({ evaluation }: NatsConf): boolean {
  return evaluation.files.every(({ parsed }) => parsed.errors.length === 0);
}

/** Whether clients have to log in; `unknown` where a part of the answer is not in the text. */
export function clientAccess(conf: NatsConf): ClientAccess {
  const { root } = conf;
  if (mayHold(root) || !isReadable(conf) || mayHaveMoreUsers(conf)) return { kind: 'unknown' };
  if (operatorSetting(conf) || settingOf(root, 'trusted_keys') || settingOf(root, 'resolver')) return { kind: 'required' };
  const authorization = settingOf(root, 'authorization');
  const block = authorization?.blocks[0];
  if (authorization && !block) return { kind: 'unknown' };
  if (isGiven(settingOf(block, 'user')) || isGiven(settingOf(block, 'token')) || settingOf(block, 'auth_callout'))
    return { kind: 'required' };
  if (certificateDemanded(root)) return { kind: 'required' };
  if (conf.users.length > 0) return systemUsersOnly(conf) ?? { kind: 'required' };
  if (authorization && block) return openAuthorization(authorization, block);
  const accounts = settingOf(root, 'accounts');
  if (!accounts) return { kind: 'open', because: 'nothing', at: undefined };
  return { kind: 'open', because: 'accounts-without-users', at: accounts.entry.keyAt };
}

/** nats-server has no word for "nobody": what lets nobody in lets everybody in. */
function openAuthorization(authorization: Setting, block: Block): ClientAccess {
  const [password, users] = [settingOf(block, 'password'), settingOf(block, 'users')];
  if (password) return { kind: 'open', because: 'password-without-user', at: password.entry.keyAt };
  if (users) return { kind: 'open', because: 'empty-users', at: users.entry.keyAt };
  return { kind: 'open', because: 'authorization-without-users', at: authorization.entry.keyAt };
}

/** With users in no other account than the system's and no `authorization`, the server makes a user for everybody else. */
function systemUsersOnly(conf: NatsConf): ClientAccess | undefined {
  const { root, accounts } = conf;
  const [only, second] = accounts;
  if (!only || second || settingOf(root, 'authorization') || settingOf(root, 'no_auth_user')) return undefined;
  const system = settingOf(root, 'system_account')?.value;
  const name = system === undefined ? '$SYS' : system.kind === 'string' ? system.value : undefined;
  return only.name === name ? { kind: 'open', because: 'system-users-only', at: only.nameAt } : undefined;
}

/** Whether a listener takes only clients that show a certificate; true where that cannot be known. */
export function certificateDemanded(owner: Block): boolean {
  const tls = settingOf(owner, 'tls');
  if (!tls) return false;
  const block = blockOf(owner, 'tls');
  if (!block || mayHold(block)) return true;
  return ['verify', 'verify_and_map', 'verify_cert_and_check_known_urls'].some(key => isOn(settingOf(block, key)));
}

/** Whether clients are known by the names in their certificates, so that users need no password. */
export function certificateNamesUser(owner: Block): boolean {
  const tls = settingOf(owner, 'tls');
  if (!tls) return false;
  const block = blockOf(owner, 'tls');
  return !block || mayHold(block) || isOn(settingOf(block, 'verify_and_map'));
}

/** Whether a switch is on, or may be. */
function isOn(setting: Setting | undefined): boolean {
  return setting !== undefined && (setting.value.kind === 'boolean' ? setting.value.value : setting.value.kind === 'unknown');
}
