// What nats-server adds to accounts by itself so that the domains of JetStream have names: mappings like those that people write, for which
// permissions count just the same.
import { type DomainSubject, domainSpace, domainSubjects, systemDomainSubjects } from '../facts/nats-domain-mappings.ts';
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
  const both = [ofDefaultDomain(conf, flow, account), ofOwnDomain(conf, flow, account)];
  return { ...flow, added: both.flatMap(({ added }) => added), spaces: both.flatMap(({ spaces }) => spaces) };
}

type Additions = Required<Pick<AccountFlow, 'added' | 'spaces'>>;

const nothing: Additions = { added: [], spaces: [] };

/** The server's own domain is known to all accounts but to those that import JetStream from another one. */
function ofOwnDomain(conf: NatsConf, { imports }: AccountFlow, { isSystem, hasJetStream }: JetStreamAccount): Additions {
  const domain = stringOf(blockOf(conf.root, 'jetstream'), 'domain')?.value;
  if (!domain || jetStream(conf) !== 'on') return nothing;
  if (isSystem) return { added: systemDomainSubjects(domain, conf.version).map(toPlain), spaces: [] };
  const importsIt = imports.some(({ kind, local }) => kind === 'service' && isSubset('$JS.API.INFO', local));
  return importsIt && !hasJetStream ? nothing : { added: domainSubjects(domain).map(toPlain), spaces: domainSpace(domain).map(toPlain) };
}

/** What an account without JetStream asks without a name goes to its default domain. */
function ofDefaultDomain(conf: NatsConf, { name }: AccountFlow, { hasJetStream }: JetStreamAccount): Additions {
  const domains = settingOf(conf.root, 'default_js_domain')?.value;
  const domain = domains?.kind === 'map' ? domains.entries.get(name)?.value : undefined;
  if (hasJetStream || domain?.kind !== 'string' || domain.value === '') return nothing;
  return { added: domainSubjects(domain.value).map(toNamed), spaces: domainSpace(domain.value).map(toNamed) };
}

const toPlain = ({ named, plain }: DomainSubject) => mapping(named, plain);
const toNamed = ({ named, plain }: DomainSubject) => mapping(plain, named);

function mapping(source: string, subject: string): Mapping {
  return { source, destinations: [{ subject, weight: 100 }] };
}
