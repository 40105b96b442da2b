// Each output format, as its readers read it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Log } from 'sarif';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';
import { Folder, tokenOf } from '../support/command-line.ts';
import { violations } from '../support/json-schema.ts';

const unsigned = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 1 }, '');

describe('output formats', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      'a b/call #1.sh': `echo\n${unsigned}\n`,
      '.authlint.yaml': 'natsServr: "2.14"\n',
      'nats.conf': 'port: 4222\n',
    });
  });
  afterEach(() => folder.remove());

  const run = async (format: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
    (await folder.run(['check', '--now', '2026-01-01', '--format', format, ...args], { env })).out;
  const schema = JSON.parse(readFileSync('schemas/findings.schema.json', 'utf8'));

  it('json is what its schema says', async () => {
    const report = JSON.parse(await run('json'));
    assert.deepEqual(violations(schema, report), []);
    assert.equal(report.version, 1);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.files.map((f: { path: string; language: string }) => `${f.path} ${f.language}`),
      ['.authlint.yaml authlint-config', 'a b/call #1.sh jwt', 'nats.conf nats-conf'],
    );
    assert.deepEqual(report.findings[0], {
      rule: 'workspace/invalid-config',
      severity: 'warning',
      path: '.authlint.yaml',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } },
      message: '`natsServr` is no key here, so it has no effect. Did you mean `natsServer`?',
      page: report.findings[0].page,
      related: [],
      fixes: [
        {
          title: 'Replace by natsServer',
          safety: 'safe',
          edits: [
            {
              path: '.authlint.yaml',
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } },
              newText: 'natsServer',
            },
          ],
        },
      ],
    });
    assert.match(report.findings[0].page, /^https:\/\/.*\/invalid-config\.md$/);
  });

  it('the schema refuses what it should', () => {
    const good = { version: 1, files: [], findings: [], faults: [] };
    assert.deepEqual(violations(schema, good), []);
    assert.notDeepEqual(violations(schema, { ...good, version: 2 }), []);
    assert.notDeepEqual(violations(schema, { ...good, more: 1 }), []);
    assert.notDeepEqual(violations(schema, { ...good, files: [{ path: 'a', language: 'cobol', rejected: null }] }), []);
    assert.notDeepEqual(violations(schema, { ...good, findings: [{ rule: 'nats/syntax' }] }), []);
  });

  it('sarif has the rules, 1-based places relative to the folder, and fixes', async () => {
    const log: Log = JSON.parse(await run('sarif'));
    const run0 = log.runs[0];
    assert.ok(run0);
    assert.equal(log.version, '2.1.0');
    assert.equal(run0.columnKind, 'utf16CodeUnits');
    assert.deepEqual(
      run0.tool.driver.rules?.map(rule => rule.id),
      [...ruleFacts.keys()],
    );
    // GitHub's code scanning refuses a rule without these.
    for (const { id, fullDescription, help } of run0.tool.driver.rules ?? [])
      assert.deepEqual([fullDescription?.text, help?.text], [ruleFacts.get(id)?.summary, ruleFacts.get(id)?.summary]);
    for (const result of run0.results ?? []) assert.equal(run0.tool.driver.rules?.[result.ruleIndex ?? -1]?.id, result.ruleId);
    const token = run0.results?.find(result => result.ruleId === 'jwt/alg-none');
    assert.equal(token?.level, 'error');
    assert.deepEqual(token?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: 'a%20b/call%20%231.sh', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 1 + unsigned.indexOf('.') },
    });
    const config = run0.results?.find(result => result.ruleId === 'workspace/invalid-config');
    assert.deepEqual(config?.fixes?.[0]?.artifactChanges, [
      {
        artifactLocation: { uri: '.authlint.yaml', uriBaseId: '%SRCROOT%' },
        replacements: [
          { deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 10 }, insertedContent: { text: 'natsServer' } },
        ],
      },
    ]);
    assert.deepEqual(run0.invocations?.[0]?.executionSuccessful, true);
  });

  it('sarif never climbs out of the folder with a relative address', async () => {
    const { out } = await folder.run(['check', '--format', 'sarif', '--no-config', '../a b'], { cwd: 'a b' });
    assert.ok(!out.includes('"../'));
  });

  it('github escapes what would end a command early', async () => {
    const lines = (await run('github')).split('\n');
    assert.ok(
      lines[0]?.startsWith(
        '::warning file=.authlint.yaml,line=1,endLine=1,col=1,endColumn=10,title=workspace/invalid-config::`natsServr` is',
      ),
    );
    assert.ok(lines.some(line => line.startsWith('::error file=a b/call #1.sh,line=2,')));
    folder.put('odd/a%,b:c.sh', unsigned);
    const odd = await run('github', ['odd/a%,b:c.sh', '--rule', 'jwt/alg-none']);
    assert.ok(odd.startsWith('::error file=odd/a%25%2Cb%3Ac.sh,line=1,'));
  });

  it('github names files as the checkout sees them', async () => {
    const { out } = await folder.run(['check', '--format', 'github', '--rule', 'jwt/alg-none', '--no-config'], {
      cwd: 'a b',
      env: { GITHUB_WORKSPACE: folder.path },
    });
    assert.ok(out.startsWith('::error file=a b/call #1.sh,'), out);
  });

  it('junit fails a case where the command would fail', async () => {
    const xml = await run('junit', ['--rule', 'jwt/alg-none', '--rule', 'workspace/invalid-config']);
    assert.match(xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="authlint" tests="\d" failures="1" errors="0"/);
    assert.match(xml, /<testcase name="jwt\/alg-none at 2:1" classname="a b\/call #1\.sh"[^>]*>\s*<failure type="error"/);
    assert.match(xml, /<testcase name="workspace\/invalid-config at 1:1"[^>]*>\s*<system-out>/);
    assert.match(xml, /<testcase name="no findings" classname="nats\.conf"\/>/);
    const strict = await run('junit', ['--fail-on', 'warning', '--rule', 'workspace/invalid-config']);
    assert.match(strict, /failures="1"/);
  });

  it('junit is well-formed whatever a file is called', async () => {
    folder.put('odd/<&">\u0001.sh', unsigned);
    const xml = await run('junit', ['odd/<&">\u0001.sh']);
    assert.ok(xml.includes('classname="odd/&lt;&amp;&quot;&gt;\uFFFD.sh"'));
  });
});
