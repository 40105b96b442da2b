// The commands beside `check`.
import assert from 'node:assert/strict';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';
import { Folder, tokenOf } from '../support/command-line.ts';

describe('other commands', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  describe('authlint rules', () => {
    it('lists every rule on a line', async () => {
      const { code, out } = await folder.run(['rules']);
      assert.equal(code, 0);
      assert.equal(out.trimEnd().split('\n').length, ruleFacts.size);
      assert.match(out, /^jwt\/alg-none +error +The token is not signed/m);
    });

    it('lists every rule as JSON', async () => {
      const rows = JSON.parse((await folder.run(['rules', '--json'])).out);
      assert.equal(rows.length, ruleFacts.size);
      for (const row of rows) {
        assert.deepEqual(Object.keys(row), ['id', 'severity', 'stage', 'summary', 'fixable', 'page']);
        assert.match(row.page, /^https:\/\//);
      }
    });
  });

  describe('authlint explain', () => {
    it('prints the page of a rule, with or without its family', async () => {
      const { code, out } = await folder.run(['explain', 'workspace/unknown-rule']);
      assert.equal(code, 0);
      assert.match(out, /^# workspace\/unknown-rule\n/);
      assert.equal((await folder.run(['explain', 'unknown-rule'])).out, out);
    });

    it('names a place once, whoever includes it', async () => {
      const users = 'authorization { users: [ { user: bob, password: $BOB, permissions: { publish: "jobs.>" } } ] }\n';
      const folder = new Folder({ 'nats.conf': 'include "users.conf"\n', 'users.conf': users });
      const { out } = await folder.run(['explain', 'Permissions Violation for Publish to "orders.new"']);
      assert.deepEqual(out.match(/^- users\.conf.*$/gm), [
        '- users.conf:1:70: `bob` may not publish to `orders.new`. No pattern that is allowed matches it.',
      ]);
    });

    it('explains an error: cause, confirmation, fix, and the words of this workspace behind it', async () => {
      folder.put('.authlint.yaml', '');
      folder.put('nats.conf', 'authorization { users = [\n  { user: ada, password: $ADA, permissions: { publish: "data.>" } }\n] }\n');
      const error = '-ERR \'Permissions Violation for Publish to "analytics.events.user_signup"\'';
      const { code, out } = await folder.run(['explain', error]);
      assert.equal(code, 0);
      assert.match(out, /^# The user may not publish to this subject\n/);
      assert.match(out, /`authlint can --config nats.conf --user NAME pub analytics.events.user_signup`/);
      assert.match(
        out,
        /\n- nats\.conf:2:\d+: `ada` may not publish to `analytics\.events\.user_signup`\. No pattern that is allowed matches it\.\n/,
      );
      for (const part of ['**Cause.**', '**Confirm it.**', '**Fix it.**']) assert.ok(out.includes(part), part);
    });

    it('reads a long error from standard input', async () => {
      const { code, out } = await folder.run(['explain', '-'], {
        stdin: '{"error":"invalid_grant","error_description":"Code not valid"}\n',
      });
      assert.equal(code, 0);
      assert.match(out, /^# The code expired or was used before\n/);
      assert.match(out, /It could also be/);
    });

    it('says so where it knows nothing', async () => {
      for (const words of [['nats/no-such-rule'], ['some', 'error', 'text']]) {
        const { code, out } = await folder.run(['explain', ...words]);
        assert.equal(out, 'No known explanation.\n');
        assert.equal(code, 1);
      }
    });
  });

  describe('authlint inspect', () => {
    it('shows the tokens of a text: kind, algorithm and the names of claims, never a value', async () => {
      const token = tokenOf({ alg: 'HS256' }, { sub: 'ana-the-admin', exp: 4102444800 });
      folder.put('call.sh', `a\ncurl ${token}\n`);
      const { code, out } = await folder.run(['inspect', 'call.sh', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), {
        language: 'jwt',
        tokens: [
          {
            range: { start: { line: 1, character: 5 }, end: { line: 1, character: 5 + token.length } },
            kind: 'jws',
            alg: 'HS256',
            claims: ['sub', 'exp'],
          },
        ],
      });
    });

    it('shows a text without tokens as one without tokens', async () => {
      folder.put('plain.txt', 'nothing\n');
      assert.deepEqual(JSON.parse((await folder.run(['inspect', 'plain.txt', '--json'])).out), { language: 'jwt', tokens: [] });
    });

    it('tells a person where the tokens of a text stand', async () => {
      const token = tokenOf({ alg: 'HS256' }, { sub: 'ana-the-admin', exp: 4102444800 });
      folder.put('call.sh', `a\ncurl ${token}\n`);
      assert.equal((await folder.run(['inspect', 'call.sh'])).out, '2:6  jws, HS256  claims sub, exp\n');
      folder.put('plain.txt', 'nothing\n');
      assert.equal((await folder.run(['inspect', 'plain.txt'])).out, 'No token is in this text.\n');
    });

    it('shows a NATS configuration as the server would hold it: with values for programs, without secrets for people', async () => {
      folder.put('nats.conf', 'include users.conf\nmax_payload: 1MB\n');
      folder.put('users.conf', 'PASS: correct-horse\nauthorization { user: ana, password: $PASS }\n');
      const value = { PASS: 'correct-horse', authorization: { user: 'ana', password: 'correct-horse' }, max_payload: 1048576 };
      assert.deepEqual(JSON.parse((await folder.run(['inspect', 'nats.conf', '--json'])).out), { language: 'nats-conf', value });
      const { code, out } = await folder.run(['inspect', 'nats.conf', '--nats-server', '2.10']);
      assert.equal(code, 0);
      assert.match(out, /^# What nats-server 2\.10\.\d+ holds once it has read nats\.conf and users\.conf: /);
      assert.match(out, /^ {2}password: <redacted> {2}# \$PASS, users\.conf:1$/m);
      assert.match(out, /^max_payload: 1048576 {2}# 1MB, line 2$/m);
      assert.equal(out.includes('correct-horse'), false);
    });

    it('works under the configuration that it is given', async () => {
      folder.put('nats.conf', '');
      folder.put('team.yaml', 'natsServer: "2.11"\n');
      assert.match((await folder.run(['inspect', 'nats.conf', '--config', 'team.yaml'])).out, /^# What nats-server 2\.11\./);
    });

    it('is 2 for a file that is not there', async () => {
      const { code, err } = await folder.run(['inspect', 'nowhere.conf']);
      assert.equal(code, 2);
      assert.equal(err, 'authlint: nowhere.conf: cannot be read as a text file\n');
    });
  });

  it('lsp needs to be told its transport', async () => {
    const { code, err } = await folder.run(['lsp']);
    assert.equal(code, 2);
    assert.match(err, /--stdio/);
  });
});
