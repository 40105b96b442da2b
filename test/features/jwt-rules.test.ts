// How much a finding about a token counts, where, and when it appears by itself. What each rule finds is on its page.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { part, unverifiable } from '../support/tokens.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const expired = unverifiable({ sub: 'ada', iat: start / 1000 - 7200, exp: start / 1000 - 3600, scope: 'a' });
const sample = unverifiable({ iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true });
const natsUser = unverifiable({ exp: 1, iss: 'x', nats: { type: 'user', version: 2 } }, { typ: 'JWT', alg: 'ed25519-nkey' });

function severities(id: string, text: string, root?: string): Record<string, string> {
  const analyzer = new Analyzer(() => start, root ? { ...defaultSettings, root } : defaultSettings);
  analyzer.setFile({ id, text });
  assert.deepEqual(analyzer.faults(), []);
  return Object.fromEntries(analyzer.result(id).findings.map(finding => [finding.rule, finding.severity]));
}

describe('findings about tokens', () => {
  const paths: readonly (readonly [string, 'error' | 'information'])[] = [
    ['deploy.sh', 'error'],
    ['src/client.ts', 'error'],
    ['config/latest.json', 'error'],
    ['src/contest.ts', 'error'],
    ['src/Latest.java', 'error'],
    ['it/login.sh', 'error'],
    ['.env', 'error'],
    ['request.http', 'error'],
    ['notes.txt', 'error'],
    ['test/login.sh', 'information'],
    ['src/__tests__/login.ts', 'information'],
    ['pkg/testdata/token.json', 'information'],
    ['spec/login_spec.rb', 'information'],
    ['src/login.test.ts', 'information'],
    ['pkg/login_test.go', 'information'],
    ['tests/test_login.py', 'information'],
    ['src/LoginTest.java', 'information'],
    ['fixtures/token.json', 'information'],
    ['src/mocks/handlers.ts', 'information'],
    ['src/__snapshots__/a.ts.snap', 'information'],
    ['examples/token.json', 'information'],
    ['.env.example', 'information'],
    ['README.md', 'information'],
    ['docs/openapi.yaml', 'information'],
    ['guide.rst', 'information'],
    ['service.log', 'information'],
    ['service.log.3', 'information'],
  ];
  for (const [path, severity] of paths) {
    it(`count as ${severity} in ${path}`, () =>
      assert.equal(severities(`file:///home/ada/shop/${path}`, `T=${expired}\n`)['jwt/expired'], severity));
  }

  it('are not judged by what lies above the folder that was opened', () => {
    const id = 'file:///home/ada/tests/shop/deploy.sh';
    assert.equal(severities(id, expired, 'file:///home/ada/tests/shop')['jwt/expired'], 'error');
    assert.equal(severities(id, expired)['jwt/expired'], 'information');
    assert.equal(severities(id, expired, 'file:///home/ada')['jwt/expired'], 'information');
  });

  it('leave samples of specifications alone in documentation, and are mild about them elsewhere', () => {
    assert.deepEqual(severities('file:///w/docs/jwt.md', sample), {});
    assert.equal(severities('file:///w/deploy.sh', sample)['jwt/expired'], 'information');
  });

  it('leave NATS tokens to the rules of the configuration they are in', () => {
    assert.deepEqual(
      Object.keys(severities('file:///w/nats.conf', `operator: ${natsUser}\n`)).filter(rule => rule.startsWith('jwt/')),
      [],
    );
    assert.equal(severities('file:///w/worker.txt', natsUser)['jwt/expired'], 'error');
  });

  it('say nothing about how a token was issued where it is for show, or not signed', () => {
    const endless = unverifiable({ iss: 'shop', permissions: 'a b' });
    assert.deepEqual(Object.keys(severities('file:///w/a.sh', endless)).sort(), [
      'jwt/live-token',
      'jwt/missing-exp',
      'jwt/missing-sub',
      'jwt/permissions-format',
    ]);
    assert.deepEqual(severities('file:///w/test/a.sh', endless), {});
    assert.deepEqual(Object.keys(severities('file:///w/a.sh', `${part({ alg: 'none' })}.${part({ iss: 'shop' })}.`)), ['jwt/alg-none']);
  });

  it('are errors where every verifier refuses a header, though the rule warns', () => {
    assert.equal(
      severities('file:///w/a.sh', unverifiable({ sub: 'a' }, { alg: 'HS256', crit: ['x'], x: 1 }))['jwt/dangerous-header'],
      'error',
    );
    assert.equal(
      severities('file:///w/a.sh', unverifiable({ sub: 'a' }, { alg: 'HS256', jku: 'https://x' }))['jwt/dangerous-header'],
      'warning',
    );
  });

  it('appear by themselves when time passes', () => {
    let now = start;
    const analyzer = new Analyzer(() => now);
    const id = 'file:///w/a.sh';
    analyzer.setFile({
      id,
      text: unverifiable({ sub: 'a', scope: 'b', iat: start / 1000, nbf: start / 1000 + 120, exp: start / 1000 + 600 }),
    });
    const rules = () => analyzer.result(id).findings.map(({ rule }) => rule);
    assert.deepEqual(rules(), ['jwt/not-yet-valid', 'jwt/live-token']);
    assert.equal(analyzer.recheckAt(), start + 60_000);
    now = start + 60_000;
    analyzer.recheck();
    assert.deepEqual(rules(), ['jwt/live-token']);
    assert.equal(analyzer.recheckAt(), start + 600_000);
    now = start + 600_000;
    analyzer.recheck();
    assert.deepEqual(rules(), ['jwt/expired']);
    assert.equal(analyzer.recheckAt(), undefined);
  });

  it('hold neither token, signature nor secret', () => {
    const token = unverifiable(
      { sub: 1, password: 'hunter2-hunter2', exp: 'x', iat: 1e15 },
      { alg: 'HS256', kid: "'; hunter2-hunter2", crit: ['hunter2-hunter2'] },
    );
    const analyzer = new Analyzer(() => start);
    analyzer.setFile({ id: 'file:///w/a.sh', text: token });
    const { findings } = analyzer.result('file:///w/a.sh');
    assert.ok(findings.length >= 5);
    for (const { message } of findings) {
      assert.doesNotMatch(message, /hunter2|ey[A-Za-z0-9]{6}/);
      for (const piece of token.split('.')) assert.ok(!message.includes(piece));
    }
  });
});
