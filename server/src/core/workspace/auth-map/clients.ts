// Programs and files of credentials on the map: as whom they log in.
import { type CredsModel, userOf } from '../../creds/model.ts';
import type { UserClaims } from '../../nats-auth/claims.ts';
import { accountKeyOf } from '../../nats-auth/trust.ts';
import { usersOf } from '../../nats-conf/user-access.ts';
import type { NatsUsage } from '../../nats-usage/model.ts';
import { type FileId, nameOf } from '../../text/file-id.ts';
import type { Place } from '../../text/place.ts';
import { mainConfigurations, natsPrograms } from '../nats-programs.ts';
import { type TrustingServer, trustingServers } from '../nats-trust.ts';
import { summariesOf, type WorkspaceView } from '../view.ts';
import { counted, factsOf, type MapFact, type MapNode, mapNode, named } from './map-node.ts';
import { serverName } from './server-links.ts';

/** Programs that say as whom they log in, or could be told that they do what no user may. */
export function programs(view: WorkspaceView): readonly MapNode[] {
  const credentials = summariesOf<CredsModel>(view, 'creds').map(({ file }) => file);
  return natsPrograms(view).map(({ usage, candidates, known }) =>
    mapNode({
      kind: 'program',
      name: nameOf(usage.file),
      facts: factsOf(
        ...(known ? loginsOf(view, usage, credentials) : []),
        !known && candidates !== undefined && `may log in as ${named([...new Set(candidates.flat().map(({ name }) => name))])}`,
        ...usesOf(usage),
      ),
      at: startOf(usage.file),
      extent: [wholeOf(usage.file)],
    }),
  );
}

function loginsOf(view: WorkspaceView, { login }: NatsUsage, files: readonly FileId[]): readonly MapFact[] {
  const users = login.users.flatMap((name): MapFact[] => {
    const found = mainConfigurations(view).flatMap(conf => usersOf(conf).flatMap(user => (user.name === name ? [{ conf, user }] : [])));
    const text = `logs in as \`${name}\``;
    return found.length === 0 ? [{ text }] : found.map(({ conf, user }) => ({ text: `${text} of \`${serverName(conf)}\``, at: user.at }));
  });
  const credentials = login.credentials.map((name): MapFact => {
    const file = files.find(id => nameOf(id) === name);
    return { text: `logs in with \`${name}\``, at: file === undefined ? undefined : startOf(file) };
  });
  return [...users, ...credentials];
}

function usesOf({ uses }: NatsUsage): readonly string[] {
  const count = (...kinds: readonly string[]) => uses.filter(({ kind }) => kinds.includes(kind)).length;
  const published = count('publish', 'jetstream-publish');
  const [asked, subscribed] = [count('request'), count('subscribe', 'stream', 'filter')];
  return [
    ...(published > 0 ? [`publishes in ${counted(published, 'place')}`] : []),
    ...(asked > 0 ? [`asks in ${counted(asked, 'place')}`] : []),
    ...(subscribed > 0 ? [`subscribes in ${counted(subscribed, 'place')}`] : []),
  ];
}

/** Files of credentials with a user in them. */
export function credentialFiles(view: WorkspaceView): readonly MapNode[] {
  const servers = trustingServers(view);
  return summariesOf<CredsModel>(view, 'creds').flatMap(({ file, summary }) => {
    if (!summary.isCreds) return [];
    const user = userOf(summary);
    const facts = user ? factsOf(...aboutUser(user, servers)) : factsOf('a key without the JWT of a user');
    return [mapNode({ kind: 'credentials', name: nameOf(file), facts, at: startOf(file), extent: [wholeOf(file)] })];
  });
}

function aboutUser(user: UserClaims, servers: readonly TrustingServer[]): readonly MapFact[] {
  const account = accountKeyOf(user);
  const knowing = servers.filter(({ trust }) => Object.hasOwn(trust.accounts, account));
  return factsOf(
    `of user \`${user.standard.name || user.standard.sub || ''}\``,
    account !== '' && `in account \`${account}\``,
    ...knowing.map(({ conf }) => ({ text: `\`${serverName(conf)}\` knows the account`, at: startOf(conf.file) })),
    knowing.length === 0 && 'no server of this workspace knows the account',
  );
}

function startOf(file: FileId): Place {
  return { file, span: { start: 0, end: 0 } };
}

function wholeOf(file: FileId): Place {
  return { file, span: { start: 0, end: Number.MAX_SAFE_INTEGER } };
}
