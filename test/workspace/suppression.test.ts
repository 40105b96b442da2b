// Comments that allow a finding: where they reach, what they leave, and what they are told when they are of no use.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { tokenOf } from '../support/command-line.ts';

const token = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '');
const now = Date.parse('2026-01-01T00:00:00Z');

/** `rule@line` (1-based) of every finding. */
function findings(text: string, name = 'call.sh', settings = defaultSettings): string[] {
  const analyzer = new Analyzer(() => now, settings);
  const id = `file:///w/${name}`;
  analyzer.setFile({ id, text });
  const lines = analyzer.linesOf(id);
  assert.ok(lines);
  return analyzer.result(id).findings.map(({ rule, span }) => `${rule}@${lines.lineAt(span.start) + 1}`);
}

describe('suppressions', () => {
  it('reach from a comment line to the next line', () => {
    assert.deepEqual(findings(`# authlint: allow jwt/alg-none -- a sample\nT=${token}\n`), []);
    assert.deepEqual(findings(`  # authlint: allow jwt/alg-none\r\nT=${token}\r\n`), []);
  });

  it('reach no farther', () => {
    assert.deepEqual(findings(`# authlint: allow jwt/alg-none\n\nT=${token}\n`), ['workspace/unused-suppression@1', 'jwt/alg-none@3']);
  });

  it('reach their own line from its end, and not the next one', () => {
    assert.deepEqual(findings(`T=${token} # authlint: allow jwt/alg-none -- a sample\nU=${token}\n`), ['jwt/alg-none@2']);
  });

  it('reach the whole file from anywhere in it', () => {
    assert.deepEqual(findings(`T=${token}\nU=${token}\n# authlint: allow-file jwt/alg-none -- samples\n`), []);
  });

  it('name one rule or several, and give a reason after two dashes', () => {
    const old = tokenOf({ alg: 'none' }, { sub: 'ana', exp: 1 }, '');
    for (const list of ['jwt/alg-none, jwt/expired', 'jwt/alg-none jwt/expired -- jwt/nothing is meant here']) {
      assert.deepEqual(findings(`# authlint: allow ${list}\nT=${old}\n`), [], list);
    }
    assert.deepEqual(findings(`# authlint: allow jwt/alg-none\nT=${old}\n`), ['jwt/expired@2']);
  });

  const comments: [string, string][] = [
    ['c.sh', '# authlint: allow jwt/alg-none'],
    ['c.ts', '// authlint: allow jwt/alg-none -- sample'],
    ['c.ts', '/* authlint: allow jwt/alg-none -- sample */'],
    ['c.css', '/* authlint: allow jwt/alg-none */'],
    ['c.md', '<!-- authlint: allow jwt/alg-none -- sample -->'],
    ['c.md', '<!-- authlint: allow jwt/alg-none -->'],
    ['c.sql', '-- authlint: allow jwt/alg-none -- sample'],
    ['c.ini', '; authlint: allow jwt/alg-none'],
    ['c.sh', '#authlint:allow jwt/alg-none'],
  ];
  for (const [name, comment] of comments)
    it(`are read from ${comment}`, () => assert.deepEqual(findings(`${comment}\nx ${token}\n`, name), []));

  it('are no suppressions where they only look like one', () => {
    assert.deepEqual(findings(`authlint: allow jwt/alg-none\nT=${token}\n`), ['jwt/alg-none@2']);
    assert.deepEqual(findings(`# authlint allow jwt/alg-none\nT=${token}\n`), ['jwt/alg-none@2']);
  });

  it('are findings where they allow nothing, at the name of the rule', () => {
    const analyzer = new Analyzer(() => now);
    const text = '# authlint: allow jwt/expired -- old\nx\n';
    analyzer.setFile({ id: 'file:///w/c.sh', text });
    const [finding, ...more] = analyzer.result('file:///w/c.sh').findings;
    assert.deepEqual(more, []);
    assert.equal(finding?.rule, 'workspace/unused-suppression');
    assert.equal(text.slice(finding?.span.start, finding?.span.end), 'jwt/expired');
  });

  it('are findings where no rule has the name, with the nearest one as a fix', () => {
    const analyzer = new Analyzer(() => now);
    analyzer.setFile({ id: 'file:///w/c.sh', text: '# authlint: allow jwt/expird\n' });
    const [finding, ...more] = analyzer.result('file:///w/c.sh').findings;
    assert.deepEqual(more, []);
    assert.equal(finding?.rule, 'workspace/unknown-rule');
    assert.equal(finding?.fixes[0]?.edits()[0]?.newText, 'jwt/expired');
  });

  it('are not called useless where the rule is switched off', () => {
    const settings = { ...defaultSettings, severities: new Map([['jwt/alg-none', 'off' as const]]) };
    assert.deepEqual(findings(`# authlint: allow jwt/alg-none\nT=${token}\n`, 'c.sh', settings), []);
  });

  it('are not judged before every file is known', () => {
    const analyzer = new Analyzer(() => now);
    analyzer.setComplete(false);
    analyzer.setFile({ id: 'file:///w/c.sh', text: '# authlint: allow jwt/expired\n' });
    assert.deepEqual(analyzer.result('file:///w/c.sh').findings, []);
    analyzer.setComplete(true);
    assert.equal(analyzer.result('file:///w/c.sh').findings.length, 1);
  });
});
