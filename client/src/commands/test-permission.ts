// "Authlint: Test Subject Permission…": whether a user of a NATS configuration may publish or subscribe, and what decides it.
import { window } from 'vscode';
import {
  askServer,
  askSubject,
  type Configuration,
  findConfigurations,
  nameOf,
  showVerdicts,
  type VerdictItem,
} from '../views/permission-question.ts';
import type { Command } from './index.ts';

const title = 'Authlint: Test Subject Permission';

/** `given` comes from a lens, which knows the configuration and often the user. */
export const testPermission: Command = async ({ server }, given) => {
  const { file, user } = (typeof given === 'object' && given !== null ? given : {}) as { file?: string; user?: string };
  const who =
    file !== undefined && user !== undefined ? { configuration: file, user } : await pickUser(await findConfigurations(server), file);
  const question = who && (await askSubject(`${title}: ${who.user}`));
  if (!who || !question) return;
  const [verdict] = await askServer(server, { ...who, ...question });
  if (!verdict) {
    await window.showWarningMessage('This user is not in the configuration any more.');
    return;
  }
  const items: VerdictItem[] = [
    { label: `${verdict.allowed ? '$(pass)' : '$(error)'} ${verdict.verdict}`, detail: verdict.decision, verdict },
    ...verdict.notes.map(note => ({ label: '$(note)', description: note, verdict })),
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
      label: name,
      description: `account ${account}`,
      detail: nameOf(uri),
      configuration: uri,
      user: name,
    })),
  );
  if (items.length === 0) return undefined;
  return window.showQuickPick(items, { title, placeHolder: 'Which user?', matchOnDescription: true, matchOnDetail: true });
}
