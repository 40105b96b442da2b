// The language server in another editor than the one it was made for: Neovim, old enough to know little of the protocol.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mistake, mistakeAt, serverModule, TestFolder, token } from '../client.ts';

interface Note {
  readonly place: string;
  readonly code: string;
  readonly source: string;
  readonly severity: number;
}

/** What this test is about, among all rules that there are. */
const about = /^(nats\/unknown-field|workspace\/unknown-rule)$/;

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;

describe('Neovim', () => {
  before(function () {
    if (!hasNeovim) this.skip();
  });

  let folder: TestFolder | undefined;

  after(() => folder?.remove());

  it('shows findings, hovers, fixes, proposals and layout, and goes to a definition', function () {
    this.timeout(90_000);
    folder = new TestFolder({
      'nats.conf': `ping_intervall: "10s"\n${mistake}\n# 🔑 ${token({ sub: 'ada' })}\n`,
      'other.nats.conf': 'port: 4222\nmax_payloads: 1\n',
      'third.nats.conf': 'include vars.conf\nmax_pay\nhost:   $address\ncluster {\nname:c\n}\n',
      'vars.conf': '# shared\naddress = "127.0.0.1"\n',
    });
    const notesFile = join(folder.path, 'notes.json');
    const run = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${resolve('test/lsp/neovim/session.lua')}`],
      {
        env: {
          ...process.env,
          XDG_STATE_HOME: join(folder.path, '.state'),
          XDG_CACHE_HOME: join(folder.path, '.cache'),
          NOTES: notesFile,
          FILE: join(folder.path, 'nats.conf'),
          OTHER: join(folder.path, 'other.nats.conf'),
          THIRD: join(folder.path, 'third.nats.conf'),
          SERVER: JSON.stringify([process.execPath, join(serverModule, '..', 'cli.js'), 'lsp', '--stdio']),
        },
        encoding: 'utf8',
        timeout: 80_000,
      },
    );
    const notes = JSON.parse(readFileSync(notesFile, 'utf8'));
    assert.equal(notes.failure, undefined, run.stderr);
    assert.equal(run.status, 0);
    const places = (list: readonly Note[]) => list.filter(({ code }) => about.test(code)).map(({ place, code }) => `${place} ${code}`);
    assert.deepEqual(places(notes.opened), ['0:0-0:14 nats/unknown-field', mistakeAt(1, 0)]);
    assert.ok(notes.opened.every(({ source }: Note) => source === 'authlint'));
    assert.match(notes.hover.contents.value, /ada/);
    assert.equal(notes.action, 'Rename to ping_interval');
    assert.deepEqual(places(notes.fixed), [mistakeAt(1, 0)]);
    assert.equal(notes.text[0], 'ping_interval: "10s"');
    assert.equal(readFileSync(join(folder.path, 'nats.conf'), 'utf8').split('\n')[0], 'ping_interval: "10s"');
    assert.deepEqual(places(notes.other), ['1:0-1:12 nats/unknown-field']);
    assert.equal(notes.proposals[0], 'max_payload: ');
    assert.deepEqual(notes.definition, { file: 'vars.conf', cursor: [2, 0], word: 'address' });
    assert.deepEqual(notes.formatted, ['include vars.conf', 'max_payload: 1MB', 'host: $address', 'cluster {', '    name: c', '}']);
    assert.deepEqual(notes.messages ?? [], []);
  });
});
