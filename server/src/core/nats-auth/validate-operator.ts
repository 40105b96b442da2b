// Claims of an operator (nats-io/jwt v2/operator_claims.go).
import type { Operator } from './claims.ts';
import { parseUrl } from './go-url.ts';
import type { Issues } from './issue.ts';
import { isPublicNkey } from './nkey.ts';

const serviceSchemes = ['nats', 'tls', 'ws', 'wss'];

export function validateOperator(operator: Operator, issues: Issues): void {
  const server = operator.account_server_url ?? '';
  if (server !== '') {
    const url = parseUrl(server);
    if (typeof url === 'string') issues.in('account_server_url').error('account-server-url');
    else if (url.scheme === '') issues.in('account_server_url').error('account-server-scheme');
  }
  for (const [i, text] of (operator.operator_service_urls ?? []).entries()) {
    if (text !== '') judgeServiceUrl(text, issues.in(`operator_service_urls[${i}]`));
  }
  for (const [i, key] of (operator.signing_keys ?? []).entries()) {
    if (!isPublicNkey(key, 'operator')) issues.in(`signing_keys[${i}]`).error('operator-signing-key');
  }
  const system = operator.system_account ?? '';
  if (system !== '' && !isPublicNkey(system, 'account')) issues.in('system_account').error('system-account');
  const version = operator.assert_server_version ?? '';
  if (version !== '' && !isServerVersion(version)) issues.in('assert_server_version').error('server-version');
}

function judgeServiceUrl(text: string, issues: Issues): void {
  const url = parseUrl(text);
  if (typeof url === 'string') issues.error('service-url');
  else if (url.userInfo !== undefined) issues.error('service-url-credentials');
  else if (url.path !== '') issues.error('service-url-path');
  else if (!serviceSchemes.includes(url.scheme)) issues.error('service-url-scheme');
}

/** Three whole numbers, as Go reads numbers: a plus sign is one. */
function isServerVersion(text: string): boolean {
  const numbers = text.split('.');
  return numbers.length === 3 && numbers.every(number => /^(\+?\d+|-0+)$/.test(number));
}
