// Uses the packaged extension in a real VS Code as a person would, and keeps pictures of what was seen in
// `test-results/screenshots`: underlined places, Problems panel, hovers, quick fixes that reach the disk, rule page, token report.
//   node scripts/editor/run-ui.mjs ["oldest, dark"] ["newest, dark"] ["newest, light"] ["newest, dark, not trusted"] [--failing] [--grep=REGEXP] [--slow=N]
// `--slow=4` gives the page a fourth of its speed, to see what a busy machine does to these steps.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../bundle.mjs';
import { ensureBuilt } from './build-suite.mjs';
import { launchChromium } from './chromium.mjs';
import { installEditor } from './install.mjs';
import { installPackage } from './installed-package.mjs';
import { newUserFile, newUserSteps } from './new-user.mjs';
import { startServer, workbenchUrl } from './server.mjs';
import { oneLine, readArguments, runTier, within } from './tier.mjs';
import { consentSteps, keys, tellTaleServer, untrustedSteps } from './trust.mjs';
import { Workbench } from './ui.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

const { options, names } = readArguments();
const pictures = `${root}test-results/screenshots`;
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
await ensureBuilt();
mkdirSync(pictures, { recursive: true });

/** What a person does, in this order. */
const steps = [
  [
    'mistakes in nats.conf are underlined',
    async ({ hands }) => {
      await hands.squiggle('error');
      await hands.squiggle('warning');
    },
  ],
  [
    'the Problems panel lists them, and those of files that nobody has opened',
    async ({ hands, picture }) => {
      await hands.run('Problems: Focus on Problems View');
      await hands.problem('max_conections');
      await picture('problems');
      // The panel draws only the rows that fit into it.
      const filter = hands.page.getByPlaceholder(/^Filter \(e\.g/).first();
      await filter.fill('natsserver');
      await hands.problem('natsserver');
      await filter.fill('');
    },
  ],
  [
    'a hover says what is wrong',
    async ({ hands, picture }) => {
      const text = await hands.hover('max_conections', 'max_connections');
      if (!text.includes('nats/unknown-field')) throw new Error(`the hover does not name its rule: ${text}`);
      await picture('nats-hover');
      await hands.press('Escape');
    },
  ],
  [
    "a click on a finding's code opens the rule's page",
    async ({ hands, picture }) => {
      const page = hands.webview.getByRole('heading', { name: 'nats/unknown-field' });
      await hands.clickInHover('max_conections', 'nats/unknown-field', page);
      await picture('rule-page');
      await hands.closePage('unknown-field.md');
    },
  ],
  [
    'a quick fix corrects nats.conf on the disk',
    async ({ hands, picture, saved }) => {
      await hands.run('View: Focus Active Editor Group');
      await hands.goTo(5, 3);
      await hands.chooseFix('max_connections');
      await picture('nats-quick-fix');
      await hands.press('Enter');
      await hands.sees('max_connections');
      await hands.press('Control+S');
      await saved('nats.conf', /^max_connections: 1000$/m);
    },
  ],
  [
    'a hover decodes a token',
    async ({ hands, picture }) => {
      await hands.open('request.sh', 'Places one order');
      await hands.goTo(3, 40);
      const text = await hands.hoverAtCursor('clerk');
      if (text.includes('eyJ')) throw new Error('the hover shows the token');
      await picture('token-hover');
      await hands.press('Escape');
    },
  ],
  [
    'Check Token asks which token and shows a report',
    async ({ hands, picture }) => {
      await hands.goTo(3, 40);
      await hands.run('Authlint: Check Token');
      await hands.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Token at the cursor' }).waitFor();
      await picture('token-choice');
      await hands.pick('Token at the cursor');
      await hands.page.locator('.tab', { hasText: 'Token Report' }).waitFor();
      await hands.webview.getByText('service gateway').first().waitFor();
      await picture('token-report');
      await hands.closePage('Token Report');
    },
  ],
  [
    'Show Auth Map is searched and left for a place, all with the keyboard',
    async ({ hands, picture }) => {
      await hands.run('Authlint: Show Auth Map');
      const map = hands.webview;
      await map.getByRole('heading', { name: 'NATS servers' }).waitFor();
      await picture('auth-map');
      await map.getByRole('searchbox').fill('clerk');
      await map.getByRole('status').getByText('1 entry').waitFor();
      await map.getByRole('button', { name: /^user clerk/ }).press('Enter');
      await hands.sees('The clerk places orders');
      await hands.run('View: Close All Editors');
    },
  ],
  [
    'mistakes in a Compose file are underlined, and a hover says why',
    async ({ hands, picture }) => {
      await hands.open('docker-compose.yml', 'JWKS_URI');
      await hands.squiggle('warning');
      await hands.hover('JWKS_URI', 'compose/jwt-secret-and-jwks-uri');
      await picture('compose-hover');
      await hands.press('Escape');
    },
  ],
  [
    'a quick fix corrects the Compose file on the disk',
    async ({ hands, picture, saved }) => {
      await hands.goTo(6, 8);
      await hands.chooseFix('Remove JWT_SECRET');
      await picture('compose-quick-fix');
      await hands.press('Enter');
      await hands.seesNoMore('JWT_SECRET');
      await hands.press('Control+S');
      await saved('docker-compose.yml', /^(?![\s\S]*JWT_SECRET)[\s\S]*JWKS_URI/);
    },
  ],
  ...consentSteps,
  ...newUserSteps,
];
const failing = ['a step that fails on purpose', () => Promise.reject(new Error('this step shows that a failure is seen'))];

const variants = names.length > 0 ? names : ['oldest, dark', 'newest, dark', 'newest, light', 'newest, dark, not trusted'];
await runTier('user interface', variants, run, { lanes: 2, retries: true });

async function run(variant, say) {
  const [name, theme, trust] = variant.split(', ');
  const isTrusted = trust === undefined;
  const editor = await installEditor(name);
  const workspace = copyWorkspace(`${root}test/vscode/workspace`);
  mkdirSync(dirname(join(workspace, newUserFile)), { recursive: true });
  writeFileSync(join(workspace, newUserFile), '');
  const extensions = await installPackage(editor);
  const { program, wasStarted } = tellTaleServer();
  const settings = {
    'workbench.colorTheme': themes[theme],
    'files.autoSave': 'off',
    'editor.minimap.enabled': false,
    ...(isTrusted ? {} : { 'authlint.natsServerPath': program }),
  };
  const server = await startServer(editor, { extensions, settings, keys, isTrusted });
  const browser = await launchChromium();
  const result = { passed: 0, failed: 0, failures: [] };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(90_000);
    if (options.slow)
      await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: Number(options.slow) });
    if (process.env.AUTHLINT_DEBUG)
      page.on('console', message => console.error(`[page] ${message.type()} ${message.text().slice(0, 500)}`));
    const context = {
      hands: new Workbench(page, say),
      say,
      eventually,
      wasStarted,
      // A hover fades in; the picture is of its end.
      picture: title =>
        page.screenshot({
          path: join(pictures, `${title}-${theme}-${name}${isTrusted ? '' : '-not-trusted'}.png`),
          animations: 'disabled',
        }),
      /** Waits until a file on the disk is as it should be; resolves with its text. */
      async saved(file, pattern) {
        const read = () => readFileSync(join(workspace, file), 'utf8');
        await eventually(`the change of ${file} on the disk`, () => pattern.test(read()));
        return read();
      },
    };
    await page.goto(workbenchUrl(server, workspace));
    await context.hands.openFirst('nats.conf', 'The broker of the orders platform');
    const all = [...(isTrusted ? steps : untrustedSteps), ...(options.failing ? [failing] : [])];
    for (const [title, step] of all.filter(([title]) => new RegExp(options.grep ?? '').test(title))) {
      const started = Date.now();
      try {
        await within(240_000, title, step(context));
        result.passed++;
        say(`passed: ${title} (${Date.now() - started} ms)`);
      } catch (error) {
        result.failed++;
        result.failures.push(`${title}: ${oneLine(error)}`);
        say(`FAILED: ${title}\n${error.stack}`);
        await context.picture(`failure-${result.failed}`).catch(() => undefined);
        // What comes after two failures is noise.
        if (result.failed === 2) break;
        await context.hands.press('Escape', 'Escape');
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return result;
}

async function eventually(what, ask) {
  const deadline = Date.now() + 60_000;
  while (!ask()) {
    if (Date.now() > deadline) throw new Error(`${what} never happened`);
    await new Promise(done => setTimeout(done, 50));
  }
}
