// Takes the pictures of the README anew, with the extension as it is now. They are sharp on any screen and too large as they come:
//   node scripts/editor/take-pictures.mjs [NAME…] && pngquant --force --ext .png --strip --nofs 64 docs/images/*.png
import { join } from 'node:path';
import { root } from '../bundle.mjs';
import { ensureBuilt } from './build-suite.mjs';
import { launchChromium } from './chromium.mjs';
import { installEditor } from './install.mjs';
import { installPackage } from './installed-package.mjs';
import { startServer, workbenchUrl } from './server.mjs';
import { Workbench } from './ui.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

/** Name, theme, folder, size in CSS pixels, and what a person does before the picture is taken. */
const pictures = [
  [
    'nats-conf',
    'Default Dark Modern',
    'test/vscode/workspace',
    { width: 1000, height: 640 },
    async hands => {
      await hands.open('nats.conf', 'The broker of the orders platform');
      await hands.squiggle('error');
      await hands.run('Problems: Focus on Problems View');
      await hands.page
        .getByPlaceholder(/^Filter \(e\.g/)
        .first()
        .fill('nats.conf');
      await hands.problem('max_conections');
      await hands.page.locator('.codelens-decoration').first().waitFor();
      await hands.run('View: Focus Active Editor Group');
      await hands.goTo(5, 3);
      await hands.hoverAtCursor('nats/unknown-field');
    },
  ],
  [
    'token',
    'Default Light Modern',
    'examples',
    { width: 1000, height: 480 },
    async hands => {
      await hands.open('requests.sh', 'Try the gateway by hand');
      await hands.squiggle('error');
      await hands.goTo(6, 40);
      await hands.hoverAtCursor('ada');
    },
  ],
  [
    'auth-map',
    'Default Dark Modern',
    'examples',
    { width: 1000, height: 680 },
    async hands => {
      await hands.open('hub.conf', 'The hub');
      // The extension is there by then.
      await hands.squiggle('error');
      await hands.run('Authlint: Show Auth Map');
      await hands.webview.getByRole('heading', { name: 'NATS servers' }).waitFor();
    },
  ],
];

const wanted = process.argv.slice(2);
await ensureBuilt();
const editor = await installEditor('newest');
const extensions = await installPackage(editor);
const browser = await launchChromium();
try {
  for (const [name, theme, folder, viewport, prepare] of pictures.filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    const settings = {
      'workbench.colorTheme': theme,
      'editor.minimap.enabled': false,
      'workbench.activityBar.location': 'hidden',
      'workbench.statusBar.visible': false,
      'workbench.layoutControl.enabled': false,
      'window.commandCenter': false,
    };
    const server = await startServer(editor, { extensions, settings });
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2 });
    const hands = new Workbench(page);
    await page.goto(workbenchUrl(server, copyWorkspace(root + folder)));
    await hands.run('View: Toggle Primary Side Bar Visibility');
    await prepare(hands);
    await page.screenshot({ path: join(root, `docs/images/${name}.png`), animations: 'disabled' });
    await page.close();
    await server.stop();
  }
} finally {
  await browser.close();
}
process.exit(0);
