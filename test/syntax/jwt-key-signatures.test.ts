// Signatures by key pairs as rules check them, against those that node makes; and keys in every form that people keep them in.
import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isSignedByKey, type KeySigned, keySigned } from '../../server/src/core/jwt/key-signature.ts';
import { parseTokens } from '../../server/src/core/jwt/parser.ts';
import { type PublicKey, publicKeysIn } from '../../server/src/core/jwt/public-key.ts';
import { certificateOf } from '../support/certificate.ts';
import { part } from '../support/tokens.ts';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const rsa = (bits: number): Pair => generateKeyPairSync('rsa', { modulusLength: bits });
const ec = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve });

function signature(alg: string, { privateKey }: Pair, input: string): Buffer {
  const padding = alg.startsWith('P') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const how = alg.startsWith('E') ? ({ dsaEncoding: 'ieee-p1363' } as const) : { padding, saltLength: Number(alg.slice(2)) / 8 };
  return sign(`sha${alg.slice(2)}`, Buffer.from(input), { key: privateKey, ...how });
}

function tokenOf(alg: string, pair: Pair, header: object = {}): string {
  const input = `${part({ alg, ...header })}.${part({ sub: 'ada' })}`;
  return `${input}.${signature(alg, pair, input).toString('base64url')}`;
}

function signedOf(token: string): KeySigned {
  const [parsed] = parseTokens(token);
  const signed = parsed && keySigned(token, parsed);
  assert.ok(signed);
  return signed;
}

const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });
const keyIn = (text: string) => publicKeysIn(text)?.[0] as PublicKey;

describe('signatures by key pairs', () => {
  // 2049 bits: a size at which the two paddings of RSA differ in length.
  const pairs = { R: rsa(2048), P: rsa(2048), odd: rsa(2049), ES256: ec('P-256'), ES384: ec('P-384') };
  const cases: readonly (readonly [string, Pair])[] = [
    ...['RS256', 'RS384', 'RS512'].map(alg => [alg, pairs.R] as const),
    ...['PS256', 'PS384', 'PS512'].map(alg => [alg, pairs.P] as const),
    ...['RS256', 'PS256', 'PS512'].map(alg => [alg, pairs.odd] as const),
    ['ES256', pairs.ES256],
    ['ES384', pairs.ES384],
  ];
  for (const [alg, pair] of cases) {
    const size = pair.publicKey.asymmetricKeyDetails?.modulusLength ?? '';
    it(`${alg} ${size}: those of the key, and no others`, () => {
      const key = keyIn(pemOf(pair.publicKey));
      for (let i = 0; i < 4; i++) assert.equal(isSignedByKey(signedOf(tokenOf(alg, pair, { i })), key), true);
      const token = tokenOf(alg, pair);
      const [header, , last = ''] = token.split('.');
      assert.equal(isSignedByKey(signedOf(`${header}.${part({ sub: 'root' })}.${last}`), key), false);
      const bytes = Buffer.from(last, 'base64url');
      for (const at of [0, 10, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 4;
        assert.equal(isSignedByKey(signedOf(token.replace(last, changed.toString('base64url'))), key), false, `byte ${at}`);
      }
      const other = alg.startsWith('ES') ? ec(`P-${alg.slice(2)}`) : rsa(1024);
      assert.equal(isSignedByKey(signedOf(token), keyIn(pemOf(other.publicKey))), false);
    });
  }

  it('of one padding are none of the other', () => {
    const key = keyIn(pemOf(pairs.R.publicKey));
    const input = `${part({ alg: 'PS256' })}.${part({ sub: 'ada' })}`;
    assert.equal(isSignedByKey(signedOf(`${input}.${signature('RS256', pairs.R, input).toString('base64url')}`), key), false);
  });

  it('that are nothing but zeros are none', () => {
    const token = `${part({ alg: 'ES256' })}.${part({ sub: 'ada' })}.${Buffer.alloc(64).toString('base64url')}`;
    assert.equal(isSignedByKey(signedOf(token), keyIn(pemOf(pairs.ES256.publicKey))), false);
  });

  it('are not asked of a key that is for something else', () => {
    const text = (more: object) => JSON.stringify({ ...jwkOf(pairs.ES256.publicKey), ...more });
    const signed = signedOf(tokenOf('ES256', pairs.ES256, { kid: 'new' }));
    for (const [more, answer] of [
      [{}, true],
      [{ kid: 'new', alg: 'ES256' }, true],
      [{ kid: 'old' }, false],
      [{ alg: 'ES384' }, false],
    ] as const)
      assert.equal(isSignedByKey(signed, keyIn(text(more))), answer, JSON.stringify(more));
    assert.equal(isSignedByKey(signed, keyIn(pemOf(pairs.R.publicKey))), false);
  });
});

describe('public keys', () => {
  const pair = rsa(2048);
  const curve = ec('P-256');
  const forms: readonly (readonly [string, string])[] = [
    ['SPKI', pemOf(pair.publicKey)],
    ['PKCS#1', pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['certificate', certificateOf(pair.publicKey, pair.privateKey)],
    ['JWK', JSON.stringify(jwkOf(pair.publicKey))],
    ['key set', JSON.stringify({ keys: [{ kty: 'oct', k: 'AA', use: 'enc' }, jwkOf(pair.publicKey)] })],
  ];
  for (const [form, text] of forms) it(form, () => assert.equal(isSignedByKey(signedOf(tokenOf('RS256', pair)), keyIn(text)), true));

  it('are all read, or none where one cannot be', () => {
    const ed = generateKeyPairSync('ed25519').publicKey;
    assert.equal(publicKeysIn(pemOf(pair.publicKey) + pemOf(curve.publicKey))?.length, 2);
    const keys = (...all: readonly KeyObject[]) => JSON.stringify({ keys: all.map(jwkOf) });
    assert.equal(publicKeysIn(keys(pair.publicKey, curve.publicKey))?.length, 2);
    for (const text of [
      pemOf(ed),
      keys(pair.publicKey, ed),
      pemOf(pair.publicKey) + pemOf(ed),
      JSON.stringify({ ...jwkOf(pair.publicKey), n: part('n'.repeat(4096)) }),
      JSON.stringify({ ...jwkOf(pair.publicKey), e: part('e'.repeat(64)) }),
      '{"keys":[]}',
      '{"kty":"RSA"}',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      `-----BEGIN CERTIFICATE-----\n${Buffer.from('3080', 'hex').toString('base64')}\n-----END CERTIFICATE-----`,
      'a shared secret',
      pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ])
      assert.equal(publicKeysIn(text), undefined, text.slice(0, 60));
  });

  it('that are cut anywhere are not read', () => {
    const der = createPublicKey(pemOf(curve.publicKey)).export({ type: 'spki', format: 'der' });
    for (let length = 0; length < der.length; length++) {
      const pem = `-----BEGIN PUBLIC KEY-----\n${der.subarray(0, length).toString('base64')}\n-----END PUBLIC KEY-----\n`;
      assert.equal(publicKeysIn(pem), undefined);
    }
  });
});
