// Which servers of the workspace know an account, and what they would say to a user of it.
import { type CredsModel, userOf } from '../creds/model.ts';
import { isForShow } from '../jwt/file-kind.ts';
import type { TokenSummary } from '../jwt/index.ts';
import type { Report } from '../lint/rule.ts';
import type { UserClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt } from '../nats-auth/decode.ts';
import { accountKeyOf, type ChainVerdict, judgeUser, type NatsTrust } from '../nats-auth/trust.ts';
import { askingByJwt } from '../nats-conf/jwt-user.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import type { Asking } from '../nats-conf/permission-answer.ts';
import { usersOf } from '../nats-conf/user-access.ts';
import type { Place } from '../text/place.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

export interface TrustingServer {
  readonly conf: NatsConf;
  readonly trust: NatsTrust;
}

/** Every server under operators, with the accounts that its configuration holds and those in other files that its operators signed. */
export function trustingServers(view: WorkspaceView): readonly TrustingServer[] {
  const tokens = summariesOf<readonly TokenSummary[]>(view, 'jwt').flatMap(({ summary }) =>
    summary.flatMap(token => token.natsAccount ?? []),
  );
  return summariesOf<NatsConf>(view, 'nats-conf').flatMap(({ summary: conf }) => {
    const trust = conf.operatorMode?.trust;
    if (!trust) return [];
    return [{ conf, trust: trust.isOpen ? { ...trust, accounts: { ...accountsSignedBy(trust, tokens), ...trust.accounts } } : trust }];
  });
}

function accountsSignedBy({ keys }: NatsTrust, tokens: readonly string[]): Record<string, string> {
  const accounts: Record<string, string> = {};
  for (const token of tokens) {
    const decoded = decodeNatsJwt(token);
    if (!('claims' in decoded) || !keys.includes(decoded.claims.standard.iss ?? '')) continue;
    accounts[decoded.claims.standard.sub ?? ''] = token;
  }
  return accounts;
}

export interface Refusal extends ChainVerdict {
  readonly server: TrustingServer;
  /** Where the configuration holds the account, if it does. */
  readonly account: Place | undefined;
}

/**
 * What the servers that know the account of a user have against it; undefined where one of them takes the user, or nobody knows
 * the account. `now` in milliseconds since the epoch.
 */
export function refusalOf(user: UserClaims, servers: readonly TrustingServer[], now: number): Refusal | undefined {
  const key = accountKeyOf(user);
  let refusal: Refusal | undefined;
  for (const server of servers) {
    if (!Object.hasOwn(server.trust.accounts, key)) continue;
    const verdict = judgeUser(user, server.trust, now);
    if (verdict.broken.length === 0) return undefined;
    refusal ??= { ...verdict, server, account: server.conf.operatorMode?.preload.find(each => each.key === key)?.value.at };
  }
  return refusal;
}

/** When the account of a user expires, by what a server knows of it. Seconds since the epoch; undefined for one without an end. */
export function accountExpiry(user: UserClaims, { trust }: TrustingServer): number | undefined {
  const key = accountKeyOf(user);
  const decoded = decodeNatsJwt(Object.hasOwn(trust.accounts, key) ? (trust.accounts[key] as string) : '');
  return 'claims' in decoded ? decoded.claims.standard.exp : undefined;
}

/** A file of credentials with the user in it. */
export interface HeldCredentials {
  readonly model: CredsModel;
  readonly user: UserClaims;
  /** Where the user's JWT is. */
  readonly at: Place;
}

/** Every file of credentials that holds a user whom somebody can read. */
export function heldCredentials(view: WorkspaceView): readonly HeldCredentials[] {
  return summariesOf<CredsModel>(view, 'creds').flatMap(({ file, summary: model }) => {
    const user = userOf(model);
    return user && model.jwt ? [{ model, user, at: { file, span: model.jwt.span } }] : [];
  });
}

/** Everybody whose permissions on a server can be told: users of its configuration, or under operators those of the credentials at hand. */
export function knownUsers(view: WorkspaceView, conf: NatsConf): readonly Asking[] {
  if (!conf.operatorMode) return usersOf(conf);
  const server = trustingServers(view).find(one => one.conf.file === conf.file);
  return server ? heldCredentials(view).flatMap(({ user, at }) => askingByJwt(conf, user, at, server.trust) ?? []) : [];
}

/** A finding about credentials that a server refuses. Milder where its resolver may hold a newer JWT of the account than the one that is here. */
export function reportRefusal({ model, at }: HeldCredentials, { server, account }: Refusal, message: string): Report {
  return {
    ...at,
    ...(isForShow(model.fileKind) ? { severity: 'information' } : server.trust.isOpen ? { severity: 'warning' } : {}),
    message,
    related: account ? [{ ...account, message: 'The account of this user is here.' }] : [],
  };
}
