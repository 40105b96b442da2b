// Issuers that are not the same and were surely meant to be: a token that names one is for whoever expects the other.
import { parseUrl, registrableDomain } from '../environment/url.ts';
import { providerOf } from '../facts/identity-providers.ts';
import { difference } from './near-misses.ts';

/** Whether they differ by a slash, the case, one letter, the region of one tenant's host, the realm on one host, or the version of an API. */
export function isNearIssuer(is: string, expected: string): boolean {
  if (is === '' || is === expected) return false;
  if (difference(is, expected) !== undefined) return true;
  const [a, b] = [parseUrl(is), parseUrl(expected)];
  if (!a || !b) return false;
  const [ofIs, ofExpected] = [providerOf(a), providerOf(b)];
  const tenants = [ofIs, ofExpected].map((provider, i) => provider?.tenant?.exec((i === 0 ? a : b).path)?.[1]);
  // Entra's two versions write one tenant's issuer on two hosts.
  if (tenants[0] !== undefined && tenants[0] === tenants[1]) return true;
  // Everybody's tenants are on the host of a provider; on a host of one's own, another realm is the usual slip.
  if (a.host === b.host) return ofIs?.host === undefined || tenants[0] === undefined;
  const tenant = (host: string) => host.slice(0, host.indexOf('.'));
  return tenant(a.host) === tenant(b.host) && registrableDomain(a.host) === registrableDomain(b.host);
}
