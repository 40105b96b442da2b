// Runs the tests of `test/vscode` in the real extension host on node, on the oldest and the newest supported VS Code.
//   node scripts/editor/run-suite.mjs [oldest] [newest] [--failing] [--grep=REGEXP]
import { root } from '../bundle.mjs';
import { buildSuite, ensureBuilt } from './build-suite.mjs';
import { launchChromium } from './chromium.mjs';
import { editors, installEditor } from './install.mjs';
import { remoteUri, startServer, workbenchUrl } from './server.mjs';
import { runSuitePage } from './suite-page.mjs';
import { readArguments, runTier } from './tier.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

const { options, names } = readArguments();
await ensureBuilt();
const suite = await buildSuite('node', options);

await runTier('node host', names.length > 0 ? names : Object.keys(editors), async name => {
  const server = await startServer(await installEditor(name));
  const browser = await launchChromium();
  try {
    const url = workbenchUrl(server, copyWorkspace(`${root}test/vscode/workspace`), [
      ['extensionDevelopmentPath', remoteUri(server, root)],
      ['extensionTestsPath', remoteUri(server, `${root}${suite}`)],
    ]);
    return await runSuitePage(browser, url);
  } finally {
    await browser.close();
    await server.stop();
  }
});
