// What somebody does who has never written a nats.conf: from an empty file to a secure server with two accounts, by proposals, quick fixes
// and the names that they choose, with the keyboard alone. A real nats-server then starts the file.
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { root } from '../bundle.mjs';
import { load } from '../load-core.mjs';
import { within } from './tier.mjs';

/** Where the empty file is, below the folder that is open. */
export const newUserFile = 'broker/nats.conf';

/** Passwords are never written into the file; whoever starts the server gives them. */
const passwords = { SHOP_PASSWORD: 'a', LAB_PASSWORD: 'b', SYS_PASSWORD: 'c' };

export const newUserSteps = [
  [
    'a new user: an empty file says what to begin with',
    async ({ hands, picture }) => {
      await hands.run('View: Close All Editors');
      await hands.openEmpty(newUserFile);
      // The server has read it by then, so that no proposal is asked for too early.
      await hands.squiggle('warning');
      await hands.proposes('accounts with a system account');
      await picture('new-user-proposals');
      await hands.press('Escape');
    },
  ],
  [
    'a new user: the first account and a system account are one proposal with names to fill in',
    async ({ hands, picture }) => {
      await hands.complete('accounts', 'accounts with a system account');
      await hands.fillIn('SHOP', 'shop', 'SHOP_PASSWORD', 'operator', 'SYS_PASSWORD');
      await hands.sees('system_account: SYS');
      await picture('new-user-accounts');
    },
  ],
  [
    'a new user: a second account is another proposal',
    async ({ hands, picture }) => {
      await hands.goTo(1, 1);
      await hands.press('End', 'Enter');
      await hands.complete('acc', 'account');
      await hands.fillIn('LAB', 'lab', 'LAB_PASSWORD');
      await picture('new-user-second-account');
    },
  ],
  [
    'a new user: only this machine may connect',
    async ({ hands, picture }) => {
      await hands.press('Control+End', 'Enter');
      await hands.complete('lis', 'listen');
      await hands.press('Control+Space');
      await hands.chooseProposal('127.0.0.1:4222');
      await hands.sees('127.0.0.1:4222');
      await picture('new-user-listen');
    },
  ],
  [
    'a new user: nothing is left to mend, and a real nats-server starts the file',
    async ({ hands, picture, saved, say }) => {
      await hands.press('Control+S');
      const text = await saved(newUserFile, /listen: "127\.0\.0\.1:4222"/);
      await hands.run('Problems: Focus on Problems View');
      await hands.calm();
      await picture('new-user-done');
      nothingLeft(text);
      await startedBy(text, say);
    },
  ],
  [
    'a new user: what takes effect is shown beside the file, and the installed server is asked',
    async ({ hands, picture }) => {
      await hands.run('View: Focus Active Editor Group');
      await hands.run('Authlint: Show Effective Configuration');
      await hands.page.locator('.tab.active', { hasText: 'Effective nats.conf' }).waitFor();
      await hands.sees('from the environment of the server');
      await picture('effective-configuration');
      await hands.closePage('Effective nats.conf');
      await hands.run('Authlint: Check Configuration with nats-server');
      // Whatever is on this machine: an answer of the server, or where it was looked for.
      await hands.isTold(/nats-server \d\S* (accepts|refuses)|No nats-server was found/);
      await picture('check-with-nats-server');
    },
  ],
];

/** The command line finds nothing that is worse than information. */
function nothingLeft(text) {
  const args = ['check', '-', '--stdin-name', 'nats.conf', '--no-config', '--fail-on', 'warning'];
  execFileSync(process.execPath, [`${root}dist/cli.js`, ...args], { input: text, stdio: ['pipe', 'ignore', 'inherit'] });
}

/** Starts the file with every server of this machine and asks each client port who is there. */
async function startedBy(text, say) {
  for (const [name, password] of Object.entries(passwords)) {
    if (!text.includes(`$${name}`)) throw new Error(`${name} is not used:\n${text}`);
    process.env[name] = password;
  }
  const { findServers } = await load('test/oracle/nats-server.ts');
  const { startServer } = await load('test/oracle/live-server.ts');
  const servers = findServers();
  if (servers.length === 0) say('no nats-server is on this machine, so the file was not started');
  for (const server of servers) {
    const { port, stop } = await startServer(server, text);
    try {
      const info = await within(30_000, `the greeting of nats-server ${server.version}`, greeting(port));
      if (!info.auth_required) throw new Error(`nats-server ${server.version} lets everybody in`);
      say(`nats-server ${info.version} started it and asks for a login`);
    } finally {
      await stop();
    }
  }
}

/** What a nats-server says of itself to whoever connects. */
function greeting(port) {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.once('error', fail);
    socket.on('data', bytes => {
      said += bytes.toString();
      const info = /^INFO (\{.*\})\s*\r\n/.exec(said)?.[1];
      if (info === undefined) return;
      socket.destroy();
      done(JSON.parse(info));
    });
  });
}
