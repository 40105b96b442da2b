// Compose services on the map: with what each checks tokens, who shares its secret, and whether a development switch lets anyone in.
import { withMeaning } from '../../compose/auth-variables.ts';
import { keysInWords, switchesInWords } from '../../compose/lenses.ts';
import { readNatsService } from '../../compose/nats-service.ts';
import type { Service } from '../../compose/project.ts';
import type { EnvironmentEntry } from '../../compose/service.ts';
import { secretHolders, secretOf } from '../../compose/signing-secrets.ts';
import { nameOf } from '../../text/file-id.ts';
import type { Place } from '../../text/place.ts';
import { withoutUrlCredentials } from '../../text/url-credentials.ts';
import { composeProjects, type JudgedProject, type JudgedService } from '../compose-projects.ts';
import type { WorkspaceView } from '../view.ts';
import { factsOf, type MapFact, type MapNode, mapNode, named } from './map-node.ts';

export function composeServices(view: WorkspaceView): readonly MapNode[] {
  return composeProjects(view)
    .filter(({ services }) => services.length > 0)
    .map(projectNode);
}

function projectNode(judged: JudgedProject): MapNode {
  const { project, services, settings } = judged;
  const holders = secretHolders(project, settings);
  const nodes = services.map(service => ({ service, facts: factsAbout(service, holders, project.directory) }));
  const speaking = nodes.filter(({ facts }) => facts.length > 0);
  const silent = nodes.filter(({ facts }) => facts.length === 0).map(({ service }) => service.service.name);
  return mapNode({
    kind: 'project',
    name: project.files.map(nameOf).join(' + '),
    facts: factsOf(silent.length > 0 && `no word about authentication in ${named(silent, 8)}`),
    at: project.files[0] === undefined ? undefined : { file: project.files[0], span: { start: 0, end: 0 } },
    extent: speaking.flatMap(({ service: { service } }) => extentOf(service)),
    children: speaking.map(({ service: { service }, facts }) =>
      mapNode({ kind: 'service', name: service.name, facts, at: service.places.at(-1), extent: extentOf(service) }),
    ),
  });
}

function factsAbout(
  { service, auth, production }: JudgedService,
  holders: ReadonlyMap<string, readonly Service[]>,
  directory: string,
): readonly MapFact[] {
  const keys = auth.keyFiles[0] ?? withMeaning(auth, 'jwks-uri', 'jwt-secret', 'public-key', 'discovery', 'issuer')[0];
  const checks = keysInWords(auth);
  const bypass = auth.switches.find(({ fact }) => fact.kind === 'bypass');
  const sharers = withMeaning(auth, 'jwt-secret').flatMap(({ entry }) => holders.get(secretOf(entry) ?? '') ?? []);
  const others = [...new Set(sharers.map(({ name }) => name))].filter(name => name !== service.name);
  const stated = (meaning: 'issuer' | 'audience', words: string) =>
    withMeaning(auth, meaning).flatMap(({ entry }) =>
      entry.value && !entry.guess ? [{ text: `${words} \`${withoutUrlCredentials(entry.value)}\``, at: nameAt(entry) }] : [],
    );
  const nats = readNatsService(service.definition, directory);
  const facts = factsOf(
    checks !== undefined && { text: `checks tokens: ${checks}`, at: keys && nameAt(keys.entry) },
    others.length > 0 && `holds the same signing secret as ${named(others, 8)}`,
    ...stated('issuer', 'expects issuer'),
    ...stated('audience', 'expects audience'),
    bypass && { text: switchesInWords(auth) ?? '', at: nameAt(bypass.entry) },
    nats && {
      text: `runs nats-server${nats.config === undefined ? ' without a configuration' : ` with \`${nats.config}\``}`,
      at: nats.configFile === undefined ? undefined : { file: nats.configFile, span: { start: 0, end: 0 } },
    },
  );
  return production && facts.length > 0 ? [...facts, { text: 'for production' }] : facts;
}

function nameAt({ file, nameSpan }: EnvironmentEntry): Place {
  return { file, span: nameSpan };
}

/** Everything of a service that findings are about: its name, and what it is given. */
function extentOf({ places, environment, definition }: Service): readonly Place[] {
  const lists = [...definition.lists.values(), ...definition.commands.values()].flat();
  return [
    ...places,
    ...[...environment.values()].map(({ file, span }) => ({ file, span })),
    ...[...definition.texts.values(), ...lists].map(({ file, span }) => ({ file, span })),
  ];
}
