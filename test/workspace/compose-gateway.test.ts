// The three modes of a gateway behind Compose, as people set them up: quiet where they are right, exact where they are wrong.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const root = 'file:///work/';
const secret = 'Zk8vQ2xw0PfR7uTn5sLmYb3dHc6eGj1aWq9o';

function analyzerOf(texts: Readonly<Record<string, string>>): Analyzer {
  const analyzer = new Analyzer(() => Date.parse('2026-01-01T00:00:00Z'));
  for (const [name, text] of Object.entries(texts)) analyzer.setFile({ id: root + name, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer;
}

/** `file: rule «text»` for every finding. */
function findingsIn(texts: Readonly<Record<string, string>>): readonly string[] {
  const analyzer = analyzerOf(texts);
  assert.deepEqual(analyzer.faults(), []);
  return Object.keys(texts).flatMap(name =>
    analyzer.result(root + name).findings.map(({ rule, span }) => `${name}: ${rule} «${texts[name]?.slice(span.start, span.end)}»`),
  );
}

const gateway = (...entries: readonly string[]) =>
  `services:\n  gateway:\n    image: example/gateway:1\n    environment:\n${entries.map(entry => `      ${entry}\n`).join('')}`;

const development = gateway('DEVELOPMENT_AUTH_ENABLED: "true"');
const shared = gateway('JWT_SECRET: ${JWT_SECRET:?}');
const auth0 = gateway(
  'JWKS_URI: https://tenant.us.auth0.com/.well-known/jwks.json',
  'JWT_ISSUER: https://tenant.us.auth0.com/',
  'JWT_AUDIENCE: https://api.example.com',
);
const keycloak = gateway(
  'JWKS_URI: https://id.example.com/realms/app/protocol/openid-connect/certs',
  'JWT_ISSUER: https://id.example.com/realms/app',
  'JWT_AUDIENCE: app',
);
const combined = auth0.replace('environment:\n', 'environment:\n      DEVELOPMENT_AUTH_ENABLED: "true"\n');

describe('modes of a gateway', () => {
  const right: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    development: { 'docker-compose.yml': development },
    'HS256 with a shared secret': { 'docker-compose.yml': shared, '.env': `JWT_SECRET=${secret}\n` },
    'RS256 with Auth0': { 'docker-compose.yml': auth0 },
    Keycloak: { 'docker-compose.yml': keycloak },
    'development and JWKS together, locally': { 'docker-compose.yml': combined },
  };
  for (const [name, texts] of Object.entries(right)) {
    it(`${name}: nothing is said`, () => assert.deepEqual(findingsIn(texts), []));
  }

  const wrong: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    [
      'development in production',
      { 'docker-compose.prod.yml': development },
      ['docker-compose.prod.yml: compose/dev-auth-in-production «"true"»'],
    ],
    [
      'development and JWKS in production',
      { 'docker-compose.prod.yml': combined },
      ['docker-compose.prod.yml: compose/dev-auth-in-production «"true"»'],
    ],
    [
      'secret and JWKS',
      { 'docker-compose.yml': auth0.replace('environment:\n', 'environment:\n      JWT_SECRET: ${JWT_SECRET:?}\n') },
      ['docker-compose.yml: compose/jwt-secret-and-jwks-uri «JWKS_URI»'],
    ],
    [
      'Auth0 in another region',
      { 'docker-compose.yml': auth0.replace('JWKS_URI: https://tenant.us.', 'JWKS_URI: https://tenant.') },
      ['docker-compose.yml: compose/jwks-issuer-mismatch «https://tenant.us.auth0.com/»'],
    ],
    [
      'Auth0 without the slash',
      { 'docker-compose.yml': auth0.replace('auth0.com/\n', 'auth0.com\n') },
      ['docker-compose.yml: compose/issuer-format «https://tenant.us.auth0.com»'],
    ],
    [
      'Keycloak with a slash',
      { 'docker-compose.yml': keycloak.replace('realms/app\n', 'realms/app/\n') },
      ['docker-compose.yml: compose/issuer-format «https://id.example.com/realms/app/»'],
    ],
    [
      'another secret in another service',
      {
        'docker-compose.yml': `${gateway('JWT_SECRET: ${JWT_SECRET:?}')}${gateway('JWT_SECRET: ${OLD_SECRET:?}').replace('services:\n', '').replace('gateway:', 'users:')}`,
        '.env': `JWT_SECRET=${secret}\nOLD_SECRET=${[...secret].reverse().join('')}\n`,
      },
      ['docker-compose.yml: compose/secret-mismatch «${OLD_SECRET:?}»'],
    ],
    [
      'HS256 asked for, and public keys alone',
      { 'docker-compose.yml': auth0.replace('environment:\n', 'environment:\n      JWT_ALGORITHM: HS256\n') },
      ['docker-compose.yml: compose/algorithm-mismatch «HS256»'],
    ],
    [
      'keys of another realm',
      { 'docker-compose.yml': keycloak.replace('realms/app/protocol', 'realms/master/protocol') },
      ['docker-compose.yml: compose/jwks-issuer-mismatch «https://id.example.com/realms/app»'],
    ],
    [
      'keys without issuer and audience',
      { 'docker-compose.yml': gateway('JWKS_URI: https://tenant.us.auth0.com/.well-known/jwks.json') },
      ['docker-compose.yml: compose/missing-issuer-audience «JWKS_URI»'],
    ],
    [
      'no mode at all',
      { 'docker-compose.yml': gateway('DEVELOPMENT_AUTH_ENABLED: "false"') },
      ['docker-compose.yml: compose/no-auth-mode «environment»'],
    ],
    [
      'a mistyped issuer',
      { 'docker-compose.yml': auth0.replace('JWT_ISSUER:', 'JWT_ISSUR:') },
      ['docker-compose.yml: compose/missing-issuer-audience «JWKS_URI»', 'docker-compose.yml: compose/unknown-env «JWT_ISSUR»'],
    ],
    ['a short secret', { 'docker-compose.yml': shared, '.env': 'JWT_SECRET=gatewayXq7\n' }, ['.env: dotenv/weak-secret «gatewayXq7»']],
  ];
  for (const [name, texts, findings] of wrong) it(name, () => assert.deepEqual(findingsIn(texts), findings));

  it('hovers say what a variable is and where its value comes from, and never the secret', () => {
    const texts = { 'docker-compose.yml': shared, '.env': `JWT_SECRET=${secret}\n` };
    const analyzer = analyzerOf(texts);
    const [hover] = analyzer.hovers(`${root}docker-compose.yml`, shared.indexOf('JWT_SECRET') + 2);
    assert.equal(hover && shared.slice(hover.span.start, hover.span.end), 'JWT_SECRET');
    assert.match(hover?.markdown ?? '', /signs and checks tokens/);
    assert.match(hover?.markdown ?? '', /from `JWT_SECRET` in `\.env`, line 1/);
    const [inDotenv] = analyzer.hovers(`${root}.env`, 3);
    assert.match(inDotenv?.markdown ?? '', /signs and checks tokens/);
    for (const { markdown } of [hover, inDotenv].flatMap(found => found ?? [])) assert.ok(!markdown.includes(secret));
  });

  it('no message holds a secret', () => {
    const literal = (value: string) => gateway(`JWT_SECRET: ${value}`).replace('gateway:\n', 'other:\n');
    const texts = {
      'docker-compose.yml': `${gateway(`JWT_SECRET: ${secret}`)}${literal('pW4nXr9cVb6mKt2yJd7hLs0qFg3zRa5e').replace('services:\n', '')}`,
    };
    const { findings } = analyzerOf(texts).result(`${root}docker-compose.yml`);
    assert.ok(findings.some(finding => finding.rule === 'compose/secret-mismatch'));
    for (const { message, related, fixes } of findings) {
      const said = [message, ...related.map(place => place.message), ...fixes.map(fix => fix.title)].join('\n');
      assert.ok(!said.includes(secret) && !said.includes('pW4nXr9c'), said);
    }
  });
});
