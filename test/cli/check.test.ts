// `authlint check` as people and pipelines use it: which files, which exit code, which words.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Folder, type Outcome, type Surroundings, tokenOf } from '../support/command-line.ts';

const unsigned = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');
const script = `#!/bin/sh\ncurl -H "Authorization: Bearer ${unsigned}" https://api.example.net/\n`;

describe('authlint check', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const rulesIn = ({ out }: Outcome) => JSON.parse(out).findings.map((f: { path: string; rule: string }) => `${f.path} ${f.rule}`);
  const filesIn = ({ out }: Outcome) => JSON.parse(out).files.map((f: { path: string }) => f.path);
  const json = (args: readonly string[], around?: Surroundings) =>
    folder.run(['check', '--format', 'json', '--now', '2026-01-01', '--rule', 'jwt/alg-none', ...args], around);

  describe('exit codes', () => {
    it('is 0 where nothing is found', async () => {
      folder.put('nats.conf', 'port: 4222\n');
      assert.equal((await folder.run(['check', '--rule', 'jwt/alg-none'])).code, 0);
    });

    it('is 1 for a finding at --fail-on or worse, by default an error', async () => {
      folder.put('call.sh', script);
      assert.equal((await json([])).code, 1);
      assert.equal((await json(['--fail-on', 'information'])).code, 1);
      assert.equal((await json(['--fail-on', 'never'])).code, 0);
      assert.equal((await json(['--rule', 'jwt/alg-none=warning'])).code, 0);
      assert.equal((await json(['--rule', 'jwt/alg-none=warning', '--fail-on', 'warning'])).code, 1);
      assert.equal((await json(['--rule', 'jwt/alg-none=hint', '--fail-on', 'information'])).code, 0);
    });

    it('is 2 for a path that is not there, which is named while the others are judged', async () => {
      folder.put('call.sh', script);
      const outcome = await json(['nowhere.conf', 'call.sh']);
      assert.equal(outcome.code, 2);
      assert.equal(outcome.err, 'authlint: nowhere.conf: no such file or folder\n');
      assert.deepEqual(rulesIn(outcome), ['call.sh jwt/alg-none']);
    });

    const mistakes: [string, string[], RegExp][] = [
      ['an unknown option', ['check', '--bogus'], /unknown option '--bogus'/],
      ['an unknown command', ['chekc'], /unknown command 'chekc'/],
      ['an unknown format', ['check', '--format', 'jsn'], /--format takes .*; did you mean json\?/],
      ['an unknown severity', ['check', '--fail-on', 'fatal'], /--fail-on takes error, warning, information, never, not "fatal"/],
      ['an unknown language', ['check', '--language', 'natsconf'], /did you mean nats-conf\?/],
      ['an unknown rule', ['check', '--rule', 'jwt/alg-non'], /no rule "jwt\/alg-non"; did you mean jwt\/alg-none\?/],
      ['an unknown severity of a rule', ['check', '--rule', 'jwt/alg-none=loud'], /--rule jwt\/alg-none=SEVERITY takes/],
      ['a time that is none', ['check', '--now', 'yesterday'], /--now takes a time such as/],
      ['a version that is none', ['check', '--nats-server', 'latest'], /--nats-server takes a version such as/],
      ['a configuration that is not there', ['check', '--config', 'nowhere.yaml'], /--config nowhere.yaml: cannot be read/],
      ['a list that is not there', ['check', '--files-from', 'nowhere.txt'], /--files-from nowhere.txt: cannot be read/],
      ['an unknown level of fixes', ['check', '--fix=all'], /--fix takes safe, unsafe, not "all"/],
      ['fixing standard input in place', ['check', '--fix', '-'], /standard input cannot be fixed in place; use --diff/],
      ['standard input as file and as list', ['check', '-', '--files-from', '-'], /standard input cannot be both/],
    ];
    for (const [what, args, message] of mistakes) {
      it(`is 2 for ${what}, said in one line`, async () => {
        const { code, out, err } = await folder.run(args);
        assert.equal(code, 2);
        assert.equal(out, '');
        assert.match(err, message);
        assert.doesNotMatch(err, /\n\s+at /, 'a stack trace');
      });
    }

    it('is 0 for help and version, 2 for no command at all', async () => {
      assert.equal((await folder.run(['--help'])).code, 0);
      assert.match((await folder.run(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
      assert.equal((await folder.run([])).code, 2);
    });
  });

  describe('which files', () => {
    it('walks the current folder without what git ignores', async () => {
      folder.put('.gitignore', 'ignored.sh\n');
      folder.put('ignored.sh', script);
      folder.put('node_modules/p/call.sh', script);
      folder.put('a/call.sh', script);
      folder.put('plain.txt', 'nothing of ours\n');
      assert.deepEqual(filesIn(await json([])), ['a/call.sh']);
    });

    it('judges what is named although git ignores it or it holds nothing', async () => {
      folder.put('.gitignore', 'ignored.sh\n');
      folder.put('ignored.sh', script);
      folder.put('plain.txt', 'nothing of ours\n');
      const outcome = await json(['ignored.sh', 'plain.txt']);
      assert.deepEqual(JSON.parse(outcome.out).files, [
        { path: 'ignored.sh', language: 'jwt', rejected: null },
        { path: 'plain.txt', language: null, rejected: null },
      ]);
      assert.deepEqual(rulesIn(outcome), ['ignored.sh jwt/alg-none']);
    });

    it('lists nothing twice', async () => {
      folder.put('a/call.sh', script);
      assert.deepEqual(rulesIn(await json(['a', 'a/call.sh', './a/../a', '.'])), ['a/call.sh jwt/alg-none']);
    });

    it('names files relative to the current folder, and as given where they lie outside', async () => {
      folder.put('a/call.sh', script);
      folder.put('b/call.sh', script);
      assert.deepEqual(filesIn(await json(['../b', 'call.sh'], { cwd: 'a' })), ['../b/call.sh', 'call.sh']);
      assert.deepEqual(filesIn(await json([join(folder.path, 'b')], { cwd: 'a' })), [
        `${join(folder.path, 'b').replaceAll('\\', '/')}/call.sh`,
      ]);
      assert.deepEqual(filesIn(await json([join(folder.path, 'a/call.sh')])), ['a/call.sh']);
    });

    it('reads a list of paths, with Windows newlines and blank lines', async () => {
      folder.put('a.sh', script);
      folder.put('b c.sh', script);
      folder.put('list.txt', 'a.sh\r\n\r\nb c.sh\r\n');
      assert.deepEqual(filesIn(await json(['--files-from', 'list.txt'])), ['a.sh', 'b c.sh']);
      assert.deepEqual(filesIn(await json(['--files-from', '-'], { stdin: 'b c.sh\n' })), ['b c.sh']);
    });

    it('judges nothing for an empty list, not the whole folder', async () => {
      folder.put('a.sh', script);
      assert.deepEqual(filesIn(await json(['--files-from', '-'], { stdin: '\n' })), []);
    });

    it('judges standard input under the name it is given', async () => {
      const outcome = await json(['-', '--stdin-name', 'deploy/call.sh'], { stdin: script });
      assert.deepEqual(rulesIn(outcome), ['deploy/call.sh jwt/alg-none']);
      assert.equal(outcome.code, 1);
    });

    it('lets standard input read its neighbours from disk', async () => {
      folder.put('deploy/accounts.conf', 'accounts: { A: {} }\n');
      const outcome = await folder.run(['check', '-', '--stdin-name', 'deploy/nats.conf', '--format', 'json', '--fail-on', 'never'], {
        stdin: 'include accounts.conf\nsystem_account: A\n',
      });
      assert.deepEqual(filesIn(outcome), ['deploy/nats.conf']);
      assert.equal(outcome.code, 0);
    });

    it('treats named files, and only those, as the language that is asked for', async () => {
      folder.put('one.txt', 'port: 4222\n');
      folder.put('d/two.txt', unsigned);
      const { files } = JSON.parse((await json(['--language', 'nats-conf', 'one.txt', 'd'])).out);
      assert.deepEqual(
        files.map((f: { language: string }) => f.language),
        ['jwt', 'nats-conf'],
      );
    });

    it('looks for tokens in a log that is too long for a walk where somebody names it', async () => {
      const lines = 16 * 1024 * 64 + 1;
      folder.put('long.log', 'nothing is here\n'.repeat(lines) + script);
      assert.deepEqual(rulesIn(await json([])), []);
      const { findings, files } = JSON.parse((await json(['long.log'])).out);
      assert.deepEqual(files, [{ path: 'long.log', language: 'jwt', rejected: null }]);
      assert.deepEqual(
        findings.map((f: { range: { start: { line: number } } }) => f.range.start.line),
        [lines + 1],
      );
    });

    it('survives loops of links, binary files and bytes that are no UTF-8', async function () {
      folder.put('a/call.sh', script);
      folder.put('binary.conf', new Uint8Array([0x70, 0, 0x71]));
      folder.put('latin1.conf', new Uint8Array([0x23, 0xe9, 0x0a]));
      try {
        symlinkSync('.', join(folder.path, 'a/loop'));
      } catch {
        this.skip();
      }
      const outcome = await json(['.', 'binary.conf', 'latin1.conf']);
      assert.equal(outcome.err, 'authlint: not checked, since not text in UTF-8: binary.conf\n');
      assert.deepEqual(rulesIn(outcome), ['a/call.sh jwt/alg-none']);
    });
  });

  describe('what is said', () => {
    it('shows the place with its line and carets, and ends with a summary', async () => {
      folder.put('call.sh', script);
      const { out } = await folder.run(['check', '--now', '2026-01-01', '--rule', 'jwt/alg-none']);
      const lines = out.split('\n');
      assert.equal(lines[0], 'call.sh:2:32 error jwt/alg-none');
      assert.match(lines[1] as string, /^ {2}This token is not signed/);
      assert.equal(lines[2], '    |');
      assert.equal(lines[3], '  2 | curl -H "Authorization: Bearer eyJ***" https://api.example.net/');
      assert.equal(lines[4], '    |                                ^^^^^^');
      assert.match(out, /\n1 error in 1 of 1 file, \d+\.\d s\n$/);
    });

    it('says so where nothing is found', async () => {
      folder.put('call.sh', '#!/bin/sh\n');
      assert.match((await folder.run(['check', 'call.sh'])).out, /^No findings in 1 file, \d+\.\d s\n$/);
    });

    it('colours on request of the terminal only', async () => {
      folder.put('call.sh', script);
      const sequence = '\u001b[';
      assert.ok((await folder.run(['check', '--rule', 'jwt/alg-none'], { colours: true })).out.includes(sequence));
      assert.ok(!(await folder.run(['check', '--rule', 'jwt/alg-none'])).out.includes(sequence));
    });

    it('never lets a file steer the terminal', async () => {
      folder.put('call.sh', `\u001b]0;owned\u0007 \u202e ${unsigned}\n`);
      const { out } = await folder.run(['check', '--rule', 'jwt/alg-none']);
      for (const character of '\u001b\u0007\u202e') assert.ok(!out.includes(character));
      assert.ok(out.includes('\\u{1b}]0;owned\\u{7}'));
    });

    it('gives the same output for the same files, whatever the order they are given in', async () => {
      for (const name of ['b.sh', 'a.sh', 'c/d.sh']) folder.put(name, `${unsigned}\n${unsigned}\n`);
      const one = await json(['b.sh', 'a.sh', 'c']);
      const other = await json(['c', 'a.sh', 'b.sh']);
      assert.equal(one.out, other.out);
      const places = JSON.parse(one.out).findings.map(
        (f: { path: string; range: { start: { line: number } } }) => `${f.path}:${f.range.start.line}`,
      );
      assert.deepEqual(places, ['a.sh:0', 'a.sh:1', 'b.sh:0', 'b.sh:1', 'c/d.sh:0', 'c/d.sh:1']);
    });

    it('counts characters in UTF-16 units and lines by any newline', async () => {
      folder.put('call.sh', `a\r\nb\rc\n\u{1F511}\u00e9 ${unsigned}\r\n`);
      const { findings } = JSON.parse((await json([])).out);
      assert.deepEqual(findings[0].range.start, { line: 3, character: 4 });
    });

    it('writes the summary of other formats to standard error, for people only', async () => {
      folder.put('call.sh', script);
      assert.equal((await json([])).err, '');
      assert.match((await json([], { interactive: true })).err, /^authlint: 1 error in 1 of 1 file, \d+\.\d s\n$/);
    });
  });

  describe('--rule', () => {
    beforeEach(() => {
      const expired = tokenOf({ alg: 'HS256' }, { sub: 'ana', exp: 1 });
      folder.put('call.sh', `${unsigned}\n${expired}\n`);
    });
    const run = (...args: string[]) => folder.run(['check', '--format', 'json', '--now', '2026-01-01', ...args]);

    it('runs just the named rules', async () => {
      assert.deepEqual(rulesIn(await run('--rule', 'jwt/expired')), ['call.sh jwt/expired']);
      assert.deepEqual(rulesIn(await run('--rule', 'jwt/expired', '--rule', 'jwt/alg-none')), [
        'call.sh jwt/alg-none',
        'call.sh jwt/expired',
      ]);
    });

    it('runs a rule that the configuration switches off, and keeps a severity it chose', async () => {
      folder.put('.authlint.yaml', 'rules:\n  jwt/expired: off\n  jwt/alg-none: hint\n');
      assert.ok(!rulesIn(await run()).includes('call.sh jwt/expired'));
      const { findings } = JSON.parse((await run('--rule', 'jwt/expired', '--rule', 'jwt/alg-none')).out);
      assert.deepEqual(
        findings.map((f: { rule: string; severity: string }) => [f.rule, f.severity]),
        [
          ['jwt/alg-none', 'hint'],
          ['jwt/expired', 'error'],
        ],
      );
    });
  });

  it('judges expiry by --now', async () => {
    folder.put('call.sh', tokenOf({ alg: 'HS256' }, { sub: 'ana', exp: Date.parse('2030-01-01T00:00:00Z') / 1000 }));
    const at = async (now: string) => rulesIn(await folder.run(['check', '--format', 'json', '--rule', 'jwt/expired', '--now', now]));
    assert.deepEqual(await at('2029-12-31T23:59:00Z'), []);
    assert.deepEqual(await at('2030-01-02'), ['call.sh jwt/expired']);
    assert.deepEqual(await at('2030-01-01T00:30:00+01:00'), []);
  });
});
