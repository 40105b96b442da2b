// "Authlint: Test Subject Permission…": whether a user of a NATS configuration may publish or subscribe, and what decides it.
import { window } from 'vscode';
import {
  askServer,
  askSubject,
  type Configuration,
  findConfigurations,
  nameOf,
  plain,
  type SubjectQuestion,
  shortName,
  showVerdicts,
  type VerdictItem,
} from '../views/permission-question.ts';
import type { Command } from './index.ts';

const title = 'Authlint: Test Subject Permission';

/** What is known already: a lens knows the configuration and often the user, a key binding of somebody's own may know it all. */
interface Known extends Partial<SubjectQuestion> {
  /** URI of the configuration. */
  readonly file?: string;
  readonly user?: string;
}

export const testPermission: Command = async ({ server }, given) => {
  const { file, user, ...known } = (typeof given === 'object' && given !== null ? given : {}) as Known;
  const who =
    file !== undefined && user !== undefined ? { configuration: file, user } : await pickUser(await findConfigurations(server), file);
  const question = who && (await askSubject(`${title}: ${shortName(who.user)}`, known));
  if (!who || !question) return;
  const [verdict] = await askServer(server, { ...who, ...question });
  if (!verdict) {
    await window.showWarningMessage('There is no such user in this configuration, or the subject is not valid.');
    return;
  }
  const items: VerdictItem[] = [
    { label: `${verdict.allowed ? '$(pass)' : '$(error)'} ${plain(verdict.verdict)}`, detail: plain(verdict.decision), verdict },
    ...verdict.notes.map(note => ({ label: '$(note)', description: plain(note), verdict })),
  ];
  await showVerdicts(title, items);
};

async function pickUser(
  configurations: readonly Configuration[],
  file: string | undefined,
): Promise<{ readonly configuration: string; readonly user: string } | undefined> {
  const named = configurations.filter(({ uri }) => file === undefined || uri === file);
  const items = (named.length > 0 ? named : configurations).flatMap(({ uri, users }) =>
    users.map(({ name, account }) => ({
      label: shortName(name),
      description: `account ${account}`,
      detail: nameOf(uri),
      configuration: uri,
      user: name,
    })),
  );
  if (items.length === 0) return undefined;
  return window.showQuickPick(items, { title, placeHolder: 'Which user?', matchOnDescription: true, matchOnDetail: true });
}
