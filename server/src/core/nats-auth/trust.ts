// The chain of trust of nats-server under operators: an operator's keys sign accounts, an account's keys sign users. What stands here
// is what the server does when a client logs in (nats-server server/auth.go, server/jwt.go, server/accounts.go).
import type { Release } from '../facts/nats-release.ts';
import type { AccountClaims, ActivationClaims, OperatorClaims, UserClaims } from './claims.ts';
import { unknownConnectionTypes } from './connection-types.ts';
import { decodeNatsJwt } from './decode.ts';
import { judgeScopedUser } from './scoped-user.ts';
import { validateClaims } from './validate.ts';

/** Whom a server trusts, as plain data. */
export interface NatsTrust {
  /** Public keys whose signature makes an account count. */
  readonly keys: readonly string[];
  /** Those of them whose accounts must sign users by signing keys. */
  readonly strictKeys: readonly string[];
  /** Account JWTs at hand, by the account's public key. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Whether the server may find accounts that are not at hand. */
  readonly isOpen: boolean;
  /** The only accounts that may log in; absent: every one. */
  readonly pinned?: readonly string[];
  /** Of the server. */
  readonly version: Release;
}

/** Why a link of the chain breaks: a sentence without its full stop, and one that says what to do. */
export interface BrokenLink {
  readonly kind:
    | 'claims'
    | 'expired'
    | 'not-yet-valid'
    | 'account-claims'
    | 'account-expired'
    | 'account-not-yet-valid'
    | 'account'
    | 'untrusted'
    | 'signer'
    | 'revoked'
    | 'bearer'
    | 'scope'
    | 'pinned';
  readonly why: string;
  readonly advice: string;
}

/** `unknown` says why nothing more can be known. */
export interface ChainVerdict {
  readonly broken: readonly BrokenLink[];
  readonly unknown?: string;
}

/** The keys by which operators sign, beside `trusted_keys` of the configuration. */
export function operatorKeys(
  operators: readonly OperatorClaims[],
  trustedKeys: readonly string[] = [],
): Pick<NatsTrust, 'keys' | 'strictKeys'> {
  const signing = (operator: OperatorClaims) => operator.nats.signing_keys ?? [];
  const isStrict = (operator: OperatorClaims) => operator.nats.strict_signing_key_usage === true;
  return {
    keys: [
      ...trustedKeys,
      ...operators.flatMap(operator => [...(isStrict(operator) ? [] : [operator.standard.sub ?? '']), ...signing(operator)]),
    ],
    strictKeys: operators.filter(isStrict).flatMap(signing),
  };
}

/** What a server holds against an account. `now` in milliseconds since the epoch. */
export function judgeAccount(account: AccountClaims, trust: Pick<NatsTrust, 'keys' | 'version'>, now: number): readonly BrokenLink[] {
  const broken = [...timesAndClaims(account, now, trust.version)];
  if (!trust.keys.includes(account.standard.iss ?? '')) {
    broken.push({
      kind: 'untrusted',
      why: 'The account JWT is signed by none of the keys that the operator has now',
      advice: 'Let the operator of this server sign the account, or add its signing key to the operator JWT',
    });
  }
  return broken;
}

/** Public key of the account that a user belongs to: a signing key names it, the account's own key is it. */
export function accountKeyOf({ nats, standard }: UserClaims): string {
  return nats.issuer_account || (standard.iss ?? '');
}

/** Whether a server lets a user in who proves to have its key. `now` in milliseconds since the epoch. */
export function judgeUser(user: UserClaims, trust: NatsTrust, now: number): ChainVerdict {
  const own = [...timesAndClaims(user, now, trust.version)];
  const key = accountKeyOf(user);
  if (trust.pinned && !trust.pinned.includes(key)) {
    own.push({
      kind: 'pinned',
      why: 'The account of this user is not among `resolver_pinned_accounts`',
      advice: 'Add its public key there',
    });
  }
  const token = Object.hasOwn(trust.accounts, key) ? trust.accounts[key] : undefined;
  if (token === undefined) {
    if (trust.isOpen)
      return { broken: own, unknown: 'The JWT of the account of this user is not at hand: the server gets it from its resolver' };
    const why = 'The server does not know the account that signed this user';
    return { broken: [...own, { kind: 'account', why, advice: 'Add the account JWT to `resolver_preload`, or use one of its users' }] };
  }
  const account = decodeNatsJwt(token);
  if (!('claims' in account) || account.claims.kind !== 'account') {
    return {
      broken: [
        ...own,
        { kind: 'account', why: 'The JWT of the account of this user cannot be read', advice: 'Put the account JWT of nsc there' },
      ],
    };
  }
  return { broken: [...own, ...judgeAccount(account.claims, trust, now).map(asSeenByUser), ...judgeWithin(user, account.claims, trust)] };
}

function asSeenByUser(link: BrokenLink): BrokenLink {
  if (link.kind === 'expired') return { ...link, kind: 'account-expired', why: 'The account of this user has expired' };
  if (link.kind === 'not-yet-valid') return { ...link, kind: 'account-not-yet-valid', why: 'The account of this user is not valid yet' };
  if (link.kind !== 'claims') return link;
  return { ...link, kind: 'account-claims', why: 'nats-server refuses the claims of the account of this user' };
}

/** What an account holds against a user that names it. */
function judgeWithin(user: UserClaims, account: AccountClaims, trust: Pick<NatsTrust, 'strictKeys' | 'version'>): readonly BrokenLink[] {
  const broken: BrokenLink[] = [];
  const issuer = user.standard.iss ?? '';
  const isOwnKey = issuer === account.standard.sub;
  const isStrict = trust.strictKeys.includes(account.standard.iss ?? '');
  // Where its own key counts, it counts without a template.
  const scope = isOwnKey && !isStrict ? null : account.nats.signing_keys?.get(issuer);
  if (scope === undefined) {
    broken.push({
      kind: 'signer',
      why: isOwnKey
        ? "The user is signed by the account's own key, and its operator demands signing keys"
        : 'The user is signed by a key that is not among the signing keys of its account',
      advice: 'Sign the user by a signing key of the account, or add that key to the account',
    });
  }
  if (scope) broken.push(...judgeScopedUser({ user, account }, scope, trust.version));
  if ((scope ? scope.template : user.nats)?.bearer_token && account.nats.limits?.disallow_bearer) {
    broken.push({
      kind: 'bearer',
      why: 'The user is a bearer token, which its account does not allow',
      advice: 'Issue the user without `bearer_token`',
    });
  }
  if (unknownConnectionTypes((scope ? scope.template : user.nats)?.allowed_connection_types, trust.version) === 'all') {
    broken.push({
      kind: 'scope',
      why: 'The user may connect in ways only that nats-server does not know',
      advice: 'Write for instance `STANDARD` or `WEBSOCKET` into `allowed_connection_types`',
    });
  }
  if (isRevoked(account.nats.revocations, user)) {
    broken.push({
      kind: 'revoked',
      why: 'The account has revoked this user',
      advice: 'Issue the user again after the time of the revocation, or take that back',
    });
  }
  return broken;
}

/** A revocation counts for everything issued up to its time; `*` stands for everybody. */
export function isRevoked(revocations: ReadonlyMap<string, number> | undefined, { standard }: UserClaims | ActivationClaims): boolean {
  const issued = standard.iat ?? 0;
  return [standard.sub ?? '', '*'].some(key => (revocations?.get(key) ?? Number.NEGATIVE_INFINITY) >= issued);
}

function* timesAndClaims(claims: AccountClaims | UserClaims, now: number, version: Release): Generator<BrokenLink> {
  const issues = validateClaims(claims, now, version);
  if (issues.some(({ code }) => code === 'expired')) {
    yield { kind: 'expired', why: `The ${claims.kind} JWT has expired`, advice: 'Issue a new one' };
  }
  if (issues.some(({ code }) => code === 'not-yet-valid')) {
    yield {
      kind: 'not-yet-valid',
      why: `The ${claims.kind} JWT is not valid yet`,
      advice: 'Wait until then, or issue one that begins now',
    };
  }
  if (issues.some(({ severity }) => severity === 'error')) {
    yield {
      kind: 'claims',
      why: `nats-server refuses the claims of the ${claims.kind} JWT`,
      advice: 'Correct them with nsc and issue it again',
    };
  }
}
