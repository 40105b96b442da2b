// `authlint can`: would nats-server let a user of a configuration publish or subscribe, and which words of it decide that.
import { resolve } from 'node:path';
import { Analyzer } from '../core/analyzer.ts';
import { nearest } from '../core/lint/nearest.ts';
import { readNkey } from '../core/nats-auth/nkey.ts';
import { isValidSubject } from '../core/nats-auth/subject.ts';
import { stringOf } from '../core/nats-conf/blocks.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import {
  type Asking,
  answerPermission,
  isLeftToCallout,
  type PermissionAnswer,
  type PermissionQuestion,
} from '../core/nats-conf/permission-answer.ts';
import { decisionInWords, verdictInWords } from '../core/nats-conf/permission-words.ts';
import { usersOf } from '../core/nats-conf/user-access.ts';
import { LineMap } from '../core/text/line-map.ts';
import { nodeFilesAtOnce, readText } from '../hosts/node-files.ts';
import { loadWanted } from '../hosts/workspace.ts';
import { choice, readServerVersion } from './check-options.ts';
import { codeFrame } from './code-frame.ts';
import { displayPaths, type GivenPath, givenPath } from './display-path.ts';
import { findJwtUser } from './jwt-user.ts';
import { printable } from './printable.ts';
import { findSecrets } from './redact.ts';
import { findSettings } from './settings.ts';
import { colourStyle, plainStyle } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

export interface CanWords {
  readonly config: string;
  readonly user: string;
  readonly queue?: string;
  readonly natsServer?: string;
  readonly json?: boolean;
}

/** Exits with 1 when the server would refuse. */
export async function can(action: string, subject: string, words: CanWords, terminal: Terminal): Promise<number> {
  const question = readQuestion(action, subject, words.queue);
  const key = readNkey(words.user);
  if (key && key.kind !== 'public') throw new UsageError('--user takes the public key (U…) of an nkey user, never its seed');
  const { settings } = await findSettings(true, readServerVersion(words.natsServer), terminal);
  const given = givenPath(words.config, terminal.cwd);
  const content = readText(resolve(terminal.cwd, words.config));
  if (typeof content === 'string') throw new UsageError(`${words.config}: cannot be read as a text file`);
  const analyzer = new Analyzer(() => Date.now(), settings);
  analyzer.setFile({ id: given.id, text: content.text }, 'nats-conf');
  await loadWanted(analyzer, nodeFilesAtOnce);
  const owner = analyzer.owner(given.id);
  if (owner?.language.id !== 'nats-conf') throw new Error(`${words.config} could not be analyzed`);
  const conf = owner.model as NatsConf;
  const { user, notes: aboutLogin } = conf.operatorMode
    ? await findJwtUser(conf, words.user, analyzer, terminal)
    : { user: findUser(conf, words.user), notes: [] };
  const answer = answerPermission(conf, user, question);
  const rejected = analyzer.result(given.id).rejected !== null;
  const notes = [
    ...(rejected ? ['nats-server refuses this configuration: `authlint check` says why.'] : []),
    ...aboutLogin,
    ...answer.notes,
  ];
  terminal.out(render(user, question, { ...answer, notes }, given, analyzer, words.json ?? false, terminal));
  return answer.allowed ? exitCodes.clean : exitCodes.findings;
}

function readQuestion(word: string, subject: string, queue: string | undefined): PermissionQuestion {
  const action = choice('the action', word, ['pub', 'sub']);
  if (!isValidSubject(subject))
    throw new UsageError(`"${printable(subject)}" is no valid subject: words separated by single dots, without spaces`);
  if (action === 'pub') {
    if (queue !== undefined) throw new UsageError('--queue is for subscriptions: a message is published to a subject alone');
    return { action: 'publish', subject };
  }
  if (queue !== undefined && !/^\S+$/.test(queue)) throw new UsageError('--queue takes a name without spaces');
  return { action: 'subscribe', subject, queue };
}

function findUser(conf: NatsConf, name: string): Asking {
  const users = usersOf(conf);
  if (isLeftToCallout(conf, name)) {
    throw new UsageError(
      printable(`a service decides about the permissions of "${name}" when it logs in (auth_callout), so it cannot be told from files`),
    );
  }
  const found = users.find(user => user.name === name);
  if (found) return found;
  if (users.length === 0) throw new UsageError('this configuration names no users, so nobody has to log in');
  // Who has the name for a password keeps both to himself, and so does who wrote a seed for a key.
  const names = users.flatMap(({ block, name }) =>
    stringOf(block, 'password')?.value === name || findSecrets(name).length > 0 ? [] : [name],
  );
  if (names.length === 0) throw new UsageError('this configuration has no user of that name');
  const near = nearest(name, names);
  const hint = near ? `did you mean "${near}"?` : `there ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 10).join(', ')}`;
  throw new UsageError(printable(`no user "${name}" in this configuration; ${hint}${!near && names.length > 10 ? ', …' : ''}`));
}

function render(
  user: Asking,
  question: PermissionQuestion,
  answer: PermissionAnswer,
  given: GivenPath,
  analyzer: Analyzer,
  json: boolean,
  terminal: Terminal,
): string {
  const { allowed, decidedBy, notes } = answer;
  const { at, list, pattern } = decidedBy;
  const path = displayPaths(terminal.cwd, [given])(at.file);
  const text = analyzer.textOf(at.file) ?? '';
  const lines = analyzer.linesOf(at.file) ?? new LineMap(text);
  const range = lines.rangeOf(at.span);
  if (json) return `${JSON.stringify({ allowed, decidedBy: { path, range, list, pattern }, notes }, null, 2)}\n`;
  const style = terminal.colours ? colourStyle : plainStyle;
  const paint = allowed ? style.added : style.removed;
  const place = `${style.path(printable(path))}:${range.start.line + 1}:${range.start.character + 1}`;
  return [
    `${paint(allowed ? 'yes' : 'no')}  ${style.bold(printable(verdictInWords(user.name, question, answer)))}`,
    `${place}  ${printable(decisionInWords(answer))}`,
    codeFrame({ text, lines, span: at.span, secrets: [] }, style, paint),
    ...notes.map(note => `${style.dim('note:')} ${printable(note)}`),
    '',
  ].join('\n');
}
