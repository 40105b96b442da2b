// The subjects under which JetStream answers by the name of its domain, as data: nats-server maps them to those without a name.
import table from './nats-domain-mappings.json';
import { isAvailable, type Release, readReleases } from './nats-release.ts';

/** A subject with the name of a domain in it, and the one without. */
export interface DomainSubject {
  readonly named: string;
  readonly plain: string;
}

/** For the accounts of users. */
export function domainSubjects(domain: string): readonly DomainSubject[] {
  return fillIn(table.accounts, domain);
}

/** What all of them lie under; a server maps nothing else of it. */
export function domainSpace(domain: string): readonly DomainSubject[] {
  return fillIn(table.whole, domain);
}

/** For the account that the server itself talks in; older servers have none. */
export function systemDomainSubjects(domain: string, version: Release): readonly DomainSubject[] {
  const { since, mappings } = table.system;
  return isAvailable(version, readReleases(since)) ? fillIn(mappings, domain) : [];
}

function fillIn(mappings: Readonly<Record<string, string>>, domain: string): readonly DomainSubject[] {
  return Object.entries(mappings).map(([template, plain]) => ({ named: template.replace('{domain}', () => domain), plain }));
}
