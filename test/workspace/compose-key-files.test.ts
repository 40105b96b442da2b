// Services and programs whose keys are in files: mounted, granted as secrets or configs, named by a variable. Keys are made here and forgotten.
import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { checkToken, type VerifierAnswer } from '../../server/src/checks/token-report.ts';
import { workspaceVerifiers } from '../../server/src/checks/workspace-verifiers.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { certificateOf } from '../support/certificate.ts';
import { signed } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const claims = { sub: 'ada', exp: now / 1000 + 600 };

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [own, other] = [rsa(), rsa()];
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const token = () => signed(claims, { ...own.privateKey.export({ format: 'jwk' }), alg: 'RS256' } as never, { alg: 'RS256' });
const secret = randomBytes(48).toString('base64');
const hs256 = () => signed(claims, new TextEncoder().encode(secret), { alg: 'HS256' });

/** What the only verifier of a Compose project says; `files` by their paths beside it. */
async function told(given: string, compose: string, files: Readonly<Record<string, string>>): Promise<VerifierAnswer | undefined> {
  const analyzer = new Analyzer(() => now);
  analyzer.setFile({ id: 'file:///shop/compose.yaml', text: compose });
  for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) {
    for (const id of wanted) {
      const text = files[id.slice('file:///shop/'.length)];
      if (text === undefined) analyzer.setAbsent(id);
      else analyzer.setFile({ id, text });
    }
  }
  const verifiers = await workspaceVerifiers(analyzer, given, {
    show: file => file.slice('file:///shop/'.length),
    listFolder: async () => [],
    read: async () => undefined,
  });
  const services = verifiers.filter(({ name }) => name.startsWith('service '));
  return (await checkToken(given, { now, verifiers: services })).verifiers[0];
}

const service = (lines: string, more = '') => `services:\n  api:\n    image: example/api:1\n${lines}${more}`;

describe('a key in a file of a Compose project', () => {
  const places: readonly (readonly [what: string, compose: string, file: string])[] = [
    [
      'on a mounted file',
      service('    environment: { JWT_PUBLIC_KEY_FILE: /etc/keys/jwt.pem }\n    volumes: ["./keys/public.pem:/etc/keys/jwt.pem:ro"]\n'),
      'keys/public.pem',
    ],
    [
      'in a mounted folder',
      service(
        '    environment: ["JWT_PUBLIC_KEY_PATH=/etc/keys/jwt.pem"]\n    volumes:\n      - { type: bind, source: ./keys, target: /etc/keys/ }\n',
      ),
      'keys/jwt.pem',
    ],
    [
      'granted as a secret',
      service(
        '    environment: { JWT_PUBLIC_KEY_FILE: /run/secrets/jwt_public }\n    secrets: [jwt_public]\n',
        'secrets:\n  jwt_public: { file: ./secrets/public.pem }\n',
      ),
      'secrets/public.pem',
    ],
    [
      'granted as a secret under another name',
      service(
        '    environment: { JWT_PUBLIC_KEY: /run/secrets/key }\n    secrets: [{ source: jwt_public, target: key }]\n',
        'secrets:\n  jwt_public: { file: ./secrets/public.pem }\n',
      ),
      'secrets/public.pem',
    ],
    [
      'granted as a config',
      service(
        '    environment: { MP_JWT_VERIFY_PUBLICKEY_LOCATION: "file:///keys/jwt.pem" }\n    configs: [{ source: jwt, target: /keys/jwt.pem }]\n',
        'configs:\n  jwt: { file: ./public.pem }\n',
      ),
      'public.pem',
    ],
  ];
  for (const [what, compose, file] of places) {
    it(what, async () => {
      const accepted = await told(await token(), compose, { [file]: pemOf(own.publicKey) });
      assert.deepEqual(accepted, { name: 'service api', path: 'compose.yaml', accepts: true, why: [] });
      const refused = await told(await token(), compose, { [file]: pemOf(other.publicKey) });
      assert.equal(refused?.accepts, false);
      assert.match(refused.why.join(), /does not verify with this key/);
    });
  }

  const mounted = (variable: string) =>
    service(`    environment: { ${variable}: /etc/keys/key }\n    volumes: ["./key:/etc/keys/key:ro"]\n`);

  it('as a key set, a certificate, or a secret', async () => {
    const jwks = JSON.stringify({ keys: [other, own].map(({ publicKey }) => publicKey.export({ format: 'jwk' })) });
    const certificate = certificateOf(own.publicKey, own.privateKey);
    assert.ok(new X509Certificate(certificate).verify(own.publicKey));
    assert.equal((await told(await token(), mounted('JWKS_FILE'), { key: jwks }))?.accepts, true);
    assert.equal((await told(await token(), mounted('JWT_CERTIFICATE_PATH'), { key: certificate }))?.accepts, true);
    assert.equal((await told(await token(), mounted('GF_AUTH_JWT_KEY_FILE'), { key: pemOf(own.publicKey) }))?.accepts, true);
    assert.equal((await told(await hs256(), mounted('JWT_SECRET_FILE'), { key: `${secret}\n` }))?.accepts, true);
    assert.equal((await told(await hs256(), mounted('JWT_PUBLIC_KEY_FILE'), { key: pemOf(own.publicKey) }))?.accepts, false);
  });

  it('is not asked for what it cannot answer', async () => {
    const absent = await told(await token(), mounted('JWT_PUBLIC_KEY_FILE'), {});
    assert.deepEqual([absent?.accepts, absent?.why], [null, ['Its key is in a file that is not here.']]);
    const nonsense = await told(await token(), mounted('JWT_PUBLIC_KEY_FILE'), { key: 'to be replaced' });
    assert.equal(nonsense?.accepts, null);
    const unmounted = service('    environment: { JWT_PUBLIC_KEY_FILE: /etc/keys/jwt.pem }\n');
    assert.equal(await told(await token(), unmounted, { 'etc/keys/jwt.pem': pemOf(own.publicKey) }), undefined);
    const otherwise = service('    environment: { TLS_CERT_FILE: /etc/keys/key }\n    volumes: ["./key:/etc/keys/key"]\n');
    assert.equal(await told(await token(), otherwise, { key: pemOf(own.publicKey) }), undefined);
  });

  it('written into the variable, in lines, with \\n, or in base64', async () => {
    const pem = pemOf(own.publicKey);
    for (const value of [JSON.stringify(pem), JSON.stringify(pem.replaceAll('\n', '\\n')), Buffer.from(pem).toString('base64')]) {
      const compose = service(`    environment:\n      JWT_PUBLIC_KEY: ${value}\n`);
      assert.equal((await told(await token(), compose, {}))?.accepts, true, value.slice(0, 30));
    }
  });

  it('named by an environment file, beside it', async () => {
    const analyzer = new Analyzer(() => now);
    analyzer.setFile({ id: 'file:///shop/.env', text: 'JWT_PUBLIC_KEY_PATH=./keys/public.pem\nJWT_PRIVATE_KEY_PATH=./keys/private.pem\n' });
    for (const id of analyzer.wanted()) {
      if (id === 'file:///shop/keys/public.pem') analyzer.setFile({ id, text: pemOf(own.publicKey) });
      else analyzer.setAbsent(id);
    }
    const source = { show: (file: string) => file.slice('file:///shop/'.length), listFolder: async () => [], read: async () => undefined };
    const { verifiers } = await checkToken(await token(), { now, verifiers: await workspaceVerifiers(analyzer, await token(), source) });
    assert.deepEqual(verifiers[0], { name: 'program of .env', path: '.env', accepts: true, why: [] });
  });

  it('is read again when it changes', async () => {
    const analyzer = new Analyzer(() => now);
    analyzer.setFile({ id: 'file:///shop/compose.yaml', text: mounted('JWT_PUBLIC_KEY_FILE') });
    const accepts = async () => {
      for (const id of analyzer.wanted()) analyzer.setAbsent(id);
      const source = { show: (file: string) => file, listFolder: async () => [], read: async () => undefined };
      return (await checkToken(await token(), { now, verifiers: await workspaceVerifiers(analyzer, await token(), source) })).verifiers[0]
        ?.accepts;
    };
    assert.equal(await accepts(), null);
    analyzer.setFile({ id: 'file:///shop/key', text: pemOf(own.publicKey) });
    assert.equal(await accepts(), true);
    analyzer.setFile({ id: 'file:///shop/key', text: pemOf(other.publicKey) });
    assert.equal(await accepts(), false);
  });

  it('decides about findings, as of its last version', async () => {
    const analyzer = new Analyzer(() => now);
    const compose = mounted('JWT_PUBLIC_KEY_FILE').replace('    environment', '    ports: ["8080:80"]\n    environment');
    analyzer.setFile({ id: 'file:///shop/compose.yaml', text: compose });
    analyzer.setFile({
      id: 'file:///shop/call.sh',
      text: `curl -H "Authorization: Bearer ${await token()}" http://localhost:8080/orders\n`,
    });
    const isTold = () => {
      for (const id of analyzer.wanted()) analyzer.setAbsent(id);
      return analyzer.result('file:///shop/call.sh').findings.some(({ rule }) => rule === 'jwt/signature-mismatch');
    };
    assert.equal(isTold(), false);
    for (const [text, expected] of [
      [pemOf(other.publicKey), true],
      [pemOf(own.publicKey), false],
      [`${pemOf(other.publicKey)}${pemOf(own.publicKey)}`, false],
      ['to be replaced', false],
      [certificateOf(other.publicKey, other.privateKey), true],
    ] as const) {
      analyzer.setFile({ id: 'file:///shop/key', text });
      assert.equal(isTold(), expected, text.slice(0, 40));
    }
    analyzer.setText('file:///shop/compose.yaml', compose.replace('/etc/keys/key }', '/etc/keys/other }'));
    assert.equal(isTold(), false);
  });
});
