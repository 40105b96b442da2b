// Users that no configuration names: their JWT says what they may do, and the JWT of their account where their messages go.
import { AccountFlows } from '../nats-auth/account-flow.ts';
import { claimFlows } from '../nats-auth/claim-flow.ts';
import type { AccountClaims, UserClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt } from '../nats-auth/decode.ts';
import { accountKeyOf, type NatsTrust } from '../nats-auth/trust.ts';
import { grantOf } from '../nats-auth/user-grant.ts';
import { remember } from '../text/remember.ts';
import { blockOf, stringOf } from './blocks.ts';
import { withDomains } from './jetstream-domain.ts';
import type { NatsConf } from './model.ts';
import type { Asking } from './permission-answer.ts';
import type { Place } from './values.ts';

/** The user as somebody who asks a server with this configuration; undefined where the JWT of its account is not at hand. `at`: its JWT. */
export function askingByJwt(conf: NatsConf, user: UserClaims, at: Place, trust: HeldAccounts): Asking | undefined {
  const { known, flows, keepsStreams } = accountsOf(trust);
  const system = conf.operatorMode?.systemAccount;
  const key = accountKeyOf(user);
  const account = known.find(({ standard }) => standard.sub === key);
  if (!account) return undefined;
  const { permissions, source } = grantOf({ user, account }, conf.version);
  const cluster = stringOf(blockOf(conf.root, 'cluster'), 'name')?.value ?? '';
  return {
    name: user.standard.name || (user.standard.sub ?? ''),
    at,
    account: key,
    granted: permissions && { permissions, unknown: false },
    source: source === 'template' ? 'own' : source,
    ignored: undefined,
    byJwt: {
      flows: new AccountFlows(
        flows.map(flow => withDomains(conf, flow, { isSystem: flow.name === system, hasJetStream: keepsStreams.has(flow.name) })),
        cluster,
        conf.version,
      ),
      isSystem: key === system,
    },
  };
}

type HeldAccounts = Pick<NatsTrust, 'accounts' | 'keys' | 'version'>;

/** Every account that is at hand, and how messages flow between them: read once for all users of a server. */
const accountsOf = remember(({ accounts, keys, version }: HeldAccounts) => {
  const known = Object.values(accounts).flatMap(accountIn);
  const keepsStreams = new Set(known.filter(({ nats }) => mayKeepStreams(nats)).map(({ standard }) => standard.sub ?? ''));
  return { known, flows: claimFlows(known, keys, version), keepsStreams };
});

/** No limit is written as a negative number; without any, the account has no JetStream. */
function mayKeepStreams({ limits }: AccountClaims['nats']): boolean {
  const tiers = [...(limits?.tiered_limits?.values() ?? []), ...(limits ? [limits] : [])];
  return tiers.some(tier => tier?.mem_storage || tier?.disk_storage);
}

function accountIn(token: string): readonly AccountClaims[] {
  const decoded = decodeNatsJwt(token);
  return 'claims' in decoded && decoded.claims.kind === 'account' ? [decoded.claims] : [];
}
