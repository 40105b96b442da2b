// Exports and imports of an account's claims (nats-io/jwt v2/exports.go, imports.go).

import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { hasWildcards, isContainedIn, judgeRenaming, judgeSubject, withoutReferences } from './claim-subject.ts';
import type { ActivationClaims, ExchangeType, Export, Import } from './claims.ts';
import type { Issues } from './issue.ts';
import { judgeInfo, validateActivation } from './validate-parts.ts';

const responseTypes = ['', 'Singleton', 'Stream', 'Chunked'];

export function validateExports(exports: readonly (Export | null)[], issues: Issues): void {
  for (const [i, each] of exports.entries()) {
    if (each) validateExport(each, issues.in(`[${i}]`));
    else issues.in(`[${i}]`).error('export-null');
  }
  const real = exports.filter(each => each !== null);
  for (const isService of [true, false]) {
    const subjects = real.filter(each => (each.type === 'service') === isService).map(each => each.subject ?? '');
    // Each subject that holds another one is reported once.
    const holding = new Set(subjects.filter((holder, j) => subjects.some((subject, i) => i !== j && isContainedIn(subject, holder))));
    for (const _ of holding) issues.error('export-overlap');
  }
}

function validateExport(each: Export, issues: Issues): void {
  const { type = 'unknown', subject = '', response_type: responseType = '', response_threshold: threshold = 0 } = each;
  if (type === 'unknown') issues.error('export-type');
  if (type === 'service' && !responseTypes.includes(responseType)) issues.error('response-type');
  if (type === 'stream' && responseType !== '') issues.error('response-type-of-stream');
  if (type === 'stream' && each.allow_trace) issues.error('export-trace');
  const latency = each.service_latency;
  if (latency) {
    const within = issues.in('service_latency');
    if (type !== 'service') within.error('latency-of-stream');
    if ((latency.sampling ?? 0) < 0 || (latency.sampling ?? 0) > 100) within.error('latency-sampling');
    judgeSubject(latency.results ?? '', within.in('results'));
    if (hasWildcards(latency.results ?? '')) within.in('results').error('latency-wildcard');
  }
  if (threshold < 0) issues.error('threshold-negative');
  if (threshold > 0 && type !== 'service') issues.error('threshold-of-stream');
  judgeSubject(subject, issues.in('subject'));
  judgeTokenPosition(subject, each.account_token_position ?? 0, issues);
  judgeInfo(each, issues);
}

/** The position counts from 1; the importer's account key must stand there. */
function judgeTokenPosition(subject: string, position: number, issues: Issues): void {
  if (position === 0) return;
  const tokens = subject.split('.');
  if (!hasWildcards(subject)) issues.error('token-position-without-wildcard');
  else if (position > tokens.length) issues.error('token-position-too-large');
  else if (tokens[position - 1] !== '*') issues.error('token-position-no-wildcard');
}

/** `decode` reads an activation token; undefined for anything else. `account` is the public key of the importing account. */
export function validateImports(
  imports: readonly (Import | null)[],
  account: string,
  decode: (token: string) => ActivationClaims | undefined,
  issues: Issues,
  version: Release,
): void {
  const byAccount = behaves(version, 'claims-imports-by-account');
  const known = new Map<string, Set<string>>();
  for (const [i, each] of imports.entries()) {
    const within = issues.in(`[${i}]`);
    if (!each) {
      within.error('import-null');
      continue;
    }
    if (each.type === 'service') {
      const subject = each.to || withoutReferences(each.local_subject ?? '') || (each.subject ?? '');
      const place = byAccount ? (each.account ?? '') : '';
      const others = known.get(place) ?? new Set();
      for (const other of others) {
        if (isContainedIn(subject, other) || isContainedIn(other, subject)) within.error('import-overlap');
      }
      if (others.has(subject)) within.error('import-overlap');
      known.set(place, others.add(subject));
    }
    validateImport(each, within);
    if (each.token) validateToken(each, account, decode(each.token), within.in('token'));
  }
}

function validateImport(each: Import, issues: Issues): void {
  const { type = 'unknown', subject = '', local_subject: local = '' } = each;
  if (type === 'unknown') issues.error('import-type');
  if (type === 'service' && each.allow_trace) issues.error('import-trace');
  if (!each.account) issues.error('import-account-missing');
  if (each.to) issues.warning('import-to');
  judgeSubject(subject, issues.in('subject'));
  if (local !== '') {
    judgeRenaming(local, subject, issues.in('local_subject'));
    if (each.to) issues.error('import-to-and-local');
  }
  if (each.share && type !== 'service') issues.error('import-share');
}

function validateToken(each: Import, account: string, token: ActivationClaims | undefined, issues: Issues): void {
  if (!token) {
    issues.error('activation-invalid');
    return;
  }
  const type: ExchangeType = token.nats.kind ?? 'unknown';
  const from = each.account ?? '';
  if ((token.standard.iss ?? '') !== from && (token.nats.issuer_account ?? '') !== from) issues.error('activation-issuer');
  if ((token.standard.sub ?? '') !== account) issues.error('activation-subject');
  if (type !== (each.type ?? 'unknown')) issues.error('activation-type');
  validateActivation(token.nats, issues);
  const subject = (each.type === 'service' && each.to) || (each.subject ?? '');
  if (!isContainedIn(subject, token.nats.subject ?? '')) issues.error('activation-other-subject');
}
