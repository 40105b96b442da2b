// Claims of an account beside its exports and imports (nats-io/jwt v2/account_claims.go, signingkeys.go).
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { hasWildcards, judgeSubject } from './claim-subject.ts';
import type { Account, AccountClaims, ActivationClaims } from './claims.ts';
import { Issues } from './issue.ts';
import { isPublicNkey } from './nkey.ts';
import { validateExports, validateImports } from './validate-exchange.ts';
import { judgeInfo, judgePermissions } from './validate-parts.ts';

type Limits = NonNullable<Account['limits']>;

const noLimit = -1;

/** `decode` reads an activation token; undefined for anything else. */
export function validateAccount(
  { nats, standard }: AccountClaims,
  decode: (token: string) => ActivationClaims | undefined,
  issues: Issues,
  version: Release,
): void {
  const { imports = [], exports = [], limits = {} } = nats;
  validateImports(imports, standard.sub ?? '', decode, issues.in('imports'), version);
  validateExports(exports, issues.in('exports'));
  if (limits.tiered_limits?.has('')) issues.in('limits.tiered_limits').error('tier-blank');
  judgePermissions(nats.default_permissions ?? {}, issues.in('default_permissions'));
  judgeMappings(nats.mappings, issues.in('mappings'), version);
  judgeAuthorization(nats.authorization ?? {}, issues.in('authorization'));
  judgeTrace(nats.trace, issues.in('trace'));
  judgeExchangeLimits(nats, limits, issues);
  for (const [key, scope] of nats.signing_keys ?? []) {
    if (!isPublicNkey(key, 'account')) issues.in('signing_keys').error(scope ? 'scoped-signing-key' : 'account-signing-key');
  }
  judgeInfo(nats, issues);
  if (!['', 'system', 'owner'].includes(nats.cluster_traffic ?? '')) issues.in('cluster_traffic').error('cluster-traffic');
  if (isPublicNkey(standard.iss ?? '', 'account') && !isEmpty(limits)) issues.in('limits').warning('self-signed-limits');
}

function judgeMappings(mappings: Account['mappings'], issues: Issues, version: Release): void {
  const byCluster = behaves(version, 'claims-mapping-by-cluster');
  const withWildcards = behaves(version, 'claims-mapping-wildcards');
  for (const [from, targets] of mappings ?? []) {
    judgeSubject(from, issues);
    const perCluster = new Map<string, number>();
    for (const { subject = '', weight = 0, cluster = '' } of targets) {
      const percent = weight === 0 ? 100 : weight;
      judgeSubject(subject, issues);
      if (!withWildcards && hasWildcards(subject)) issues.error('mapping-wildcard');
      if (percent > 100) issues.error('mapping-weight');
      const part = byCluster ? cluster : '';
      const sum = (perCluster.get(part) ?? 0) + percent;
      perCluster.set(part, sum);
      if (part !== '' && sum > 100) issues.error('mapping-cluster-sum');
    }
    if ((perCluster.get('') ?? 0) > 100) issues.error('mapping-sum');
  }
}

function judgeAuthorization(authorization: NonNullable<Account['authorization']>, issues: Issues): void {
  const { auth_users: users = [], allowed_accounts: accounts = [], xkey = '' } = authorization;
  if (accounts.length > 0 && users.length === 0) issues.error('callout-without-users');
  for (const key of users) if (!isPublicNkey(key, 'user')) issues.in('auth_users').error('callout-user');
  for (const key of accounts) {
    if (key === '*') {
      if (accounts.length > 1) issues.in('allowed_accounts').error('callout-any-and-more');
    } else if (!isPublicNkey(key, 'account')) issues.in('allowed_accounts').error('callout-account');
  }
  if (xkey !== '' && !isPublicNkey(xkey, 'curve')) issues.in('xkey').error('callout-xkey');
}

function judgeTrace(trace: Account['trace'], issues: Issues): void {
  if (!trace) return;
  const { dest = '', sampling = 0 } = trace;
  const about = new Issues('');
  judgeSubject(dest, about);
  if (about.found.length > 0) issues.in('dest').error('trace-destination');
  if (hasWildcards(dest)) issues.in('dest').error('trace-wildcard');
  if (sampling < 0 || sampling > 100) issues.in('sampling').error('trace-sampling');
}

/** Too many imports are told twice where there are limits at all, as the library does. */
function judgeExchangeLimits({ imports = [], exports = [] }: Account, limits: Limits, issues: Issues): void {
  const { imports: mostImports = 0, exports: mostExports = 0 } = limits;
  const within = issues.in('limits');
  if (mostImports !== noLimit && imports.length > mostImports) {
    if (!isEmpty(limits) && mostImports >= 0) within.error('imports-over-limit');
    within.error('imports-over-limit');
  }
  if (mostExports === noLimit) return;
  if (exports.length > mostExports) within.error('exports-over-limit');
  if (limits.wildcards) return;
  for (const each of exports) if (each && hasWildcards(each.subject ?? '')) within.error('exports-wildcard');
}

/** Whether nothing is limited by a number other than 0. */
function isEmpty(limits: Limits): boolean {
  return Object.values(limits).every(value => value === 0 || value === false || (value instanceof Map && value.size === 0));
}
