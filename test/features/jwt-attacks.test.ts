// The classic attacks on verifiers of tokens: each is told in a file that holds such a token, or by the report on it.
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Verifier } from '../../server/src/checks/token-report.ts';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { part, signed, unverifiable } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const claims = {
  iss: 'https://id.example.test/',
  sub: 'ada',
  aud: 'orders',
  scope: 'orders:read',
  iat: now / 1000 - 60,
  exp: now / 1000 + 3600,
};

/** What is said of a token in a script: severity and words by rule. */
function findingsOf(token: string, compose?: string): ReadonlyMap<string, string> {
  const analyzer = new Analyzer(() => now);
  if (compose !== undefined) analyzer.setFile({ id: 'file:///w/compose.yaml', text: compose });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  analyzer.setFile({ id: 'file:///w/call.sh', text: `curl -H "Authorization: Bearer ${token}" https://api.example.test/orders\n` });
  assert.deepEqual(analyzer.faults(), []);
  return new Map(analyzer.result('file:///w/call.sh').findings.map(({ rule, severity, message }) => [rule, `${severity}: ${message}`]));
}

async function refusal(token: string, verifier: Omit<Verifier, 'name'>): Promise<string> {
  const { verifiers } = await checkToken(token, { now, verifiers: [{ name: 'gateway', asked: true, ...verifier }] });
  assert.equal(verifiers[0]?.accepts, false);
  return verifiers[0].why.join(' ');
}

function hs256(payload: unknown, secret: string, header: Record<string, unknown> = {}): string {
  const input = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
const secret = 'kP9-x2Lw_7Qz.4Rt8vYb1NmC6sDf3GhJ0';

describe('classic attacks on tokens', () => {
  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    it(`no signature: alg ${alg}`, async () => {
      const token = `${part({ alg, typ: 'JWT' })}.${part(claims)}.`;
      assert.match(findingsOf(token).get('jwt/alg-none') ?? '', /^error: This token is not signed/);
      assert.match(await refusal(token, { key: { kind: 'pem', text: pem } }), /not signed|`none`/);
    });
  }

  it('key confusion: the public key of RS256 taken for a secret', async () => {
    const token = hs256(claims, pem);
    assert.match(await refusal(token, { key: { kind: 'pem', text: pem } }), /HS256.*no key here/);
    const compose = `services:\n  api:\n    image: example/api:1\n    environment:\n      JWT_PUBLIC_KEY: ${JSON.stringify(pem)}\n`;
    for (const forged of [token, hs256(claims, pem.trim())])
      assert.match(
        findingsOf(forged, compose).get('jwt/weak-secret') ?? '',
        /^error: The secret that signs this token is the public key of `api`, which is no secret \(key confusion\)/,
      );
    assert.equal(findingsOf(hs256(claims, secret), compose).has('jwt/weak-secret'), false);
    const { checks } = await checkToken(token, { now, verifiers: [{ name: 'gateway', asked: true, key: { kind: 'secret', text: pem } }] });
    assert.match(checks.find(({ check }) => check === 'key')?.why ?? '', /PEM key.*key confusion/);
  });

  it('a weak secret', () =>
    assert.match(
      findingsOf(hs256(claims, 'secret')).get('jwt/weak-secret') ?? '',
      /^error: The secret that signs this token is among the first/,
    ));

  it('a published secret', () =>
    assert.match(
      findingsOf(hs256(claims, 'your-256-bit-secret')).get('jwt/weak-secret') ?? '',
      /published: it stands in the old sample of jwt\.io/,
    ));

  it('an empty secret', async () => {
    const token = hs256(claims, '');
    assert.match(findingsOf(token).get('jwt/weak-secret') ?? '', /is empty/);
    assert.match(await refusal(token, { key: { kind: 'secret', text: '' } }), /empty secret/);
  });

  const headers: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['a key id that is a path', { kid: '../../../../dev/null' }, /^warning: `kid` looks like a path/],
    ['a key id that is a file of the system', { kid: '/dev/null' }, /^warning: `kid` looks like a path/],
    ['a key id that is a path when it is decoded', { kid: '..%2F..%2Fetc%2Fpasswd' }, /^warning: `kid` looks like a path/],
    ['a key id that is a path of Windows', { kid: 'C:\\keys\\a.pem' }, /^warning: `kid` looks like a path/],
    ['a key id with SQL', { kid: "x' UNION SELECT 'a" }, /^warning: `kid` looks like SQL/],
    ['a key id with a command', { kid: 'key.pem|whoami' }, /^warning: `kid` looks like a command/],
    ['the address of the keys', { jku: 'https://evil.example.test/jwks.json' }, /^warning: `jku` names the address of the key/],
    ['the address of the keys without TLS', { jku: 'http://evil.example.test/jwks.json' }, /without TLS even/],
    ['the address of a certificate', { x5u: 'https://evil.example.test/cert.pem' }, /^warning: `x5u` names the address/],
    ['an unknown critical extension', { crit: ['exp-policy'], 'exp-policy': 1 }, /^error: `crit` demands an extension/],
    ['an unencoded payload', { b64: false, crit: ['b64'] }, /^error: `b64` is false/],
  ];
  for (const [what, header, expected] of headers) {
    it(what, async () => {
      const token = hs256(claims, secret, header);
      const words = findingsOf(token).get('jwt/dangerous-header') ?? '';
      assert.match(words, expected);
      if (words.startsWith('error')) await refusal(token, { key: { kind: 'secret', text: secret } });
    });
  }

  it('an embedded key', async () => {
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    const token = await signed(claims, { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as never, {
      alg: 'RS256',
      typ: 'JWT',
      jwk,
    });
    assert.match(findingsOf(token).get('jwt/dangerous-header') ?? '', /^warning: `jwk` brings the key along/);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }) as string;
    assert.match(await refusal(token, { key: { kind: 'pem', text: other } }), /does not verify/);
  });

  it('a blank signature of ECDSA (CVE-2022-21449)', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const token = `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`;
    assert.match(await refusal(token, { key: { kind: 'pem', text: ec } }), /does not verify/);
    assert.match(findingsOf(token).get('jwt/malformed') ?? '', /nothing but zeros/);
  });

  it('a signature that was taken away', async () => {
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.`;
    assert.match(findingsOf(token).get('jwt/malformed') ?? '', /there is no signature, so every verifier refuses/);
    await refusal(token, { key: { kind: 'secret', text: secret } });
  });

  it('a changed payload', async () => {
    const [header, , signature] = hs256(claims, secret).split('.');
    await refusal(`${header}.${part({ ...claims, sub: 'root' })}.${signature}`, { key: { kind: 'secret', text: secret } });
  });

  it('replay of an expired token', async () => {
    const token = hs256({ ...claims, iat: now / 1000 - 7200, exp: now / 1000 - 3600 }, secret);
    assert.match(findingsOf(token).get('jwt/expired') ?? '', /^error: .* expired 60 minutes ago/);
    assert.match(await refusal(token, { key: { kind: 'secret', text: secret } }), /expired/);
  });

  it('a token for somebody else (substitution)', async () => {
    const token = hs256({ ...claims, aud: 'billing' }, secret);
    assert.match(await refusal(token, { key: { kind: 'secret', text: secret }, audience: ['orders'] }), /billing|orders/);
    assert.match(await refusal(token, { key: { kind: 'secret', text: secret }, issuer: ['https://other.example.test/'] }), /iss/);
  });

  it('two members of one name, of which readers take different ones', () =>
    assert.match(
      findingsOf(unverifiable('{"sub":"ada","sub":"root","exp":1767229200}')).get('jwt/malformed') ?? '',
      /two members with one name/,
    ));
});
