// The steps of a question about permissions: which configuration, who, what, and on which subject. By keyboard alone.
import { type QuickPickItem, QuickPickItemKind, Range, Uri, window } from 'vscode';
import {
  type AskPermissionsParams,
  type AskPermissionsResult,
  askPermissionsRequest,
  type NatsUsersParams,
  type NatsUsersResult,
  natsUsersRequest,
  type PermissionVerdict,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';

export type Configuration = NatsUsersResult['configurations'][number];

/** Configurations of NATS with users; says so when there are none. */
export async function findConfigurations(server: Server): Promise<readonly Configuration[]> {
  const uri = window.activeTextEditor?.document.uri.toString();
  const params: NatsUsersParams = uri === undefined ? {} : { uri };
  const { configurations } = await server.request<NatsUsersResult>(natsUsersRequest, params);
  if (configurations.length === 0)
    await window.showWarningMessage('No NATS configuration with users is open or in this workspace. Open one, and try again.');
  return configurations;
}

/** Name of a file without its folders, for a list. */
export function nameOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

export type SubjectQuestion = Pick<AskPermissionsParams, 'action' | 'subject' | 'queue'>;

/** Asks what is not known yet; a key binding of somebody's own may hold the whole question. Undefined when the person turns away. */
export async function askSubject(title: string, known: Partial<SubjectQuestion>): Promise<SubjectQuestion | undefined> {
  const { action, subject: given, queue: group } = known;
  if (action !== undefined && given !== undefined) return { action, subject: given, ...(group === undefined ? {} : { queue: group }) };
  const actions = [
    { label: 'Publish', description: 'send messages or requests', action: 'publish' },
    { label: 'Subscribe', description: 'receive messages or requests', action: 'subscribe' },
  ] as const;
  const chosen = await window.showQuickPick(actions, { title, placeHolder: 'What is to be done?' });
  if (!chosen) return undefined;
  const subject = await window.showInputBox({
    title,
    prompt: chosen.action === 'publish' ? 'Subject of the message, for instance orders.new' : 'Subject or pattern, for instance orders.>',
    validateInput: complaintAbout,
  });
  if (subject === undefined) return undefined;
  if (chosen.action === 'publish') return { action: chosen.action, subject };
  const queue = await window.showInputBox({
    title,
    prompt: 'Queue group; leave it empty for a subscription of its own',
    validateInput: text => (/\s/.test(text) ? 'The name of a queue group has no spaces.' : undefined),
  });
  return queue === undefined ? undefined : { action: chosen.action, subject, ...(queue === '' ? {} : { queue }) };
}

function complaintAbout(subject: string): string | undefined {
  if (/\s/.test(subject)) return 'A subject has no spaces.';
  if (subject.split('.').includes('')) return 'A subject is made of words with single dots between them.';
  return /(^|\.)>\./.test(subject) ? 'The wildcard > stands at the end.' : undefined;
}

export async function askServer(server: Server, params: AskPermissionsParams): Promise<readonly PermissionVerdict[]> {
  const result = await server.request<AskPermissionsResult | null>(askPermissionsRequest, params);
  return result?.verdicts ?? [];
}

/** A list knows no Markdown: what is code there stands in quotes here. */
export function plain(text: string): string {
  return text.replace(/`([^`]*)`/g, '“$1”');
}

/** A key is cut, so that there is room for what is said of it. */
export function shortName(user: string): string {
  return /^U[A-Z2-7]{55}$/.test(user) ? `${user.slice(0, 8)}…${user.slice(-4)}` : user;
}

/** An entry of a list; with a verdict, choosing it leads to the words that decide. */
export interface VerdictItem extends QuickPickItem {
  readonly verdict?: PermissionVerdict;
}

export const separator = (label: string): VerdictItem => ({ label, kind: QuickPickItemKind.Separator });

/** Shows answers until the person has read them, or goes to the words that decide one. */
export async function showVerdicts(title: string, items: readonly VerdictItem[]): Promise<void> {
  const options = { title, placeHolder: 'Enter shows the words that decide', matchOnDescription: true, matchOnDetail: true };
  const { verdict } = (await window.showQuickPick(items, { ...options, ignoreFocusOut: true })) ?? {};
  if (!verdict) return;
  const { start, end } = verdict.range;
  await window.showTextDocument(Uri.parse(verdict.uri), { selection: new Range(start.line, start.character, end.line, end.character) });
}
