// What is asked of a person before anything leaves the machine or is started on it, and what a folder that nobody trusts is spared.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './programs.mjs';

/** A name that stands for no address anywhere. */
const host = 'keys.orders.invalid';

/** Keys for a command with its question answered, and for one that the palette does not offer where it would do nothing. */
export const keys = [
  { key: 'ctrl+alt+shift+f8', command: 'authlint.checkWithNatsServer' },
  { key: 'ctrl+alt+shift+f9', command: 'authlint.checkKeySet', args: `https://${host}/jwks.json` },
];
const checkWithNatsServer = 'Control+Alt+Shift+F8';
const checkKeySet = 'Control+Alt+Shift+F9';

const report = 'Key set.md';

/** Waits until the report can be read: while it loads, it takes the keyboard and does not listen. */
async function readAndClose(hands) {
  await hands.webview.getByText('cannot be reached').first().waitFor();
  await hands.closePage(report);
}

export const consentSteps = [
  [
    'a host is asked for its keys only by somebody who agrees, and who agrees is asked once',
    async ({ hands, picture }) => {
      const page = hands.page.locator('.tab', { hasText: report });
      const ask = async () => {
        await hands.inEditor();
        await hands.press(checkKeySet);
        return hands.isAsked(`Ask ${host} for its keys?`);
      };
      const question = await ask();
      await picture('consent');
      await hands.dismiss(question, 'Escape');
      if (await page.count()) throw new Error('a host was asked although nobody agreed');
      await hands.dismiss(await ask(), 'Enter');
      await readAndClose(hands);
      // A question would keep the page away.
      await hands.inEditor();
      await hands.press(checkKeySet);
      await readAndClose(hands);
    },
  ],
];

/** A nats-server that leaves a trace when somebody starts it. Returns its path, and whether it was started. */
export function tellTaleServer() {
  const folder = temporaryFolder('tell-tale');
  const trace = join(folder, 'started');
  const program = join(folder, 'nats-server');
  writeFileSync(program, `#!/bin/sh\necho started > '${trace}'\necho 'nats-server: v2.10.0'\n`);
  chmodSync(program, 0o755);
  return { program, wasStarted: () => existsSync(trace) };
}

export const untrustedSteps = [
  [
    'a folder that nobody trusts is checked like any other',
    async ({ hands, picture }) => {
      await hands.squiggle('error');
      await hands.hover('max_conections', 'nats/unknown-field');
      await picture('untrusted');
      await hands.press('Escape');
    },
  ],
  [
    'in a folder that nobody trusts, the palette offers nothing that starts a program or asks a host',
    async ({ hands }) => {
      const rows = hands.page.locator('.quick-input-list .monaco-list-row');
      await hands.type('F1', '>Authlint: Check');
      await rows.filter({ hasText: 'Check Token' }).waitFor();
      if (await rows.filter({ hasText: /nats-server|JWKS/ }).count()) throw new Error('the palette offers it');
      await hands.press('Escape');
    },
  ],
  [
    'in a folder that nobody trusts, nothing is started and nobody is asked, whoever calls for it',
    async ({ hands, wasStarted }) => {
      await hands.inEditor();
      await hands.press(checkWithNatsServer);
      await hands.isTold('This workspace is not trusted, so nothing is started in it.');
      await hands.press(checkKeySet);
      await hands.isTold('Authlint asks no address for a workspace that is not trusted.');
      if (wasStarted()) throw new Error('nats-server was started');
    },
  ],
  [
    'as soon as somebody trusts the folder, the same key starts nats-server',
    async ({ hands, wasStarted, eventually }) => {
      await hands.run('Workspaces: Manage Workspace Trust');
      const page = hands.page.locator('.workspace-trust-editor');
      await page.getByRole('button', { name: 'Trust', exact: true }).click();
      await hands.page.getByText('You trust this folder').first().waitFor();
      await hands.dismiss(page, 'Control+W');
      await hands.inEditor();
      await hands.sees('The broker of the orders platform');
      await hands.press(checkWithNatsServer);
      await eventually('a nats-server that is started', wasStarted);
    },
  ],
];
