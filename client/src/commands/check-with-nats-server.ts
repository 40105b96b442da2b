// "Authlint: Check Configuration with nats-server": what the server that is installed here says about the file on the disk, and
// whether Authlint agrees with it. Only in trusted workspaces, and only where programs can be started.
import { type CancellationToken, commands, Diagnostic, DiagnosticSeverity, ProgressLocation, Range, Uri, window, workspace } from 'vscode';
import {
  type CompareWithServerParams,
  type CompareWithServerResult,
  compareWithServerRequest,
  type WireRange,
} from '../../../server/src/protocol.ts';
import type { NatsServerProgram } from '../nats-server-process.ts';
import type { Command, Workbench } from './index.ts';

const title = 'Authlint: Check Configuration with nats-server';

export const checkWithNatsServer: Command = async workbench => {
  const { natsServer } = workbench;
  const document = window.activeTextEditor?.document;
  if (!natsServer) return say('Programs cannot be started here: open the folder in VS Code on a machine that has nats-server.');
  if (!workspace.isTrusted)
    return say('This workspace is not trusted, so nothing is started in it.', 'Manage Workspace Trust', 'workbench.trust.manage');
  if (document?.uri.scheme !== 'file') return say('Open a NATS configuration that is saved on this machine: nats-server reads files.');
  const program = natsServer.find(workspace.getConfiguration('authlint').get<string>('natsServerPath', '').trim());
  if (program === undefined) {
    return say(
      'No nats-server was found: it is neither on the PATH nor where the setting authlint.natsServerPath says.',
      'Open Settings',
      'workbench.action.openSettings',
      'authlint.natsServerPath',
    );
  }
  workbench.natsServerSays.clear();
  const result = await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    ask(workbench, natsServer, program, document.uri, token),
  );
  if (result) await tell(workbench, result);
};

/** Undefined when the person was told already, or did not want to know any more. */
async function ask(
  { server }: Workbench,
  natsServer: NatsServerProgram,
  program: string,
  uri: Uri,
  token: CancellationToken,
): Promise<CompareWithServerResult | undefined> {
  const folder = (workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..')).fsPath;
  try {
    const { output: named } = await natsServer.run(program, ['--version'], folder, token);
    const version = /v?(\d+\.\d+\.\d+)/.exec(named)?.[1];
    if (token.isCancellationRequested) return undefined;
    if (version === undefined) return void say(`${program} does not say which version of nats-server it is, so it was not asked.`);
    const { exitCode, output } = await natsServer.run(program, ['-t', '-c', uri.fsPath], folder, token);
    if (token.isCancellationRequested) return undefined;
    if (exitCode === null) return void say(`nats-server ${version} did not come to an end and was stopped.`);
    const params: CompareWithServerParams = { uri: uri.toString(), version, exitCode, output };
    const result = await server.request<CompareWithServerResult | null>(compareWithServerRequest, params);
    return result ?? void say('Authlint does not know this file. Open it, and try again.');
  } catch (error) {
    return void say(`${program} cannot be started: ${error instanceof Error ? error.message : 'for an unknown reason'}.`);
  }
}

async function tell({ natsServerSays }: Workbench, { outcome, message, places }: CompareWithServerResult): Promise<void> {
  // What is missing on this machine may be there on the server's.
  const severity = outcome === 'machine' ? DiagnosticSeverity.Information : DiagnosticSeverity.Error;
  for (const uri of new Set(places.map(place => place.uri))) {
    const own = places.filter(place => place.uri === uri);
    natsServerSays.set(
      Uri.parse(uri),
      own.map(place => {
        const diagnostic = new Diagnostic(toRange(place.range), place.message, severity);
        diagnostic.source = 'nats-server';
        return diagnostic;
      }),
    );
  }
  const [first] = places;
  const actions = [...(first ? ['Go to the Place'] : []), ...(outcome === 'disagreement' ? ['Report'] : [])];
  const show = outcome === 'accepted' ? window.showInformationMessage : window.showWarningMessage;
  const choice = await show(message, ...actions);
  if (choice === 'Go to the Place' && first) await window.showTextDocument(Uri.parse(first.uri), { selection: toRange(first.range) });
  if (choice === 'Report') await commands.executeCommand('vscode.open', Uri.parse('https://github.com/authlint/authlint/issues'));
}

function toRange({ start, end }: WireRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** Says something with one way on. */
async function say(message: string, action?: string, command?: string, ...args: readonly unknown[]): Promise<void> {
  const choice = await window.showWarningMessage(message, ...(action ? [action] : []));
  if (choice !== undefined && command) await commands.executeCommand(command, ...args);
}
