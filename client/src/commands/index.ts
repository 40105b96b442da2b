// The palette's commands by id. One file each says what it does.
import { commands, type DiagnosticCollection, Disposable } from 'vscode';
import type { AgreedHosts } from '../agreed-hosts.ts';
import type { NatsServerProgram } from '../nats-server-process.ts';
import type { WriteSecretFile } from '../secret-file.ts';
import type { Server } from '../server.ts';
import type { Pages } from '../views/pages.ts';
import type { Views } from '../views/views.ts';
import { checkKeySet } from './check-key-set.ts';
import { checkToken, copyTokenReport } from './check-token.ts';
import { checkWithNatsServer } from './check-with-nats-server.ts';
import { decodeToken } from './decode-token.ts';
import { explainError } from './explain-error.ts';
import { fixWorkspace } from './fix-workspace.ts';
import { generateDevelopmentToken } from './generate-development-token.ts';
import { generateNkeyPair } from './generate-nkey-pair.ts';
import { restartServer } from './restart-server.ts';
import { showAuthMap } from './show-auth-map.ts';
import { showEffectiveConfiguration } from './show-effective-configuration.ts';
import { showOutput } from './show-output.ts';
import { showRulePage } from './show-rule-page.ts';
import { testPermission } from './test-permission.ts';
import { whoMay } from './who-may.ts';

/** What commands work with. */
export interface Workbench {
  readonly server: Server;
  readonly pages: Pages;
  readonly views: Views;
  readonly agreedHosts: AgreedHosts;
  /** Undefined where no program can be started. */
  readonly natsServer: NatsServerProgram | undefined;
  /** Undefined where there is no disk. */
  readonly writeSecretFile: WriteSecretFile | undefined;
  /** What a nats-server of this machine has complained of, until the text changes. */
  readonly natsServerSays: DiagnosticCollection;
}

export type Command = (workbench: Workbench, ...args: unknown[]) => unknown;

const commandsById: Readonly<Record<string, Command>> = {
  'authlint.checkKeySet': checkKeySet,
  'authlint.checkToken': checkToken,
  'authlint.checkWithNatsServer': checkWithNatsServer,
  'authlint.copyTokenReport': copyTokenReport,
  'authlint.decodeToken': decodeToken,
  'authlint.explainError': explainError,
  'authlint.fixWorkspace': fixWorkspace,
  'authlint.generateDevelopmentToken': generateDevelopmentToken,
  'authlint.generateNkeyPair': generateNkeyPair,
  'authlint.restartServer': restartServer,
  'authlint.showAuthMap': showAuthMap,
  'authlint.showEffectiveConfiguration': showEffectiveConfiguration,
  'authlint.showOutput': showOutput,
  'authlint.showRulePage': showRulePage,
  'authlint.testPermission': testPermission,
  'authlint.whoMay': whoMay,
};

export function registerCommands(workbench: Workbench): Disposable {
  return Disposable.from(
    ...Object.entries(commandsById).map(([id, command]) => commands.registerCommand(id, (...args) => command(workbench, ...args))),
  );
}
