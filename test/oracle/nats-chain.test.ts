// Our answer about a chain of trust beside the one that a real nats-server gives to a real client.
import assert from 'node:assert/strict';
import { AuthorizationError, connect, jwtAuthenticator, UserAuthenticationExpiredError } from '@nats-io/transport-node';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defaultSettings, newestNatsServer, parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import type { UserClaims } from '../../server/src/core/nats-auth/claims.ts';
import { decodeNatsJwt } from '../../server/src/core/nats-auth/decode.ts';
import { judgeUser } from '../../server/src/core/nats-auth/trust.ts';
import type { NatsConf } from '../../server/src/core/nats-conf/model.ts';
import { natsToken, operatorConf, type Party, party } from '../support/nats-tokens.ts';
import { startServer } from './live-server.ts';
import { judges, type NatsServer, serverOrSkip } from './nats-server.ts';

const [operator, stranger, signer, account, other, signing, user] = [
  party('operator'),
  party('operator'),
  party('operator'),
  party('account'),
  party('account'),
  party('account'),
  party('user'),
];
const past = { exp: 1577836800 };
const future = { nbf: 4102444800 };
const scoped = (template: object) => ({ signing_keys: [{ kind: 'user_scope', key: signing.key, role: 'r', template }] });
const bare = { subs: 0, data: 0, payload: 0 };

interface Chain {
  readonly accept: boolean;
  readonly operator?: object;
  readonly account?: readonly [signer: Party, nats?: object, more?: object];
  readonly user: readonly [signer: Party, nats?: object, more?: object];
  readonly more?: string;
  /** The oldest server does not survive the login. */
  readonly kills?: true;
  /** The only one of two servers that refuses it. */
  readonly refusedBy?: 'newest' | 'oldest';
}

function isAccepted({ accept, refusedBy }: Chain, version: string): boolean {
  if (!refusedBy) return accept;
  return (version === newestNatsServer.join('.')) !== (refusedBy === 'newest');
}

const byKey = { issuer_account: account.key };
const chains: Readonly<Record<string, Chain>> = {
  whole: { accept: true, user: [account] },
  'user expired': { accept: false, user: [account, {}, past] },
  'user not yet valid': { accept: false, user: [account, {}, future] },
  'user with bad claims': { accept: false, refusedBy: 'newest', user: [account, { pub: { allow: ['a..b'] } }] },
  'user of an account that nobody knows': { accept: false, user: [other] },
  'account expired': { accept: false, account: [operator, {}, past], user: [account] },
  'account not yet valid': { accept: false, account: [operator, {}, future], user: [account] },
  'account of another operator': { accept: false, account: [stranger], user: [account] },
  'account signed by itself': { accept: false, account: [account], user: [account] },
  'account with bad claims': { accept: false, refusedBy: 'newest', account: [operator, { cluster_traffic: 'x' }], user: [account] },
  'account with a mapping to everything behind a word': {
    accept: true,
    refusedBy: 'oldest',
    account: [operator, { mappings: { 'a.>': [{ subject: 'b.>' }] } }],
    user: [account],
  },
  'account with a mapping of two clusters': {
    accept: true,
    refusedBy: 'oldest',
    account: [operator, { mappings: { a: ['x', 'y'].map(cluster => ({ subject: cluster, weight: 80, cluster })) } }],
    user: [account],
  },
  'account with a callout for nobody': {
    accept: false,
    refusedBy: 'newest',
    account: [operator, { authorization: { allowed_accounts: ['*'] } }],
    user: [account],
  },
  'account that sends traces everywhere': {
    accept: false,
    refusedBy: 'newest',
    account: [operator, { trace: { dest: 'traces.>' } }],
    user: [account],
  },
  'account that imports a service twice': {
    accept: true,
    refusedBy: 'oldest',
    account: [operator, { imports: [other, signing].map(({ key }) => ({ name: 'a', subject: 'a', account: key, type: 'service' })) }],
    user: [account],
  },
  'template with an operation inside of a word': {
    accept: true,
    account: [operator, scoped({ ...bare, sub: { deny: ['a.x-{{name()}}'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'template with two tags, one of them missing': {
    accept: true,
    refusedBy: 'oldest',
    kills: true,
    account: [operator, scoped({ ...bare, pub: { allow: ['{{tag(place)}}.{{tag(team)}}'] } })],
    user: [signing, { ...byKey, ...bare, tags: ['team:red'] }],
  },
  'template that denies to a queue group': {
    accept: false,
    account: [operator, scoped({ ...bare, sub: { deny: ['a.{{name()}}', 'b q'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'account signed by a signing key': { accept: true, operator: { signing_keys: [signer.key] }, account: [signer], user: [account] },
  'strict operator, own key': {
    accept: false,
    operator: { signing_keys: [signer.key], strict_signing_key_usage: true },
    account: [operator],
    user: [account],
  },
  'strict operator, user by the account': {
    accept: false,
    operator: { signing_keys: [signer.key], strict_signing_key_usage: true },
    account: [signer],
    user: [account],
  },
  'strict operator, user by a signing key': {
    accept: true,
    operator: { signing_keys: [signer.key], strict_signing_key_usage: true },
    account: [signer, { signing_keys: [signing.key] }],
    user: [signing, byKey],
  },
  'expired operator': { accept: true, operator: {}, user: [account] },
  'signing key': { accept: true, account: [operator, { signing_keys: [signing.key] }], user: [signing, byKey] },
  'signing key of nobody': { accept: false, user: [signing, byKey] },
  'signing key without the account': { accept: false, account: [operator, { signing_keys: [signing.key] }], user: [signing] },
  'scoped signing key': { accept: true, account: [operator, scoped(bare)], user: [signing, { ...byKey, ...bare }] },
  'scoped signing key, own limits': { accept: false, account: [operator, scoped(bare)], user: [signing, byKey] },
  'scoped signing key, own permissions': {
    accept: false,
    account: [operator, scoped(bare)],
    user: [signing, { ...byKey, ...bare, pub: { allow: ['a'] } }],
  },
  'scoped signing key, empty permissions': {
    accept: true,
    account: [operator, scoped(bare)],
    user: [signing, { ...byKey, ...bare, pub: {} }],
  },
  'scoped signing key, empty list': {
    accept: false,
    account: [operator, scoped(bare)],
    user: [signing, { ...byKey, ...bare, src: [] }],
  },
  'template with a name': {
    accept: true,
    account: [operator, scoped({ ...bare, pub: { allow: ['a.{{name()}}', 'b.{{ Account-Subject() }}'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'template with an unknown operation': {
    accept: false,
    refusedBy: 'newest',
    account: [operator, scoped({ ...bare, pub: { allow: ['a.{{user()}}'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'template that allows by a missing tag': {
    accept: true,
    account: [operator, scoped({ ...bare, pub: { allow: ['a.{{tag(team)}}', 'b'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'template that denies by a missing tag': {
    accept: false,
    account: [operator, scoped({ ...bare, sub: { deny: ['a.{{tag(team)}}'] } })],
    user: [signing, { ...byKey, ...bare }],
  },
  'template that denies by a tag': {
    accept: true,
    account: [operator, scoped({ ...bare, sub: { deny: ['a.{{tag(team)}}'] } })],
    user: [signing, { ...byKey, ...bare, tags: ['team:red'] }],
  },
  'template that denies by a tag of the account': {
    accept: true,
    account: [operator, { ...scoped({ ...bare, sub: { deny: ['a.{{account-tag(team)}}'] } }), tags: ['team:red'] }],
    user: [signing, { ...byKey, ...bare }],
  },
  'bearer token': { accept: true, user: [account, { bearer_token: true }] },
  'bearer token where none may be': {
    accept: false,
    account: [
      operator,
      { limits: { subs: -1, data: -1, payload: -1, conn: -1, leaf: -1, imports: -1, exports: -1, disallow_bearer: true } },
    ],
    user: [account, { bearer_token: true }],
  },
  revoked: { accept: false, account: [operator, { revocations: { [user.key]: 1767139200 } }], user: [account] },
  'revoked before it was issued': { accept: true, account: [operator, { revocations: { [user.key]: 1767139199 } }], user: [account] },
  'all revoked': { accept: false, account: [operator, { revocations: { '*': 1767139200 } }], user: [account] },
  'another one revoked': { accept: true, account: [operator, { revocations: { [other.key]: 1767139200 } }], user: [account] },
  'connection types that nobody knows': { accept: false, user: [account, { allowed_connection_types: ['FAX'] }] },
  'connection types of which one is known': { accept: true, user: [account, { allowed_connection_types: ['FAX', 'standard'] }] },
  pinned: { accept: true, user: [account], more: `resolver_pinned_accounts: [ ${account.key} ]\n` },
  'not pinned': { accept: false, user: [account], more: `resolver_pinned_accounts: [ ${other.key} ]\n` },
};

function confOf(chain: Chain, name: string): string {
  const [by, nats, times]: Required<Chain>['account'] = chain.account ?? [operator];
  const operatorToken = natsToken('operator', operator, operator, chain.operator, name === 'expired operator' ? past : {});
  return operatorConf(operatorToken, [[account, natsToken('account', by, account, nats, times)]], chain.more);
}

function userOf({ user: [by, nats, times] }: Chain): string {
  return natsToken('user', by, user, nats, times);
}

/** What we say, about the configuration as it would be read from a file. */
function ourAnswer(conf: string, token: string, version: ServerVersion): boolean {
  const analyzer = new Analyzer(() => Date.now(), { ...defaultSettings, natsServer: version });
  const id = 'file:///w/nats.conf';
  analyzer.setFile({ id, text: conf });
  const model = analyzer.analysis(id)?.layers.find(({ language }) => language.id === 'nats-conf')?.model as NatsConf;
  const trust = model.operatorMode?.trust;
  assert.ok(trust, 'the configuration says whom the server trusts');
  const decoded = decodeNatsJwt(token);
  return 'claims' in decoded && judgeUser(decoded.claims as UserClaims, trust, Date.now()).broken.length === 0;
}

async function login(port: number, token: string): Promise<boolean> {
  try {
    const connection = await connect({
      servers: `127.0.0.1:${port}`,
      authenticator: jwtAuthenticator(token, new TextEncoder().encode(user.seed)),
      reconnect: false,
      timeout: 15_000,
    });
    await connection.close();
    return true;
  } catch (error) {
    // Anything else is no answer about the token.
    if (error instanceof AuthorizationError || error instanceof UserAuthenticationExpiredError) return false;
    throw error;
  }
}

describe('chains of trust', () => {
  for (const [name, chain] of Object.entries(chains)) {
    for (const version of judges) {
      const accept = isAccepted(chain, version);
      it(`${name}: ${accept ? 'accepted' : 'refused'} by ${version}`, () =>
        assert.equal(ourAnswer(confOf(chain, name), userOf(chain), parseServerVersion(version) as ServerVersion), accept));
    }
  }

  for (const version of judges) {
    describe(`nats-server ${version}`, () => {
      let server: NatsServer;
      before(function () {
        server = serverOrSkip(this, version);
      });
      for (const [name, chain] of Object.entries(chains)) {
        it(name, async () => {
          const { port, stop } = await startServer(server, confOf(chain, name));
          try {
            const answer = login(port, userOf(chain));
            if (chain.kills && !isAccepted(chain, version)) await assert.rejects(answer);
            else assert.equal(await answer, isAccepted(chain, version));
          } finally {
            await stop();
          }
        });
      }
    });
  }
});
