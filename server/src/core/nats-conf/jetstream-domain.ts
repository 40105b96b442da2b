// What nats-server adds to accounts by itself so that the domains of JetStream have names: mappings like those that people write, for which
// permissions count just the same.
import { type DomainSubject, domainSubjects, systemDomainSubjects } from '../facts/nats-domain-mappings.ts';
import type { AccountFlow, Mapping } from '../nats-auth/account-flow.ts';
import { isSubset } from '../nats-auth/subject-transform.ts';
import { blockOf, settingOf, stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { jetStream } from './startup.ts';

/** What makes one account differ from another here. */
export interface JetStreamAccount {
  readonly isSystem: boolean;
  /** Whether it keeps streams on this server. */
  readonly hasJetStream: boolean;
}

/** The flow with the mappings that a server with this configuration adds to it. */
export function withDomains(conf: NatsConf, flow: AccountFlow, account: JetStreamAccount): AccountFlow {
  return { ...flow, added: [...ofDefaultDomain(conf, flow, account), ...ofOwnDomain(conf, flow, account)] };
}

/** The server's own domain is known to all accounts but to those that import JetStream from another one. */
function ofOwnDomain(conf: NatsConf, { imports }: AccountFlow, { isSystem, hasJetStream }: JetStreamAccount): readonly Mapping[] {
  const domain = stringOf(blockOf(conf.root, 'jetstream'), 'domain')?.value;
  if (!domain || jetStream(conf) !== 'on') return [];
  if (isSystem) return systemDomainSubjects(domain, conf.version).map(toPlain);
  const importsIt = imports.some(({ kind, local }) => kind === 'service' && isSubset('$JS.API.INFO', local));
  return importsIt && !hasJetStream ? [] : domainSubjects(domain).map(toPlain);
}

/** What an account without JetStream asks without a name goes to its default domain. */
function ofDefaultDomain(conf: NatsConf, { name }: AccountFlow, { hasJetStream }: JetStreamAccount): readonly Mapping[] {
  const domains = settingOf(conf.root, 'default_js_domain')?.value;
  const domain = domains?.kind === 'map' ? domains.entries.get(name)?.value : undefined;
  if (hasJetStream || domain?.kind !== 'string' || domain.value === '') return [];
  return domainSubjects(domain.value).map(({ named, plain }) => mapping(plain, named));
}

const toPlain = ({ named, plain }: DomainSubject) => mapping(named, plain);

function mapping(source: string, subject: string): Mapping {
  return { source, destinations: [{ subject, weight: 100 }] };
}
