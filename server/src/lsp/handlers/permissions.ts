// Who the users of the NATS configurations here are, and what they may publish and subscribe to.
import type { Analyzer } from '../../core/analyzer.ts';
import { isValidSubject } from '../../core/nats-auth/subject.ts';
import type { NatsConf } from '../../core/nats-conf/model.ts';
import { type Asking, answerPermission, type PermissionQuestion } from '../../core/nats-conf/permission-answer.ts';
import { decisionInWords, verdictInWords } from '../../core/nats-conf/permission-words.ts';
import type { FileId } from '../../core/text/file-id.ts';
import { knownUsers } from '../../core/workspace/nats-trust.ts';
import type { AskPermissionsParams, AskPermissionsResult, NatsUsersParams, NatsUsersResult, PermissionVerdict } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import { type Places, toLocation } from '../to-lsp.ts';

/** Users of all configurations, those of the file that the person looks at first. */
export async function natsUsers({ session }: ServerContext, { uri }: NatsUsersParams): Promise<NatsUsersResult> {
  // Who is a user may stand in credentials and includes that are still being read.
  await Promise.all(session.subjects().map(({ scope }) => scope.loaded()));
  const here = uri === undefined ? undefined : session.subjectOf(uri)?.id;
  const all = session.subjects().flatMap(({ scope, places }) => configurationsIn(scope.analyzer).map(known => ({ ...known, places })));
  const isHere = ({ conf }: { conf: NatsConf }) => conf.evaluation.files.some(({ file }) => file.id === here);
  const ordered = [...all.filter(isHere), ...all.filter(one => !isHere(one))];
  return {
    configurations: ordered.map(({ conf, users, places }) => ({
      uri: toLocation({ file: conf.file, span: { start: 0, end: 0 } }, places).uri,
      users: users.map(({ name, account }) => ({ name, account })),
    })),
  };
}

/** Configurations with users that are no parts of others. */
function configurationsIn(analyzer: Analyzer): readonly { readonly conf: NatsConf; readonly users: readonly Asking[] }[] {
  const confs = analyzer.files().flatMap(id => confOf(analyzer, id) ?? []);
  const parts = new Set(confs.flatMap(({ evaluation }) => evaluation.files.slice(1).map(({ file }) => file.id)));
  const known = confs.filter(({ file }) => !parts.has(file)).map(conf => ({ conf, users: knownUsers(analyzer.workspace(), conf) }));
  return known.filter(({ users }) => users.length > 0);
}

function confOf(analyzer: Analyzer, id: FileId): NatsConf | undefined {
  const owner = analyzer.owner(id);
  return owner?.language.id === 'nats-conf' ? (owner.model as NatsConf) : undefined;
}

/** What a configuration lets one user, or each of them, do with a subject; null where the configuration is not known any more. */
export async function askPermissions({ session }: ServerContext, params: AskPermissionsParams): Promise<AskPermissionsResult | null> {
  const subject = session.subjectOf(params.configuration);
  // Includes may hold users and permissions, and are perhaps still being read.
  await subject?.scope.prepare(subject.id);
  const conf = subject && confOf(subject.scope.analyzer, subject.id);
  if (!conf || !isValidSubject(params.subject)) return null;
  const { action, queue } = params;
  const question: PermissionQuestion =
    action === 'publish' ? { action, subject: params.subject } : { action, subject: params.subject, queue };
  const users = knownUsers(subject.scope.analyzer.workspace(), conf).filter(
    ({ name }) => params.user === undefined || name === params.user,
  );
  return { verdicts: users.map(user => verdictOf(conf, user, question, subject.places)) };
}

function verdictOf(conf: NatsConf, user: Asking, question: PermissionQuestion, places: Places): PermissionVerdict {
  const answer = answerPermission(conf, user, question);
  const { uri, range } = toLocation(answer.decidedBy.at, places);
  return {
    user: user.name,
    account: user.account,
    allowed: answer.allowed,
    verdict: verdictInWords(user.name, question, answer),
    decision: decisionInWords(answer),
    notes: answer.notes,
    uri,
    range,
  };
}
