// Everything that the Go library holds against claims that it could read: its Validate, for every kind.

import { behaves, type NatsBehavior } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import type { ActivationClaims, NatsClaims } from './claims.ts';
import { decodeNatsJwt } from './decode.ts';
import { type Issue, Issues } from './issue.ts';
import type { IssueCode } from './issue-words.ts';
import { isPublicNkey } from './nkey.ts';
import { validateAccount } from './validate-account.ts';
import { validateOperator } from './validate-operator.ts';
import { judgeIssuerAccount, judgePermissions, judgeTimes, judgeUserLimits, validateActivation } from './validate-parts.ts';

/** What libraries within older servers do not look at. */
const firstLooks: Partial<Record<IssueCode, NatsBehavior>> = {
  'subject-outer-dot': 'claims-outer-dots',
  'subject-double-dot': 'claims-outer-dots',
  'callout-without-users': 'claims-callout',
  'callout-user': 'claims-callout',
  'callout-any-and-more': 'claims-callout',
  'callout-account': 'claims-callout',
  'callout-xkey': 'claims-callout',
  'trace-destination': 'claims-trace',
  'trace-wildcard': 'claims-trace',
  'trace-sampling': 'claims-trace',
  'export-trace': 'claims-trace',
  'import-trace': 'claims-trace',
  'cluster-traffic': 'claims-cluster-traffic',
};

/**
 * Every issue, as often as the library within a server of this version tells it; what only libraries of newer servers refuse has the
 * severity `later`. `now` in milliseconds since the epoch.
 */
export function validateClaims(claims: NatsClaims, now: number, version: Release): readonly Issue[] {
  return issuesOf(claims, now, version).map(issue => {
    const look = firstLooks[issue.code];
    return look && !behaves(version, look) ? { ...issue, severity: 'later' } : issue;
  });
}

function issuesOf(claims: NatsClaims, now: number, version: Release): readonly Issue[] {
  const found: Issue[] = [];
  judgeTimes(claims.standard, now, new Issues('', found));
  const issues = new Issues('nats', found);
  const { standard } = claims;
  switch (claims.kind) {
    case 'operator':
      validateOperator(claims.nats, issues);
      break;
    case 'account':
      validateAccount(claims, decodeActivation, issues, version);
      break;
    case 'user':
      judgePermissions(claims.nats, issues);
      judgeUserLimits(claims.nats, issues);
      judgeIssuerAccount(claims.nats.issuer_account, issues);
      break;
    case 'activation':
      validateActivation(claims.nats, issues);
      break;
    case 'authorization_request': {
      const key = claims.nats.user_nkey ?? '';
      if (key === '') issues.in('user_nkey').error('request-user-missing');
      else if (!isPublicNkey(key, 'user')) issues.in('user_nkey').error('request-user');
      break;
    }
    case 'authorization_response': {
      const { jwt = '', error = '', issuer_account: issuer } = claims.nats;
      if (!isPublicNkey(standard.sub ?? '', 'user')) issues.error('response-subject');
      if (!isPublicNkey(standard.aud ?? '', 'server')) issues.error('response-audience');
      if (error === '' && jwt === '') issues.error('response-empty');
      if (error !== '' && jwt !== '') issues.error('response-both');
      judgeIssuerAccount(issuer, issues);
      break;
    }
    case 'generic':
  }
  return found;
}

function decodeActivation(token: string): ActivationClaims | undefined {
  const decoded = decodeNatsJwt(token);
  return 'claims' in decoded && decoded.claims.kind === 'activation' ? decoded.claims : undefined;
}
