// A user whom no configuration names: its JWT lies in credentials or a file of its own, around the person or beside the configuration.
import { trustOf } from '../checks/workspace-verifiers.ts';
import type { Analyzer } from '../core/analyzer.ts';
import { armouredParts } from '../core/nats-auth/armour.ts';
import type { UserClaims } from '../core/nats-auth/claims.ts';
import { decodeNatsJwt } from '../core/nats-auth/decode.ts';
import { judgeUser } from '../core/nats-auth/trust.ts';
import { askingByJwt } from '../core/nats-conf/jwt-user.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import type { Asking } from '../core/nats-conf/permission-answer.ts';
import { directoryOf } from '../core/text/file-id.ts';
import type { Place } from '../core/text/place.ts';
import { nodeFilesAtOnce } from '../hosts/node-files.ts';
import { filesAround } from './files-around.ts';
import { printable } from './printable.ts';
import { type Terminal, UsageError } from './terminal.ts';

interface HeldUser {
  readonly claims: UserClaims;
  /** The JWT. */
  readonly at: Place;
}

/** The user of a name or public key, and sentences about whether the server lets it in. Its file is added to the analyzer. */
export async function findJwtUser(
  conf: NatsConf,
  name: string,
  analyzer: Analyzer,
  terminal: Terminal,
): Promise<{ readonly user: Asking; readonly notes: readonly string[] }> {
  const untold = (why: string) => new UsageError(printable(`${why}, so it cannot be told what the user may do`));
  const trust = await trustOf(conf, nodeFilesAtOnce);
  if (!trust) throw untold('the operator of this configuration cannot be read here');
  const users = await heldUsers(conf, analyzer, terminal);
  const found = users.filter(({ claims: { standard } }) => standard.name === name || standard.sub === name);
  const [held] = found;
  if (!held) throw untold(`the users of this server come from JWTs, and the files here hold none of "${name}"`);
  const keys = [...new Set(found.map(({ claims }) => claims.standard.sub))];
  if (keys.length > 1)
    throw new UsageError(printable(`several users are called "${name}": name one by its public key, ${keys.join(' or ')}`));
  const user = askingByJwt(conf, held.claims, held.at, trust);
  if (!user) throw untold(`the JWT of the account of "${name}" is not here`);
  const { broken } = judgeUser(held.claims, trust, Date.now());
  return { user, notes: broken.map(({ why, advice }) => `nats-server does not let this user in: ${why}. ${advice}.`) };
}

async function heldUsers(conf: NatsConf, analyzer: Analyzer, terminal: Terminal): Promise<readonly HeldUser[]> {
  const files = new Set([...(await filesAround(terminal)), ...(await nodeFilesAtOnce.listFolder(directoryOf(conf.file)))]);
  const users: HeldUser[] = [];
  for (const file of files) {
    const text = /\.(?:creds|jwt)$/i.test(file) ? await nodeFilesAtOnce.read(file) : undefined;
    if (text === undefined) continue;
    const span = armouredParts(text)[0] ?? { start: 0, end: text.trimEnd().length };
    const decoded = decodeNatsJwt(text.slice(span.start, span.end));
    if (!('claims' in decoded) || decoded.claims.kind !== 'user') continue;
    analyzer.setFile({ id: file, text });
    users.push({ claims: decoded.claims, at: { file, span } });
  }
  return users;
}
