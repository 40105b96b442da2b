// Finds a Chromium, or installs Debian's where we may, and starts it without a window.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { onPath } from './programs.mjs';
import { Unavailable } from './tier.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const macApplication = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function findChromium() {
  if (process.env.CHROME) return process.env.CHROME;
  const found = names.map(onPath).find(Boolean);
  return found ?? (existsSync(macApplication) ? macApplication : undefined);
}

/** Path of a Chromium; with root rights on Debian or Ubuntu a missing one is installed. */
function installChromium(log = console.error) {
  const found = findChromium();
  if (found) return found;
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    throw new Unavailable('no Chromium: install the package `chromium`, or say where one is in the environment variable CHROME');
  }
  log('installing the package chromium…');
  const options = { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' };
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    throw new Unavailable(
      `apt-get could not install chromium: ${String(error.stderr ?? error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    );
  }
  return findChromium();
}

export function launchChromium() {
  const executablePath = installChromium();
  // Without a user of its own (containers run as root) Chromium has no sandbox; it only ever sees our own server.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
