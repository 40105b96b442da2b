// Which servers of the workspace know an account, and what they would say to a user of it.
import type { TokenSummary } from '../jwt/index.ts';
import type { UserClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt } from '../nats-auth/decode.ts';
import { type ChainVerdict, judgeUser, type NatsTrust } from '../nats-auth/trust.ts';
import type { NatsConf } from '../nats-conf/model.ts';
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
  const key = user.nats.issuer_account || (user.standard.iss ?? '');
  let refusal: Refusal | undefined;
  for (const server of servers) {
    if (!Object.hasOwn(server.trust.accounts, key)) continue;
    const verdict = judgeUser(user, server.trust, now);
    if (verdict.broken.length === 0) return undefined;
    refusal ??= { ...verdict, server, account: server.conf.operatorMode?.preload.find(each => each.key === key)?.value.at };
  }
  return refusal;
}
