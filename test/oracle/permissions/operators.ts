// Servers under an operator, made up from a seed: JWTs of accounts and users say who may do what, by themselves, by templates of signing
// keys and by the defaults of accounts.
import { credsAuthenticator, jwtAuthenticator } from '@nats-io/transport-node';
import { behaves } from '../../../server/src/core/facts/nats-behaviors.ts';
import type { Release } from '../../../server/src/core/facts/nats-release.ts';
import { jwtOfFile } from '../../../server/src/core/nats-auth/armour.ts';
import type { AccountClaims, UserClaims } from '../../../server/src/core/nats-auth/claims.ts';
import { decodeNatsJwt } from '../../../server/src/core/nats-auth/decode.ts';
import type { NatsTrust } from '../../../server/src/core/nats-auth/trust.ts';
import { validateClaims } from '../../../server/src/core/nats-auth/validate.ts';
import { askingByJwt } from '../../../server/src/core/nats-conf/jwt-user.ts';
import type { NatsConf } from '../../../server/src/core/nats-conf/model.ts';
import { credentials, natsToken, operatorConf, type Party, party } from '../../support/nats-tokens.ts';
import { randomFrom } from '../../support/random.ts';
import { Choices, type Direction, queues } from './choices.ts';
import { clusterText, type Login, type MakeConfiguration, type Person, patience } from './configurations.ts';
import { type MadeExport, type MadeImport, type MadeMapping, makeExchange, makeMappings } from './exchange.ts';

export const makeOperator: MakeConfiguration = (seed, version) => {
  const choices = new Choices(randomFrom(seed), version);
  return new OperatorMaker(choices).make(seed);
};

/** An account whose JWT is being made. */
interface MadeAccount {
  readonly own: Party;
  readonly plain: Party;
  readonly scoped: Party;
  readonly name: string;
}

type HeldAccounts = Pick<NatsTrust, 'accounts' | 'keys' | 'version'>;

const tags = ['team:a', 'team:b', 'place:c'];

class OperatorMaker {
  readonly #choices: Choices;
  readonly #operator = party('operator');

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  make(seed: number) {
    const accounts = ['A', 'B', 'C'].map(name => ({ name, own: party('account'), plain: party('account'), scoped: party('account') }));
    const [first, second, third] = accounts.map(({ own }) => own.key) as [string, string, string];
    const exchange = makeExchange(this.#choices, [first, second, third]);
    const owners = new Map(accounts.map(account => [account.own.key, account]));
    const tokens = accounts.map(account => {
      const exports = exchange.exports.get(account.own.key) ?? [];
      const imports = (exchange.imports.get(account.own.key) ?? []).map(one => importClaim(one, account.own, owners, exchange.exports));
      return [account.own, this.#account(account, exports.map(exportClaim), imports)] as const;
    });
    const inCluster = this.#choices.chance(0.3) ? clusterText : '';
    const more = `authorization { ${patience} }\n${inCluster}`;
    const text = operatorConf(natsToken('operator', this.#operator, this.#operator), tokens, more);
    const observers = new Map(
      accounts.map(({ own }) => {
        const user = party('user');
        const everything = { allow: ['>'] };
        return [own.key, loginOf(natsToken('user', own, user, { pub: everything, sub: everything }), user.seed)] as const;
      }),
    );
    const held: Record<string, string> = {};
    const trust = {
      version: this.#choices.version,
      keys: [this.#operator.key],
      accounts: Object.fromEntries(tokens.map(([{ key }, token]) => [key, token])),
    };
    const users = accounts.flatMap(account => [1, 2, 3, 4].map(number => this.#user(account, number, trust, held)));
    const told = [inCluster, ...tokens.map(([, token]) => token), ...Object.values(held).map(jwtOfFile)].map(payloadOf).join('\n');
    return { seed, text, told, files: held, observers, users, patterns: this.#choices.patterns, queues };
  }

  /** What the Go library would refuse is left out, so that somebody can log in. */
  #account({ name, own, plain, scoped }: MadeAccount, exports: readonly object[], imports: readonly object[]): string {
    const template = { subs: -1, data: -1, payload: -1, ...this.#permissions(true), ...this.#bearer() };
    let nats: object = {
      signing_keys: [plain.key, { kind: 'user_scope', key: scoped.key, role: 'role', template }],
      tags: this.#choices.chance(0.5) ? ['place:d'] : [],
      ...(this.#choices.chance(0.5) ? { default_permissions: this.#permissions(false) } : {}),
      mappings: mappingClaims(makeMappings(this.#choices)),
    };
    const token = (claims: object) => natsToken('account', this.#operator, own, claims, { name });
    if (!isValid(token(nats), this.#choices.version)) nats = { ...nats, mappings: {} };
    for (const [field, all] of Object.entries({ exports, imports })) {
      let kept: readonly object[] = [];
      for (const one of all) if (isValid(token({ ...nats, [field]: [...kept, one] }), this.#choices.version)) kept = [...kept, one];
      nats = { ...nats, [field]: kept };
    }
    return token(nats);
  }

  #user(account: MadeAccount, number: number, trust: HeldAccounts, held: Record<string, string>): Person {
    const { random } = this.#choices;
    const user = party('user');
    const name = `${account.name.toLowerCase()}${number}`;
    const signer = random.pick([account.own, account.plain, account.scoped]);
    const byAccount = signer === account.own ? {} : { issuer_account: account.own.key };
    const own =
      signer === account.scoped
        ? { subs: 0, data: 0, payload: 0 }
        : { ...(this.#choices.chance(0.8) ? this.#permissions(false) : {}), ...this.#bearer() };
    const tagged = this.#choices.chance(0.7) ? { tags: tags.filter(() => this.#choices.chance(0.6)) } : {};
    const token = natsToken('user', signer, user, { ...byAccount, ...own, ...tagged }, { name });
    held[`${name}.creds`] = credentials(token, user.seed);
    const decoded = decodeNatsJwt(token);
    if (!('claims' in decoded)) throw new Error(`the core cannot read the JWT of ${name}`);
    const claims = decoded.claims as UserClaims;
    const asking = (conf: NatsConf) => {
      const known = askingByJwt(conf, claims, { file: `file:///${name}.creds`, span: { start: 0, end: 0 } }, trust);
      if (!known) throw new Error(`the core does not know the account of ${name}`);
      return known;
    };
    const isBearer = (signer === account.scoped ? this.#templateOf(account, trust) : claims.nats).bearer_token === true;
    const login = this.#choices.chance(0.3)
      ? { authenticator: credsAuthenticator(new TextEncoder().encode(held[`${name}.creds`])) }
      : loginOf(token, isBearer ? undefined : user.seed);
    return { name, account: account.own.key, login, claims, asking };
  }

  #templateOf({ own, scoped }: MadeAccount, trust: HeldAccounts) {
    const decoded = decodeNatsJwt(trust.accounts[own.key] as string);
    const account = 'claims' in decoded ? (decoded.claims as AccountClaims) : undefined;
    return account?.nats.signing_keys?.get(scoped.key)?.template ?? {};
  }

  #bearer(): object {
    return this.#choices.chance(0.2) ? { bearer_token: true } : {};
  }

  #permissions(isTemplate: boolean): object {
    const { random } = this.#choices;
    const direction = (name: Direction) => {
      const form = random.below(10);
      if (form < 2) return {};
      return {
        ...(form < 8 ? { allow: this.#entries(name, isTemplate) } : {}),
        ...(form > 4 ? { deny: this.#entries(name, isTemplate && this.#choices.chance(0.3)) } : {}),
      };
    };
    const responses = random.below(8);
    const resp =
      responses > 2 ? {} : { resp: { max: random.pick([0, 1, 2, 3, -1]), ttl: responses === 0 ? 0 : random.pick([1, 60e9, -1e9]) } };
    return { pub: direction('publish'), sub: direction('subscribe'), ...resp };
  }

  #entries(direction: Direction, isTemplate: boolean): readonly string[] {
    const made = this.#choices.entries(direction);
    // A queue group in a publish permission makes the claims invalid.
    const entries = direction === 'publish' ? made.map(entry => entry.split(' ')[0] as string) : made;
    if (!isTemplate) return entries;
    return entries.map(entry => {
      if (!this.#choices.chance(0.35)) return entry;
      const [written, ...values] = this.#choices.random.pick([
        ['{{name()}}', 'a1', 'b2', 'c3'],
        ['{{ tag(team) }}', 'a', 'b'],
        ['{{account-tag(place)}}', 'd'],
        ['{{Account-Name()}}', 'A', 'B'],
        ['{{nothing()}}'],
        ['x-{{subject()}}'],
        // Of two tags, one missing, older servers die.
        ...(behaves(this.#choices.version, 'template-operations-anywhere') ? [['{{tag(place)}}.{{tag(team)}}', 'c.a', 'c.b']] : []),
      ]) as [string, ...string[]];
      this.#choices.patterns.push(...values.map(value => `t.${value}`));
      return `t.${written}`;
    });
  }
}

function loginOf(token: string, seed: string | undefined): Login {
  return { authenticator: jwtAuthenticator(token, seed === undefined ? undefined : new TextEncoder().encode(seed)) };
}

/** The payload of a JWT; any other text as it is. */
function payloadOf(token: string): string {
  const [, payload] = token.split('.');
  return token.startsWith('eyJ') && payload ? Buffer.from(payload, 'base64url').toString() : token;
}

function isValid(token: string, version: Release): boolean {
  const decoded = decodeNatsJwt(token);
  return 'claims' in decoded && validateClaims(decoded.claims, Date.now(), version).every(({ severity }) => severity !== 'error');
}

function mappingClaims(mappings: readonly MadeMapping[]): object {
  return Object.fromEntries(mappings.map(({ source, destinations }) => [source, destinations]));
}

function exportClaim({ kind, subject, only, position, response, latency }: MadeExport): object {
  return {
    name: subject,
    subject,
    type: kind,
    ...(only ? { token_req: true } : {}),
    ...(position ? { account_token_position: position } : {}),
    ...(response ? { response_type: response } : {}),
    ...(latency ? { service_latency: latency } : {}),
  };
}

/** With the activation token that an export asks for. */
function importClaim(
  { kind, account, subject, local, form, share }: MadeImport,
  importer: Party,
  accounts: ReadonlyMap<string, MadeAccount>,
  exports: ReadonlyMap<string, readonly MadeExport[]>,
): object {
  const exporter = accounts.get(account) as MadeAccount;
  const guarded = (exports.get(account) ?? []).some(one => one.kind === kind && one.only?.includes(importer.key));
  const prefix = local.slice(0, local.length - subject.length - 1);
  return {
    name: local,
    subject,
    account,
    type: kind,
    ...(form === 'prefix' ? { to: prefix } : form === 'renamed' ? { local_subject: local } : {}),
    ...(share ? { share } : {}),
    ...(guarded ? { token: natsToken('activation', exporter.own, importer, { subject, kind }) } : {}),
  };
}
