// Runs the same tests in the web worker extension host, as vscode.dev has it: on a folder of a remote machine and on a folder
// that exists in the browser alone. The extension comes over http, since a web extension cannot start workers otherwise.
//   node scripts/editor/run-web-suite.mjs [oldest] [newest] [--failing] [--grep=REGEXP]
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { root } from '../bundle.mjs';
import { stageSuite } from './build-suite.mjs';
import { launchChromium } from './chromium.mjs';
import { editors, installEditor } from './install.mjs';
import { startServer, workbenchUrl } from './server.mjs';
import { runSuitePage } from './suite-page.mjs';
import { readArguments, runTier } from './tier.mjs';
import { copyWorkspace } from './workspace-copy.mjs';

const { options, names } = readArguments();
const { folder: extension, suite } = await stageSuite('web', options);

const types = { '.js': 'text/javascript', '.json': 'application/json' };
const files = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  response.setHeader('access-control-allow-origin', '*');
  try {
    const bytes = await readFile(join(extension, path));
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(done => files.listen(0, '127.0.0.1', done));
const authority = `127.0.0.1:${files.address().port}`;

// The address can name a development extension only for the remote host. For the web host it must be in the workbench's own
// configuration, which stands in the page and is read by a deferred script.
function developWebExtension({ authority, tests }) {
  const edit = () => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    const uri = path => ({ scheme: 'http', authority, path });
    const configuration = JSON.parse(meta.dataset.settings);
    configuration.developmentOptions = {
      ...configuration.developmentOptions,
      extensions: [uri('/')],
      extensionTestsPath: uri(`/${tests}`),
    };
    meta.dataset.settings = JSON.stringify(configuration);
  };
  document.addEventListener('readystatechange', edit, { once: true });
}

const variants = (names.length > 0 ? names : Object.keys(editors)).flatMap(name => [`${name}, remote folder`, `${name}, virtual folder`]);
const run = async variant => {
  const server = await startServer(await installEditor(variant.split(',')[0]), { isSuite: true });
  const browser = await launchChromium();
  try {
    const folder = variant.endsWith('virtual folder') ? 'tmp:/workspace' : copyWorkspace(`${root}test/vscode/workspace`);
    return await runSuitePage(browser, workbenchUrl(server, folder), {
      // The workbench's content policy allows no second http origin.
      pageOptions: { bypassCSP: true },
      prepare: page => page.addInitScript(developWebExtension, { authority, tests: suite }),
    });
  } finally {
    await browser.close();
    await server.stop();
  }
};

await runTier('web host', variants, run, { lanes: 2, retries: true });
