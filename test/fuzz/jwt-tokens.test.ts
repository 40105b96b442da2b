// Whatever a text holds: finding, decoding, judging and showing tokens neither throw nor take long, and what is found is what it claims to be.
import assert from 'node:assert/strict';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { jwt } from '../../server/src/core/jwt/index.ts';
import { parseTokens } from '../../server/src/core/jwt/parser.ts';
import { runRules } from '../../server/src/core/lint/run-rules.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { parseObject } from '../../server/src/core/text/json.ts';
import { randomFrom } from '../support/random.ts';
import { part, unverifiable } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const context = { settings: defaultSettings, now, read: () => 'absent' as const };

function judge(text: string): void {
  const id = 'file:///w/a.txt';
  const model = jwt.build({ id, text }, context);
  const run = runRules(model, jwt.rules, { file: id, settings: defaultSettings, now });
  assert.deepEqual(run.faults, [], text.slice(0, 200));
  for (const { span } of run.findings) assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
  for (const token of model.tokens) {
    assert.ok(token.parts.every((one, i) => one.start >= (token.parts[i - 1]?.end ?? token.span.start) && one.end <= token.span.end));
    assert.ok(jwt.hover?.(model, token.span.start, context)?.markdown);
  }
  jwt.summarize(model);
  jwt.inspect?.(model, context);
}

const headers: readonly unknown[] = [
  { alg: 'HS256', typ: 'JWT' },
  { alg: 'ed25519-nkey', typ: 'JWT' },
  { alg: 'none' },
  { alg: null, crit: {}, kid: [], jwk: 1, b64: 'x' },
  { alg: 'dir', enc: 'A128GCM' },
];
const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  1e12,
  '',
  'x',
  '\u202e`|',
  [],
  [null],
  {},
  { a: { b: [] } },
  ['a', 1],
  '2026-01-01',
];
const names = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'scope',
  'permissions',
  'roles',
  'nats',
  'type',
  'role',
  'events',
  'password',
  'typ',
  '__proto__',
  'https://x/roles',
];
const natsNames = [
  'type',
  'version',
  'pub',
  'sub',
  'src',
  'times',
  'limits',
  'signing_keys',
  'default_permissions',
  'issuer_account',
  'operator_service_urls',
];

describe('random texts with tokens', function () {
  this.timeout(180_000);

  it('are judged without a fault', () => {
    const random = randomFrom(1);
    const { pick } = random;
    const object = (from: readonly string[]) =>
      Object.fromEntries(from.filter(() => random.next() < 0.4).map(name => [name, pick(oddValues)]));
    for (let round = 0; round < 4000; round++) {
      const claims: Record<string, unknown> = object(names);
      if (random.next() < 0.4) claims.nats = { ...object(natsNames), type: pick(['user', 'account', 'operator', 'activation', 'x']) };
      let text = `${pick(['', 'Bearer ', '"', '%20'])}${unverifiable(claims, pick(headers))}${pick(['', '.', '"', '..', '…', '=='])}`;
      for (let cuts = random.below(4); cuts > 0; cuts--) {
        const place = random.below(text.length);
        text = text.slice(0, place) + pick(['', '.', '=', '\n', 'eyJ', '?', '\ud800', 'A']) + text.slice(place + random.below(3));
      }
      judge(text);
    }
  });

  it('are read as JSON like everybody reads it', () => {
    const random = randomFrom(2);
    const pieces = ['{', '}', '[', ']', ':', ',', '"a"', '"b"', '1', '-0.5e3', 'true', 'null', ' ', '\n', '"\\u0041"', '\\', '0', '"'];
    for (let round = 0; round < 50_000; round++) {
      let text = '{"a":';
      for (let n = random.below(8); n > 0; n--) text += random.pick(pieces);
      text += '}';
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expected = undefined;
      }
      assert.deepEqual(parseObject(text).object, expected, text);
    }
  });

  it('get a report, whatever they are', async () => {
    const random = randomFrom(3);
    const token = unverifiable({ sub: 'ada', exp: 1 });
    const verifiers = (['secret', 'jwk', 'jwks', 'pem'] as const).map(kind => ({
      name: kind,
      key: { kind, text: '{"keys":[{"kty":"oct","k":"AA"}]}' },
    }));
    for (let round = 0; round < 300; round++) {
      const place = random.below(token.length);
      const text =
        round % 2 ? token.slice(0, place) : token.slice(0, place) + String.fromCharCode(random.below(65536)) + token.slice(place + 1);
      const report = await checkToken(text, { now, verifiers });
      assert.equal(report.checks.length, 13);
      assert.ok(report.verifiers.every(({ accepts }) => accepts !== true));
    }
  });
});

describe('hostile texts', function () {
  this.timeout(180_000);
  const header = part({ alg: 'HS256' });
  const shapes: readonly (readonly [string, (size: number) => string])[] = [
    ['nothing but openings', size => 'eyJ'.repeat(size / 3)],
    ['openings and dashes', size => `${'eyJ-'.repeat(size / 4)}.`],
    ['openings and dots', size => 'eyJ.'.repeat(size / 4)],
    ['headers and dots', size => `${header}.`.repeat(size / 21)],
    ['headers and dashes', size => `${header}-`.repeat(size / 21)],
    ['encrypted headers and dots', size => `${part({ alg: 'dir', enc: 'x' })}.`.repeat(size / 40)],
    ['a payload without end', size => `${header}.${'A'.repeat(size)}`],
    ['a signature without end', size => `${header}.e30.${'A'.repeat(size)}`],
    ['strange characters', size => `${header}.${'+'.repeat(1000)} `.repeat(size / 1021)],
    ['deep JSON', size => `${part(`{"alg":${'['.repeat(20_000)}`)}.a.b `.repeat(size / 27_000)],
    ['one large payload', size => `${header}.${part({ a: 'x'.repeat(size / 2) })}.${part('s'.repeat(32))}`],
    ['headers on lines', size => `${header}.\n`.repeat(size / 22)],
    ['comments behind quotes', size => `${header}' //`.repeat(size / 24)],
    ['openings in base64', size => 'ZXlKaGJHY2lPaUpJ'.repeat(size / 16)],
    ['many small tokens', size => `${header}.e30.c2ln `.repeat(size / 30)],
  ];
  for (const [what, make] of shapes) {
    // A cost that grows with the square of the length would take hours here and run into the test's limit.
    it(`are gone through: ${what}`, () => {
      for (const { span } of parseTokens(make(4 * 1024 * 1024))) assert.ok(span.end > span.start);
    });
  }
});
