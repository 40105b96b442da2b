// "Authlint: Who Can Publish or Subscribe…": all users of a NATS configuration, those that may and those that may not.
import { window } from 'vscode';
import { counted } from '../counted.ts';
import {
  askServer,
  askSubject,
  findConfigurations,
  nameOf,
  plain,
  type SubjectQuestion,
  separator,
  shortName,
  showVerdicts,
  type VerdictItem,
} from '../views/permission-question.ts';
import type { Command } from './index.ts';

const title = 'Authlint: Who Can Publish or Subscribe';

export const whoMay: Command = async ({ server }, given) => {
  const configurations = await findConfigurations(server);
  const [only, ...more] = configurations.map(({ uri, users }) => ({ label: nameOf(uri), description: counted(users.length, 'user'), uri }));
  if (!only) return;
  const chosen = more.length === 0 ? only : await window.showQuickPick([only, ...more], { title, placeHolder: 'Which configuration?' });
  const question =
    chosen && (await askSubject(title, (typeof given === 'object' && given !== null ? given : {}) as Partial<SubjectQuestion>));
  if (!chosen || !question) return;
  const verdicts = await askServer(server, { configuration: chosen.uri, ...question });
  const list = (allowed: boolean): VerdictItem[] =>
    verdicts
      .filter(verdict => verdict.allowed === allowed)
      .map(verdict => ({
        label: `${allowed ? '$(pass)' : '$(error)'} ${shortName(verdict.user)}`,
        description: `account ${verdict.account}`,
        detail: plain([verdict.decision, ...verdict.notes].join(' ')),
        verdict,
      }));
  const verb = question.action === 'publish' ? 'publish' : 'subscribe';
  const [may, mayNot] = [list(true), list(false)];
  const items = [separator(`May ${verb}: ${may.length}`), ...may, separator(`May not ${verb}: ${mayNot.length}`), ...mayNot];
  await showVerdicts(`${title}: ${question.subject}`, items);
};
