// Parts that claims of several kinds have: times, descriptions, permissions, limits of users (nats-io/jwt v2/types.go, claims.go).
import { encodeUtf8 } from '../text/base64url.ts';
import { judgeSubject } from './claim-subject.ts';
import type { Activation, Permission, StandardClaims, UserPermissionLimits } from './claims.ts';
import { isNetwork, isTimeOfDay, isTimeZone } from './go-network.ts';
import { parseUrl } from './go-url.ts';
import type { Issues } from './issue.ts';
import { isPublicNkey } from './nkey.ts';

/** Bytes of a description or address (`MaxInfoLength`). */
const longestInfo = 8 * 1024;

/** `now` in milliseconds since the epoch. A time of 0 is none. */
export function judgeTimes({ exp = 0, nbf = 0 }: StandardClaims, now: number, issues: Issues): void {
  const seconds = Math.floor(now / 1000);
  if (exp > 0 && seconds > exp) issues.time('expired');
  if (nbf > 0 && nbf > seconds) issues.time('not-yet-valid');
}

export function judgeInfo({ description = '', info_url: url = '' }: { description?: string; info_url?: string }, issues: Issues): void {
  if (encodeUtf8(description).length > longestInfo) issues.in('description').error('description-long');
  if (url === '') return;
  if (encodeUtf8(url).length > longestInfo) issues.in('info_url').error('info-url-long');
  const parsed = parseUrl(url);
  const hasName = typeof parsed !== 'string' && parsed.scheme !== '' && parsed.host.replace(/:\d*$/, '') !== '';
  if (!hasName) issues.in('info_url').error('info-url');
}

/** `Permissions.Validate`: only a subscription may name a queue. */
export function judgePermissions({ pub, sub }: { pub?: Permission; sub?: Permission }, issues: Issues): void {
  judgePermission(sub, true, issues.in('sub'));
  judgePermission(pub, false, issues.in('pub'));
}

function judgePermission(permission: Permission | undefined, queues: boolean, issues: Issues): void {
  for (const name of ['allow', 'deny'] as const) {
    for (const [i, written] of (permission?.[name] ?? []).entries()) {
      const within = issues.in(`${name}[${i}]`);
      const parts = written.split(' ');
      if (parts.length > 2) within.error('permission-spaces');
      else for (const part of parts) judgeSubject(part, within);
      if (parts.length === 2 && !queues) within.error('permission-queue');
    }
  }
}

/** `Limits.Validate`: networks, times of day and their zone. */
export function judgeUserLimits({ src = [], times = [], times_location: zone = '' }: UserPermissionLimits, issues: Issues): void {
  for (const [i, network] of src.entries()) if (!isNetwork(network)) issues.in(`src[${i}]`).error('network');
  for (const [i, { start = '', end = '' }] of times.entries()) {
    const within = issues.in(`times[${i}]`);
    if (start === '') within.error('time-start-missing');
    else if (!isTimeOfDay(start)) within.error('time-start');
    if (end === '') within.error('time-end-missing');
    else if (!isTimeOfDay(end)) within.error('time-end');
  }
  if (!isTimeZone(zone)) issues.in('times_location').error('time-zone');
}

export function judgeIssuerAccount(key: string | undefined, issues: Issues): void {
  if (key && !isPublicNkey(key, 'account')) issues.in('issuer_account').error('issuer-account');
}

/** `Activation.Validate`, without its times: an import is judged without them. */
export function validateActivation({ kind = 'unknown', subject = '', issuer_account: issuer }: Activation, issues: Issues): void {
  if (kind === 'unknown') issues.error('activation-kind');
  judgeSubject(subject, issues.in('subject'));
  judgeIssuerAccount(issuer, issues);
}
