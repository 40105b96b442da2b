// Who authenticates to whom in a workspace: servers with their users, services with the way they check tokens, platforms, issuers.
import type { WorkspaceView } from '../view.ts';
import { credentialFiles, programs } from './clients.ts';
import { composeServices } from './compose-services.ts';
import type { MapSection } from './map-node.ts';
import { natsServers } from './nats-servers.ts';
import { platforms, tokenIssuers } from './token-issuers.ts';

/** Sections that have something in them. Nothing in it is a secret. */
export function authMap(view: WorkspaceView): readonly MapSection[] {
  const sections = [
    { title: 'NATS servers', nodes: natsServers(view) },
    { title: 'Programs that use NATS', nodes: programs(view) },
    { title: 'Credentials', nodes: credentialFiles(view) },
    { title: 'Compose services', nodes: composeServices(view) },
    { title: 'Platforms', nodes: platforms(view) },
    { title: 'Issuers of tokens', nodes: tokenIssuers(view) },
  ];
  return sections.filter(({ nodes }) => nodes.length > 0);
}
