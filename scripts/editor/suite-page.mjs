// Runs a test bundle in an extension host through the workbench's page, and brings its words and figures out.
import { within } from './tier.mjs';

/** Milliseconds that one run of the suite may take, start of the editor included. */
const longestSuite = 400_000;

// What VS Code itself logs without a network, without a desktop and without an account.
const noise =
  /connection token|Creating a socket|service ?worker|open-vsx|marketplace|builtin extensions|ChatSession|ChatModel|AgentHost|AccountPolicy|grace|MCP|Copilot|ECONNREFUSED|language model/i;

/**
 * Opens `url` in a new page of `browser` and waits for the suite to end. `prepare(page)` may change the page before it loads.
 * Resolves with { passed, failed, failures }; rejects when the suite never ran, crashed or took too long.
 */
export async function runSuitePage(browser, url, { prepare, pageOptions } = {}) {
  const page = await browser.newPage(pageOptions);
  try {
    let figures;
    let exit;
    const words = [];
    const ended = new Promise((done, fail) => {
      exit = done;
      page.on('crash', () => fail(new Error('the page crashed')));
    });
    if (process.env.AUTHLINT_DEBUG)
      page.on('console', message => console.error(`[page] ${message.type()} ${message.text().slice(0, 500)}`));
    await page.exposeFunction('codeAutomationExit', code => exit(code));
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = args.map(String).join(' ');
      const report = /##RESULT (\{.*\}) ##/.exec(text);
      if (report) figures = JSON.parse(report[1]);
      else if (!/debug|trace/.test(type) && !noise.test(text)) words.push(text);
    });
    await prepare?.(page);
    let code;
    try {
      await page.goto(url);
      code = await within(longestSuite, 'the suite', ended);
    } finally {
      if (code !== 0 || process.env.AUTHLINT_DEBUG) console.log(words.join('\n'));
    }
    if (!figures) throw new Error(`the suite ended with ${code} before it ran`);
    if (code !== 0 && figures.failed === 0) throw new Error(`every test passed, and yet the host ended with ${code}`);
    return figures;
  } finally {
    await page.close();
  }
}
