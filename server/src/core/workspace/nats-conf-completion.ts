// What other files say about a value that is being written in a NATS configuration: programs name subjects and users, Compose files name other
// servers and the variables that this one is given.
import { type NatsService, readNatsService } from '../compose/nats-service.ts';
import type { Service } from '../compose/project.ts';
import type { Completion } from '../language.ts';
import { valueAt } from '../nats-conf/completion.ts';
import { type NatsConf, secretFormats } from '../nats-conf/model.ts';
import type { Slot } from '../nats-conf/slots.ts';
import { asValue } from '../nats-conf/source-edits.ts';
import { standpointOf } from '../nats-conf/standpoint.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { composeProjects } from './compose-projects.ts';
import { type Proposal, programProposals } from './program-proposals.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** More are no help to somebody who reads them. */
const mostProposals = 8;

export function natsConfCompletions(view: WorkspaceView, file: FileId, offset: number): readonly Completion[] {
  if (summariesOf(view, 'nats-usage').length + summariesOf(view, 'compose').length === 0) return [];
  const confs = summariesOf<NatsConf>(view, 'nats-conf').map(({ summary }) => summary);
  const own = confs.find(conf => conf.file === file);
  if (!own) return [];
  const includers = confs.filter(conf => conf !== own && conf.evaluation.files.some(part => part.file.id === file));
  const here = standpointOf(own, { includers });
  const at = valueAt(here, offset);
  if (!at) return [];
  const { caret, slot } = at;
  const proposals = [
    ...programProposals(view, here, caret, slot),
    ...(caret.quoted ? [] : variablesFor(view, here.whole.file, slot, caret.typed)),
    ...serversFor(view, here.whole, slot),
  ];
  return proposals.slice(0, mostProposals).map(proposal => {
    const isWritten = caret.quoted || proposal.kind === 'variable';
    return { ...proposal, span: caret.word, insertText: isWritten ? proposal.label : asValue(proposal.label) };
  });
}

/** The services that run a nats-server. */
function natsServices(view: WorkspaceView): readonly { readonly service: Service; readonly nats: NatsService }[] {
  return composeProjects(view).flatMap(({ services }) =>
    services.flatMap(({ service, directory }) => {
      const nats = readNatsService(service.definition, directory);
      return nats ? [{ service, nats }] : [];
    }),
  );
}

/** Variables of the container that is started with the configuration, where a variable is being written or a secret should come from one. */
function variablesFor(view: WorkspaceView, conf: FileId, { option }: Slot, typed: string): readonly Proposal[] {
  if (!typed.startsWith('$') && !(option.format !== undefined && secretFormats.has(option.format))) return [];
  return natsServices(view).flatMap(({ service, nats }) => {
    if (nats.configFile !== conf) return [];
    return [...service.environment.values()].map(({ name, file }) => ({
      label: `$${name}`,
      kind: 'variable' as const,
      detail: `given to ${service.name} in ${nameOf(file)}`,
    }));
  });
}

/** Ports and schemes under which servers reach each other. */
const ways: Readonly<Record<string, string>> = {
  'cluster.routes': 'nats-route://HOST:6222',
  'leafnode_remote.url': 'nats-leaf://HOST:7422',
  'remote_gateway.url': 'nats://HOST:7222',
  'remote_gateway.urls': 'nats://HOST:7222',
};

/** The other servers of the Compose project, by the names that containers know them by. */
function serversFor(view: WorkspaceView, conf: NatsConf, { option, owner }: Slot): readonly Proposal[] {
  const way = ways[`${owner.name}.${option.key}`];
  if (way === undefined) return [];
  const others = natsServices(view).filter(({ nats }) => nats.configFile !== conf.file);
  return others.map(({ service: { name } }) => ({
    label: way.replace('HOST', name),
    kind: 'value',
    detail: 'server of the Compose project',
  }));
}
