// Users that no configuration names: their JWT says what they may do, and the JWT of their account where their messages go.
import { type AccountFlow, AccountFlows, type AccountImport } from '../nats-auth/account-flow.ts';
import type { Account, AccountClaims, Import, UserClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt } from '../nats-auth/decode.ts';
import { accountKeyOf, type NatsTrust } from '../nats-auth/trust.ts';
import { grantOf } from '../nats-auth/user-grant.ts';
import { blockOf, stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import type { Asking } from './permission-answer.ts';
import type { Place } from './values.ts';

/** The user as somebody who asks a server with this configuration; undefined where the JWT of its account is not at hand. `at`: its JWT. */
export function askingByJwt(conf: NatsConf, user: UserClaims, at: Place, { accounts }: Pick<NatsTrust, 'accounts'>): Asking | undefined {
  const known = Object.values(accounts).flatMap(accountIn);
  const key = accountKeyOf(user);
  const account = known.find(({ standard }) => standard.sub === key);
  if (!account) return undefined;
  const { permissions, source } = grantOf(user, account);
  const cluster = stringOf(blockOf(conf.root, 'cluster'), 'name')?.value ?? '';
  return {
    name: user.standard.name || (user.standard.sub ?? ''),
    at,
    account: key,
    granted: permissions && { permissions, unknown: false },
    source: source === 'template' ? 'own' : source,
    ignored: undefined,
    byJwt: { flows: new AccountFlows(known.map(flowOf), cluster, conf.version), isSystem: key === conf.operatorMode?.systemAccount },
  };
}

function accountIn(token: string): readonly AccountClaims[] {
  const decoded = decodeNatsJwt(token);
  return 'claims' in decoded && decoded.claims.kind === 'account' ? [decoded.claims] : [];
}

function flowOf({ standard, nats }: AccountClaims): AccountFlow {
  return { name: standard.sub ?? '', mappings: mappingsIn(nats), imports: (nats.imports ?? []).flatMap(each => importIn(each) ?? []) };
}

function mappingsIn({ mappings }: Account): AccountFlow['mappings'] {
  return [...(mappings ?? [])].map(([source, destinations]) => ({
    source,
    // Without a weight it is all of the messages.
    destinations: destinations.map(({ subject = '', weight, cluster }) => ({
      subject,
      weight: weight || 100,
      cluster: cluster || undefined,
    })),
  }));
}

/** `to` is the older way: the prefix of a stream, and for a service the subject in the account that exports it. */
function importIn(given: Import | null): AccountImport | undefined {
  const { type: kind, account, subject, local_subject: local, to } = given ?? {};
  if ((kind !== 'stream' && kind !== 'service') || !account || !subject) return undefined;
  if (local) return { kind, account, subject, local };
  if (kind === 'service') return { kind, account, subject: to || subject, local: subject };
  return { kind, account, subject, local: to ? `${to.replace(/\.?$/, '.')}${subject}` : subject };
}
