// Addresses of key sets and issuers that the files of a workspace name, for a person who wants to ask one of them.
import type { Analyzer } from '../core/analyzer.ts';
import { authOf, withMeaning } from '../core/compose/auth-variables.ts';
import type { ComposeModel } from '../core/compose/index.ts';
import { type PlatformModel, platformConfig } from '../core/platform-config/index.ts';

export interface KeyAddress {
  readonly address: string;
  /** Who takes its keys from there: "service gateway". */
  readonly from: string;
}

/** Each address once, key sets before issuers. */
export function keyAddresses(analyzer: Analyzer): readonly KeyAddress[] {
  const layers = analyzer.files().flatMap(id => analyzer.analysis(id)?.layers ?? []);
  const found: KeyAddress[] = [];
  for (const { language, model } of layers) {
    if (language.id === 'compose') found.push(...ofCompose(model as ComposeModel));
    if (language.id === 'platform-config')
      found.push(...platformConfig.summarize(model as PlatformModel).issuers.map(address => ({ address, from: 'the platform' })));
  }
  const addresses = found.filter(({ address }) => /^https?:\/\//.test(address));
  return addresses.filter(({ address }, i) => addresses.findIndex(other => other.address === address) === i);
}

function ofCompose({ projects, settings }: ComposeModel): readonly KeyAddress[] {
  const services = projects.flatMap(({ project }) => [...project.services.values()]);
  return (['jwks-uri', 'discovery', 'issuer'] as const).flatMap(meaning =>
    services.flatMap(service =>
      withMeaning(authOf(service, settings), meaning).flatMap(({ entry }) =>
        entry.value === undefined || entry.guess ? [] : [{ address: entry.value, from: `service ${service.name}` }],
      ),
    ),
  );
}
