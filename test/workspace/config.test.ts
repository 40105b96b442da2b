// `.authlint.yaml`: what it says, what is wrong with it, and which files it speaks about.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { parseConfig } from '../../server/src/core/lint/config.ts';
import { natsServerLines, newestNatsServer } from '../../server/src/core/lint/settings.ts';
import type { FileSource } from '../../server/src/hosts/file-source.ts';
import { findConfig, listFiles, loadFiles, readSettings, settingsFrom } from '../../server/src/hosts/workspace.ts';
import { Folder, tokenOf } from '../support/command-line.ts';

const configFile = 'file:///w/.authlint.yaml';

/** Files in memory. */
function source(files: Readonly<Record<string, string>>): FileSource {
  return {
    list: async folder =>
      Object.keys(files)
        .filter(id => id.startsWith(`${folder}/`))
        .sort(),
    read: async id => files[id],
  };
}

describe('configuration', () => {
  it('says nothing when it is empty', () => {
    for (const text of ['', '\n', '# nothing\n', '{}']) assert.deepEqual(parseConfig(text).problems, [], JSON.stringify(text));
  });

  it('is read whole', () => {
    const config = parseConfig(
      [
        'rules:',
        '  jwt/expired: off',
        '  jwt/alg-none: "warning"',
        'natsServer: "2.14"',
        'production: ["deploy/**"]',
        'environment:',
        '  - { name: GATEWAY_HS_KEY, meaning: jwt-secret }',
        'exclude: ["vendor/**"]',
        '',
      ].join('\n'),
    );
    assert.deepEqual(config.problems, []);
    assert.deepEqual(Object.fromEntries(config.severities), { 'jwt/expired': 'off', 'jwt/alg-none': 'warning' });
    assert.deepEqual(
      config.natsServer,
      natsServerLines.find(([major, minor]) => major === 2 && minor === 14),
    );
    assert.deepEqual(config.environment, [{ name: 'GATEWAY_HS_KEY', meaning: 'jwt-secret' }]);
    assert.deepEqual([config.production, config.exclude], [['deploy/**'], ['vendor/**']]);
  });

  it('takes a version as it is written, not as the number YAML makes of it', () => {
    assert.deepEqual(parseConfig('natsServer: 2.10\n').natsServer?.slice(0, 2), [2, 10]);
    assert.deepEqual(parseConfig("natsServer: '2.10.3'\n").natsServer, [2, 10, 3]);
  });

  const mistakes: [string, string, string | undefined][] = [
    ['natsServr: "2.14"', 'natsServr', 'natsServer'],
    ['rules: { jwt/expired: warn }', 'warn', 'warning'],
    ['rules: { jwt/expired: fatal }', 'fatal', undefined],
    ['rules: [jwt/expired]', '[jwt/expired]', undefined],
    ['natsServer: newest', 'newest', undefined],
    ['exclude: vendor', 'vendor', undefined],
    ['production: [1]', '[1]', undefined],
    ['environment: [{ name: A }]', '{ name: A }', undefined],
    ['environment: [{ name: A, meaning: jwt-secrt }]', 'jwt-secrt', 'jwt-secret'],
    ['- a list', '- a list', undefined],
  ];
  for (const [text, place, instead] of mistakes) {
    it(`points at the mistake in ${text}`, () => {
      const [problem, ...more] = parseConfig(`${text}\n`).problems;
      assert.deepEqual(more, []);
      assert.ok(problem);
      assert.equal(text.slice(problem.span.start, problem.span.end).trimEnd(), place);
      assert.equal(problem.instead, instead);
    });
  }

  it('keeps what is right beside what is wrong', () => {
    const config = parseConfig('rules:\n  jwt/expired: off\nexclude: 3\nbogus: 1\n');
    assert.equal(config.severities.get('jwt/expired'), 'off');
    assert.equal(config.problems.length, 2);
  });

  it('survives broken YAML', () => {
    for (const text of ['rules: {', 'rules: [a: b: c', '\t- x', 'a: 1\na: 2\n', '"'])
      assert.ok(parseConfig(text).problems.length > 0, text);
  });

  it('speaks about paths below its own folder', () => {
    const settings = settingsFrom(configFile, 'exclude: ["vendor/**", "*.tmp.conf"]\nproduction: ["deploy/**"]\n');
    const excluded = (path: string) => settings.isExcluded(`file:///${path}`);
    assert.ok(excluded('w/vendor/a/b.conf'));
    assert.ok(excluded('w/.hidden.tmp.conf'));
    assert.ok(!excluded('w/a/vendor/b.conf'));
    assert.ok(!excluded('elsewhere/vendor/b.conf'));
    assert.ok(settings.isProduction('file:///w/deploy/compose.yaml'));
    assert.ok(!settings.isProduction('file:///w/compose.yaml'));
  });

  it('gives way to an explicit server version, and is the newest server without any', () => {
    assert.deepEqual(settingsFrom(configFile, 'natsServer: "2.10"', [2, 14, 1]).natsServer, [2, 14, 1]);
    assert.deepEqual(settingsFrom(configFile, undefined).natsServer, newestNatsServer);
  });

  it('is the nearest one, from the folder upwards', async () => {
    const { read } = source({ 'file:///w/.authlint.yaml': 'outer', 'file:///w/a/.authlint.yaml': 'inner' });
    assert.equal((await findConfig(read, 'file:///w/a/b'))?.text, 'inner');
    assert.equal((await findConfig(read, 'file:///w/c'))?.text, 'outer');
    assert.equal(await findConfig(read, 'file:///x'), undefined);
  });

  it('keeps excluded files out of a workspace, and severities on', async () => {
    const token = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');
    const files = source({
      [configFile]: 'exclude: [vendor/**]\nrules: { jwt/alg-none: hint }\n',
      'file:///w/vendor/call.sh': token,
      'file:///w/call.sh': token,
    });
    const settings = await readSettings(files, 'file:///w');
    const analyzer = new Analyzer(() => Date.parse('2026-01-01'), settings);
    await loadFiles(analyzer, files, await listFiles(files, 'file:///w', settings));
    assert.deepEqual(analyzer.files(), [configFile, 'file:///w/call.sh']);
    assert.deepEqual(
      analyzer.result('file:///w/call.sh').findings.map(({ rule, severity }) => [rule, severity]),
      [['jwt/alg-none', 'hint']],
    );
  });

  describe('on the command line', () => {
    let folder: Folder;
    const token = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');
    beforeEach(() => {
      folder = new Folder({
        'a/call.sh': token,
        '.authlint.yaml': 'rules: { jwt/alg-none: off }\n',
        'ci/strict.yaml': 'rules: { jwt/alg-none: warning }\n',
      });
    });
    afterEach(() => folder.remove());
    const severities = async (args: readonly string[], cwd = '.') => {
      const { out } = await folder.run(['check', '--format', 'json', '--now', '2026-01-01', ...args], { cwd });
      return JSON.parse(out).findings.map((f: { severity: string }) => f.severity);
    };

    it('counts from the folder upwards', async () => {
      assert.deepEqual(await severities([]), []);
      assert.deepEqual(await severities([], 'a'), []);
    });

    it('can be another file or none', async () => {
      assert.deepEqual(await severities(['--config', 'ci/strict.yaml', 'a']), ['warning']);
      assert.deepEqual(await severities(['--no-config', 'a']), ['error']);
    });

    it('takes excluded files out of folders, not off the command line', async () => {
      folder.put('.authlint.yaml', 'exclude: ["a/**"]\n');
      assert.deepEqual(await severities(['.']), []);
      assert.deepEqual(await severities(['a/call.sh']), ['error']);
    });

    it('tells about mistakes in a configuration that is not shown', async () => {
      folder.put('.authlint.yaml', 'exclud: ["a/**"]\n');
      const { err, code } = await folder.run(['check', '--rule', 'jwt/expired', 'a']);
      assert.equal(err, 'authlint: .authlint.yaml: 1 mistake in the configuration; check that file to see\n');
      assert.equal(code, 0);
      assert.equal((await folder.run(['check', '--rule', 'jwt/expired'])).err, '');
    });
  });
});
