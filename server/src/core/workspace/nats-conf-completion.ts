// What other files say about a value that is being written in a NATS configuration: programs name subjects, Compose files name other servers and
// the variables that this one is given.
import { type NatsService, readNatsService } from '../compose/nats-service.ts';
import type { Service } from '../compose/project.ts';
import type { Completion, SourceFile } from '../language.ts';
import type { Caret } from '../nats-conf/caret.ts';
import { valueAt, withValueAt } from '../nats-conf/completion.ts';
import { type NatsConf, secretFormats } from '../nats-conf/model.ts';
import { nameAround } from '../nats-conf/seen-values.ts';
import type { Slot } from '../nats-conf/slots.ts';
import { asValue } from '../nats-conf/source-edits.ts';
import { type Standpoint, standpointOf } from '../nats-conf/standpoint.ts';
import { stringsIn } from '../nats-conf/strings.ts';
import { type SourceProgram, usageOf } from '../nats-usage/model.ts';
import type { UseKind } from '../nats-usage/uses.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { touches } from '../text/span.ts';
import { composeProjects } from './compose-projects.ts';
import { ProgramConstants } from './program-constants.ts';
import { patternOf } from './subject-pattern.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** More are no help to somebody who reads them. */
const mostProposals = 8;

type Proposal = Pick<Completion, 'label' | 'kind' | 'detail'>;

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
  const direction = directionOf(slot, [caret.key, ...caret.frames.map(({ key }) => key).reverse()]);
  const proposals = [
    ...(direction ? subjectsOf(view, here, caret, direction) : []),
    ...(caret.quoted ? [] : variablesFor(view, here.whole.file, slot, caret.typed)),
    ...serversFor(view, here.whole, slot),
  ];
  return proposals.slice(0, mostProposals).map(proposal => {
    const isWritten = caret.quoted || proposal.kind === 'variable';
    return { ...proposal, span: caret.word, insertText: isWritten ? proposal.label : asValue(proposal.label) };
  });
}

// --- Subjects ---

/** Of what a list allows, the kind of use that it is about; nothing is proposed for what is denied. */
function directionOf({ owner, option }: Slot, keys: readonly (string | undefined)[]): 'publish' | 'subscribe' | undefined {
  if (owner.name === 'permissions' && (option.key === 'publish' || option.key === 'subscribe')) return option.key;
  if (owner.name === 'export') return option.key === 'stream' ? 'publish' : option.key === 'service' ? 'subscribe' : undefined;
  if (owner.name !== 'subject_permission' || option.key !== 'allow') return undefined;
  const key = keys.find(one => one !== undefined && /^(?:pub|sub)/i.test(one));
  return key === undefined ? undefined : /^p/i.test(key) ? 'publish' : 'subscribe';
}

/** Subjects that programs use, those of programs that log in as the user around first; what is in the list already is left out. */
function subjectsOf(view: WorkspaceView, here: Standpoint, caret: Caret, direction: 'publish' | 'subscribe'): readonly Proposal[] {
  const sources = summariesOf<SourceProgram>(view, 'nats-usage').map(({ summary }) => summary);
  const usages = sources.flatMap(source => {
    const usage = usageOf(source);
    return usage ? [{ source, usage }] : [];
  });
  if (usages.length === 0) return [];
  const complete = withValueAt(here, caret, { read: id => fileOf(here.whole, id) ?? 'absent' });
  const user = nameAround(complete, caret.word.start);
  const given = new Set(listAround(complete, caret.word.start));
  const constants = new ProgramConstants(sources);
  const found = new Map<string, { readonly file: FileId; readonly isOwn: boolean }>();
  for (const { source, usage } of usages) {
    const isOwn = user !== undefined && usage.login.users.includes(user);
    for (const { kind, pieces } of usage.uses) {
      if (direction !== directions[kind]) continue;
      const subject = patternOf(constants.fill(source, pieces))?.subject;
      if (subject !== undefined && !given.has(subject) && (isOwn || !found.has(subject))) found.set(subject, { file: source.file, isOwn });
    }
  }
  return [...found]
    .sort(([, a], [, b]) => Number(b.isOwn) - Number(a.isOwn))
    .map(([label, { file }]) => ({ label, kind: 'value', detail: `used by ${nameOf(file)}` }));
}

/** What a use needs the right for; what a stream stores is asked of JetStream, not of the broker. */
const directions: Readonly<Partial<Record<UseKind, 'publish' | 'subscribe'>>> = {
  publish: 'publish',
  'jetstream-publish': 'publish',
  request: 'publish',
  subscribe: 'subscribe',
};

function fileOf({ evaluation }: NatsConf, id: FileId): SourceFile | undefined {
  return evaluation.files.find(({ file }) => file.id === id)?.file;
}

/** The other values of the list that holds a place. */
function listAround({ own, whole }: Standpoint, offset: number): readonly string[] {
  const settings = [...whole.index.byOption.values()].flat();
  return settings.flatMap(({ value }) => {
    const isAround = value.kind === 'array' && value.at.file === own.file && touches(value.at.span, offset);
    return isAround ? stringsIn(value).map(({ value: text }) => text) : [];
  });
}

// --- Compose ---

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
