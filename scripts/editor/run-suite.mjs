// Runs the tests of `test/vscode` in the real extension host on node, on the oldest and the newest supported VS Code.
//   node scripts/editor/run-suite.mjs [oldest] [newest] [--failing] [--grep=REGEXP]
import { root } from '../bundle.mjs';
import { stageSuite } from './build-suite.mjs';
import { launchChromium } from './chromium.mjs';
import { editors, installEditor } from './install.mjs';
import { remoteUri, startServer, workbenchUrl } from './server.mjs';
import { runSuitePage } from './suite-page.mjs';
import { readArguments, runTier } from './tier.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

const { options, names } = readArguments();
const { folder, suite } = await stageSuite('node', options);

const run = async name => {
  const server = await startServer(await installEditor(name), { isSuite: true });
  const browser = await launchChromium();
  try {
    const url = workbenchUrl(server, copyWorkspace(`${root}test/vscode/workspace`), [
      ['extensionDevelopmentPath', remoteUri(server, folder)],
      ['extensionTestsPath', remoteUri(server, `${folder}/${suite}`)],
    ]);
    return await runSuitePage(browser, url);
  } finally {
    await browser.close();
    await server.stop();
  }
};

await runTier('node host', names.length > 0 ? names : Object.keys(editors), run, { lanes: 2, retries: true });
