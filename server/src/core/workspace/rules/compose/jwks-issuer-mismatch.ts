// Keys of one tenant never fit tokens of another: JWKS and issuer have to belong together.
import { isInside } from '../../../compose/hosts.ts';
import type { Project } from '../../../compose/project.ts';
import { type UrlVariable, urlsOf } from '../../../compose/url-variables.ts';
import { registrableDomain, type UrlParts } from '../../../environment/url.ts';
import { providerOf } from '../../../facts/identity-providers.ts';
import { editDistance } from '../../../lint/nearest.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/jwks-issuer-mismatch',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ project, services }) {
    for (const { service, auth } of services) {
      const issuers = urlsOf(auth, 'issuer');
      for (const keys of urlsOf(auth, 'jwks-uri')) {
        if (issuers.length === 0 || keys.meaning.notJwks || issuers.some(issuer => !mismatch(issuer.url, keys.url, project))) continue;
        const issuer = issuers[0] as UrlVariable;
        const what = mismatch(issuer.url, keys.url, project) as string;
        const [first, second] =
          issuer.place.file === keys.place.file && issuer.place.span.start > keys.place.span.start ? [keys, issuer] : [issuer, keys];
        yield {
          ...second.place,
          message: `\`${service.name}\` takes its keys from ${what}, so the keys fit none of the tokens and all of them are refused. Let \`${keys.entry.name}\` and \`${issuer.entry.name}\` name the same one.`,
          related: [{ ...first.place, message: `\`${first.entry.name}\` is set here.` }],
        };
      }
    }
  },
});

/** In which way they do not belong together, in words that follow "takes its keys from"; undefined when they may. */
function mismatch(issuer: UrlParts, keys: UrlParts, project: Project): string | undefined {
  const [ofIssuer, ofKeys] = [providerOf(issuer), providerOf(keys)];
  const tenants = [ofIssuer?.tenant?.exec(issuer.path)?.[1], ofKeys?.tenant?.exec(keys.path)?.[1]];
  if (ofIssuer && ofKeys && tenants[0] !== undefined && tenants[1] !== undefined && tenants[0] !== tenants[1] && !isSharedTenant(tenants)) {
    return `\`${tenants[1]}\` and its issuer from \`${tenants[0]}\``;
  }
  if (issuer.host === keys.host || isInside(project, keys.host) || isInside(project, issuer.host)) return undefined;
  if (ofIssuer?.jwksHosts?.includes(keys.host)) return undefined;
  const other = `\`${keys.host}\` and its issuer from \`${issuer.host}\``;
  if (ofIssuer?.host || ofKeys?.host) {
    // A provider's keys may be reached by its own name while the tokens carry a domain of the customer.
    const bothSame = ofIssuer === ofKeys || (ofIssuer?.host !== undefined && ofKeys?.host !== undefined);
    return bothSame || editDistance(issuer.host, keys.host, 2) <= 2 ? other : undefined;
  }
  const related = registrableDomain(issuer.host) === registrableDomain(keys.host);
  const nested = issuer.host.endsWith(`.${keys.host}`) || keys.host.endsWith(`.${issuer.host}`);
  return related && (nested || editDistance(issuer.host, keys.host, 1) > 1) ? undefined : other;
}

/** Entra's `common` and `organizations` serve the keys of every tenant. */
function isSharedTenant(tenants: readonly (string | undefined)[]): boolean {
  return tenants.some(tenant => tenant === 'common' || tenant === 'organizations' || tenant === 'consumers');
}
