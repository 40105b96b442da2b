// Would a verifier accept the token, and if not, does the report say what a person needs to know? Keys are made here and forgotten.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createAccount, createUser } from '@nats-io/nkeys';
import { base64url, exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { renderReport } from '../../server/src/checks/render-report.ts';
import { type CheckOptions, checkNames, checkToken, type TokenReport, type Verifier } from '../../server/src/checks/token-report.ts';
import { firstDifference } from '../../server/src/core/jwt/first-difference.ts';
import { secretOfFile } from '../../server/src/core/jwt/key-text.ts';
import { part, signed } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const at = now / 1000;
const claims = { iss: 'https://id.example.test/', sub: 'ada', aud: 'api', iat: at - 60, exp: at + 600, scope: 'a' };
const secret = 'a secret of the team that is long enough';
const bytes = new TextEncoder().encode(secret);
const hs = { alg: 'HS256', typ: 'JWT' };

const bySecret = (text: string, more: Partial<Verifier> = {}): Verifier => ({
  name: 'gateway',
  path: 'compose.yaml',
  key: { kind: 'secret', text },
  ...more,
});
const report = (token: string, verifiers: readonly Verifier[] = [], more: Partial<CheckOptions> = {}) =>
  checkToken(token, { now, verifiers, ...more });
const outcome = (of: TokenReport, name: string) => of.checks.find(({ check }) => check === name)?.outcome;
const why = (of: TokenReport, name: string) => of.checks.find(({ check }) => check === name)?.why ?? '';
const accepts = (of: TokenReport) => of.verifiers[0]?.accepts;
const reasons = (of: TokenReport) => of.verifiers[0]?.why.join(' ') ?? '';

describe('token report', () => {
  it('has every check once, in order, and decodes header and claims', async () => {
    const token = await signed(claims, bytes, hs);
    const made = await report(token, [bySecret(secret)]);
    assert.deepEqual(
      made.checks.map(({ check }) => check),
      [...checkNames],
    );
    assert.deepEqual(made.header, hs);
    assert.deepEqual(made.claims, claims);
    assert.deepEqual(made.verifiers, [{ name: 'gateway', path: 'compose.yaml', accepts: true, why: [] }]);
    assert.deepEqual(
      made.checks.filter(each => each.outcome !== 'pass').map(({ check }) => check),
      ['issuer', 'audience'],
    );
  });

  describe('accepts what libraries accept', () => {
    const variants: readonly (readonly [string, Record<string, unknown>])[] = [
      ['expired within the tolerance', { ...claims, exp: at - 59 }],
      ['not valid within the tolerance', { ...claims, nbf: at + 60 }],
      ['issued in the future', { ...claims, iat: at + 3600 }],
      ['without expiry', { sub: 'ada' }],
      ['without subject', { exp: at + 600 }],
      ['with an expiry in milliseconds', { ...claims, exp: now + 600_000 }],
      ['with a claim written twice', claims],
    ];
    for (const [what, payload] of variants) {
      it(what, async () => {
        const json = what.includes('twice') ? `${JSON.stringify(payload).slice(0, -1)},"sub":"ada"}` : payload;
        const made = await report(await signed(json, bytes, hs), [bySecret(secret)]);
        assert.equal(accepts(made), true, reasons(made));
      });
    }

    it('padding behind the signature, though the form is wrong', async () => {
      const made = await report(`${await signed(claims, bytes, hs)}=`, [bySecret(secret)]);
      assert.equal(accepts(made), true);
      assert.equal(outcome(made, 'structure'), 'fail');
    });

    it('a short secret, and says that it is short', async () => {
      const made = await report(await signed(claims, new TextEncoder().encode('secret'), hs), [bySecret('secret')]);
      assert.equal(accepts(made), true);
      assert.equal(outcome(made, 'key'), 'fail');
      assert.match(reasons(made), /6 bytes, and HS256 needs 32/);
    });
  });

  describe('refuses, and says why', () => {
    const cases: readonly (readonly [string, unknown, RegExp, Partial<Verifier>?])[] = [
      ['an expired token', { ...claims, exp: at - 60 }, /expired 60 seconds ago/],
      ['one that is not yet valid', { ...claims, nbf: at + 61 }, /becomes valid in 61 seconds/],
      ['an expiry that is no number', { ...claims, exp: '2026-01-01' }, /`exp` is no number/],
      [
        'another issuer',
        claims,
        /https:\/\/id\.example\.test\/".*the token has a slash at the end that is not expected/,
        { issuer: ['https://id.example.test'] },
      ],
      ['another audience', claims, /audience of the token is "api", and "web" or "cli" is expected/, { audience: ['web', 'cli'] }],
      ['no issuer', { exp: at + 60 }, /names no issuer/, { issuer: ['x'] }],
      ['a missing subject, where one is required', { exp: at + 60 }, /no `sub`, which this verifier requires/, { requiredClaims: ['sub'] }],
      ['an algorithm that is not allowed', claims, /signed with HS256, and only RS256 is accepted/, { algorithms: ['RS256'] }],
      ['a payload that is no claims object', 'hello', /no claims object, so this is no JWT/],
    ];
    for (const [what, payload, words, more] of cases) {
      it(what, async () => {
        const made = await report(await signed(payload, bytes, hs), [bySecret(secret, more)]);
        assert.equal(accepts(made), false);
        assert.match(reasons(made), words);
        assert.equal(outcome(made, 'signature'), 'pass');
      });
    }

    it('nothing but the tolerance that was asked for', async () => {
      const token = await signed({ ...claims, exp: at - 30 }, bytes, hs);
      assert.equal(accepts(await report(token, [bySecret(secret)], { leeway: 0 })), false);
      assert.equal(accepts(await report(token, [bySecret(secret)], { leeway: 30 })), false);
      assert.equal(accepts(await report(token, [bySecret(secret)], { leeway: 31 })), true);
    });
  });

  describe('knows the classic attacks', () => {
    it('none', async () => {
      for (const alg of ['none', 'NONE', 'nOnE']) {
        const made = await report(`${part({ alg })}.${part(claims)}.`, [bySecret(secret)]);
        assert.equal(accepts(made), false);
        assert.match(why(made, 'algorithm'), /`alg` is `none`/);
        assert.equal(outcome(made, 'signature'), 'fail');
      }
    });

    it('an empty secret', async () => {
      const made = await report(await signed(claims, bytes, hs), [bySecret('')]);
      assert.equal(accepts(made), false);
      assert.match(reasons(made), /empty secret verifies nothing/);
    });

    it('a public key used as a secret', async () => {
      const { publicKey } = await generateKeyPair('RS256', { extractable: true });
      const pem = await exportSPKI(publicKey);
      const forged = await signed(claims, new TextEncoder().encode(pem), hs);
      const asKey = await report(forged, [{ name: 'api', key: { kind: 'pem', text: pem } }]);
      assert.equal(accepts(asKey), false);
      assert.match(why(asKey, 'algorithm'), /signed with HS256, for which there is no key here/);
      const asSecret = await report(forged, [bySecret(pem)]);
      assert.match(why(asSecret, 'key'), /key confusion/);
    });

    it('a key in the header', async () => {
      const attacker = await generateKeyPair('ES256', { extractable: true });
      const own = await generateKeyPair('ES256', { extractable: true });
      const token = await signed(claims, attacker.privateKey, { alg: 'ES256', jwk: await exportJWK(attacker.publicKey) });
      const made = await report(token, [{ name: 'api', key: { kind: 'jwk', text: JSON.stringify(await exportJWK(own.publicKey)) } }]);
      assert.equal(accepts(made), false);
      assert.match(why(made, 'header'), /brings the key along/);
    });

    it('a header that demands what nobody knows, and one that takes the payload as it is', async () => {
      const unknown = [part({ alg: 'HS256', crit: ['x'], x: 1 }), part(claims)].join('.');
      const first = await report(`${unknown}.${createHmac('sha256', secret).update(unknown).digest('base64url')}`, [bySecret(secret)]);
      assert.equal(accepts(first), false);
      assert.equal(outcome(first, 'signature'), 'pass');
      assert.match(reasons(first), /`crit` demands an extension/);
      const header = part({ alg: 'HS256', typ: 'JWT', b64: false, crit: ['b64'] });
      const raw = `${header}.${part(claims)}`;
      const second = await report(`${raw}.${createHmac('sha256', secret).update(raw).digest('base64url')}`, [bySecret(secret)]);
      assert.equal(accepts(second), false);
      assert.match(reasons(second), /`b64` is false/);
    });

    it('a signature that was changed, cut or taken away', async () => {
      const [header, payload, signature = ''] = (await signed(claims, bytes, hs)).split('.');
      const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
      for (const wrong of [flipped, signature.slice(0, -4), '']) {
        const made = await report(`${header}.${payload}.${wrong}`, [bySecret(secret)]);
        assert.equal(accepts(made), false);
        assert.equal(outcome(made, 'signature'), 'fail');
      }
      assert.match(why(await report(`${header}.${payload}.${signature.slice(0, -4)}`), 'structure'), /29 bytes where HS256 has 32/);
    });
  });

  describe('names what goes wrong with secrets', () => {
    const raw = Buffer.from(Array.from({ length: 48 }, (_, i) => (i * 37 + 11) & 255));
    const readings: readonly (readonly [string, string, RegExp])[] = [
      ['base64', raw.toString('base64'), /decoded from base64/],
      ['base64url', raw.toString('base64url'), /decoded from base64/],
      ['hexadecimal', raw.toString('hex'), /decoded from hexadecimal/],
    ];
    for (const [what, text, words] of readings) {
      it(`that are ${what}`, async () => {
        const decoded = await report(await signed(claims, raw, hs), [bySecret(text)]);
        assert.equal(accepts(decoded), false);
        assert.match(reasons(decoded), words);
        assert.ok(!JSON.stringify(decoded).includes(text));
        const asText = await report(await signed(claims, new TextEncoder().encode(text), hs), [bySecret(text)]);
        assert.equal(accepts(asText), true);
      });
    }

    it('with a line break or quotes around them', async () => {
      const token = await signed(claims, bytes, hs);
      assert.match(reasons(await report(token, [bySecret(`${secret}\n`)])), /without the white space around it/);
      assert.match(reasons(await report(token, [bySecret(`"${secret}"`)])), /without its quotes/);
      assert.equal(accepts(await report(token, [bySecret(secretOfFile(`${secret}\n`))])), true);
      assert.equal(accepts(await report(token, [bySecret(secretOfFile(`${secret}\n\n`))])), false);
    });

    it('of another kind than the algorithm', async () => {
      const { privateKey } = await generateKeyPair('ES256');
      const made = await report(await signed(claims, privateKey, { alg: 'ES256' }), [bySecret(secret)]);
      assert.equal(accepts(made), false);
      assert.match(reasons(made), /signed with ES256 and a key pair; this verifier holds a secret/);
    });
  });

  describe('verifies with', () => {
    for (const alg of ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']) {
      it(`${alg} by JWK, key set and PEM`, async () => {
        const pair = await generateKeyPair(alg, { extractable: true });
        const other = await generateKeyPair(alg, { extractable: true });
        const token = await signed(claims, pair.privateKey, { alg, kid: 'one' });
        const jwk = await exportJWK(pair.publicKey);
        const texts = {
          jwk: JSON.stringify(jwk),
          jwks: JSON.stringify({
            keys: [
              { ...(await exportJWK(other.publicKey)), kid: 'two' },
              { ...jwk, kid: 'one', use: 'sig', alg },
            ],
          }),
          pem: await exportSPKI(pair.publicKey),
        };
        for (const [kind, text] of Object.entries(texts) as ['jwk' | 'jwks' | 'pem', string][]) {
          const made = await report(token, [{ name: 'api', key: { kind, text } }]);
          assert.equal(accepts(made), true, `${kind}: ${reasons(made)}`);
        }
        const wrong = await report(token, [{ name: 'api', key: { kind: 'pem', text: await exportSPKI(other.publicKey) } }]);
        assert.equal(accepts(wrong), false);
        assert.match(reasons(wrong), /does not verify with this key/);
      });
    }

    it('a PKCS#1 public key, and a private key though a public one would do', async () => {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const input = [part({ alg: 'RS256' }), part(claims)].join('.');
      const token = `${input}.${signBytes('sha256', Buffer.from(input), pair.privateKey).toString('base64url')}`;
      const pkcs1 = pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
      assert.equal(accepts(await report(token, [{ name: 'api', key: { kind: 'pem', text: pkcs1 } }])), true);
      const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const made = await report(token, [{ name: 'api', key: { kind: 'pem', text: pkcs8 } }]);
      assert.equal(accepts(made), true);
      assert.match(why(made, 'key'), /private key; a verifier needs its public part only/);
    });

    it('a key set whose keys have no names, trying each that fits', async () => {
      const pairs = await Promise.all([1, 2, 3].map(() => generateKeyPair('ES256', { extractable: true })));
      const keys = await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)));
      const last = pairs[2]?.privateKey as CryptoKey;
      const token = await signed(claims, last, { alg: 'ES256' });
      const text = JSON.stringify({ keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }, ...keys] });
      assert.equal(accepts(await report(token, [{ name: 'api', key: { kind: 'jwks', text } }])), true);
    });

    it('no key of another name, use or algorithm', async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      const token = await signed(claims, privateKey, { alg: 'ES256', kid: 'new' });
      const answers: readonly (readonly [Record<string, unknown>, RegExp])[] = [
        [{ ...jwk, kid: 'old' }, /No key of the set has the name/],
        [{ ...jwk, kid: 'new', use: 'enc' }, /not for signatures/],
        [{ ...jwk, kid: 'new', alg: 'ES384' }, /for ES384 only/],
        [{ kty: 'oct', k: 'AQAB' }, /a key of type oct/],
      ];
      for (const [key, words] of answers) {
        const made = await report(token, [{ name: 'api', key: { kind: 'jwks', text: JSON.stringify({ keys: [key] }) } }]);
        assert.equal(accepts(made), false);
        assert.match(reasons(made), words);
      }
    });

    it('nothing where the key cannot be read, and says so', async () => {
      const token = await signed(claims, (await generateKeyPair('ES256')).privateKey, { alg: 'ES256' });
      const texts: readonly (readonly ['jwk' | 'jwks' | 'pem', string, RegExp])[] = [
        ['jwks', 'no json', /no JSON/],
        ['jwks', '{"keys":[]}', /key set is empty/],
        ['jwk', '{}', /no `kty`/],
        ['pem', 'MIIB', /no PEM/],
        ['pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /cannot be read here/],
      ];
      for (const [kind, text, words] of texts) {
        const made = await report(token, [{ name: 'api', key: { kind, text } }]);
        assert.equal(accepts(made), null);
        assert.match(reasons(made), words);
      }
    });
  });

  describe('holds a token to what it calls itself', () => {
    const typed = async (typ: string, given: object) => report(await signed(given, bytes, { ...hs, typ }));

    it('an access token without issuer and audience is refused by its verifiers', async () => {
      const made = await typed('at+jwt', { sub: 'ada', exp: at + 600, client_id: 'cli', iat: at, jti: '1' });
      assert.equal(outcome(made, 'claims'), 'fail');
      assert.match(
        why(made, 'claims'),
        /says that it is an access token \(`typ`\) and lacks `iss`, `aud`, which RFC 9068 §2\.2 asks of it, so its verifiers must refuse it/,
      );
    });

    it('one without the claims that nobody looks at is not', async () => {
      const made = await typed('application/at+jwt', claims);
      assert.equal(outcome(made, 'claims'), 'pass');
      assert.match(why(made, 'claims'), /lacks `client_id`, `jti`, which RFC 9068 §2\.2 asks of it; few verifiers look/);
    });

    it('a proof names what it proves', async () => {
      assert.match(
        why(await typed('dpop+jwt', { jti: '1', htm: 'GET', iat: at }), 'claims'),
        /is a DPoP proof \(`typ`\) and lacks `htu`, which RFC 9449 §4\.2 asks of it/,
      );
    });
  });

  it('tells a refresh token, and one that is bound to a key', async () => {
    assert.match(
      why(await report(await signed({ ...claims, typ: 'Refresh' }, bytes, hs)), 'claims'),
      /refresh token, .* Send the access token/,
    );
    const bound = await report(await signed({ ...claims, cnf: { jkt: 'x' } }, bytes, hs));
    assert.equal(outcome(bound, 'claims'), 'pass');
    assert.match(why(bound, 'claims'), /bound to a key/);
  });

  it('leads to the token inside of another', async () => {
    const made = await report(await signed(await signed(claims, bytes, hs), bytes, { ...hs, cty: 'JWT' }), [
      bySecret(secret, { issuer: ['x'] }),
    ]);
    assert.equal(accepts(made), false);
    assert.deepEqual(made.verifiers[0]?.why, [
      'The content is another token (RFC 7519 §5.2), which has the claims.',
      'Most verifiers do not open it: take it out, and check it by itself.',
    ]);
    assert.equal(outcome(made, 'signature'), 'pass');
    assert.equal(outcome(made, 'expiry'), 'unknown');
  });

  it('says what a newer specification calls an algorithm', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    assert.match(why(await report(await signed(claims, privateKey, { alg: 'EdDSA' })), 'algorithm'), /RFC 9864 replaces it/);
  });

  it('tells a lifetime in place of an expiry', async () => {
    const made = await report(await signed({ sub: 'ada', exp: 3600 }, bytes, hs));
    assert.match(why(made, 'expiry'), /^The token expired 56 years ago .* `exp` seems to say how long the token lasts/);
  });

  describe('knows what cannot be known', () => {
    it('without a verifier', async () => {
      const made = await report(await signed(claims, bytes, hs));
      for (const check of ['key', 'signature', 'issuer', 'audience']) assert.equal(outcome(made, check), 'unknown');
      for (const check of ['structure', 'header', 'algorithm', 'expiry', 'not-before', 'issued-at', 'subject', 'permissions', 'claims'])
        assert.equal(outcome(made, check), 'pass', check);
    });

    it('without the key, unless the token is refused anyway', async () => {
      const verifier: Verifier = { name: 'gateway', key: { kind: 'unavailable', why: 'The key set is at an address.' } };
      assert.equal(accepts(await report(await signed(claims, bytes, hs), [verifier])), null);
      assert.equal(accepts(await report(await signed({ ...claims, exp: 1 }, bytes, hs), [verifier])), false);
    });

    it('of an encrypted token', async () => {
      const made = await report(`${part({ alg: 'dir', enc: 'A128GCM' })}..${part('iv')}.${part('text')}.${part('tag')}`, [
        bySecret(secret),
      ]);
      assert.equal(accepts(made), null);
      assert.equal(outcome(made, 'structure'), 'pass');
      assert.equal(outcome(made, 'claims'), 'unknown');
    });

    it('of an algorithm that the runtime does not have', async () => {
      const token = `${part({ alg: 'ES256K' })}.${part(claims)}.${part('s'.repeat(64))}`;
      const made = await report(token, [
        {
          name: 'api',
          key: { kind: 'jwk', text: JSON.stringify({ kty: 'EC', crv: 'secp256k1', x: part('x'.repeat(32)), y: part('y'.repeat(32)) }) },
        },
      ]);
      assert.equal(accepts(made), null);
      assert.match(reasons(made), /cannot be checked here/);
    });

    it('of a detached payload, until it is given', async () => {
      const [header, , signature] = (await signed('the content', bytes, hs)).split('.');
      const verifiers = [bySecret(secret)];
      assert.equal(outcome(await report(`${header}..${signature}`, verifiers), 'signature'), 'unknown');
      assert.equal(outcome(await report(`${header}..${signature}`, verifiers, { payload: 'the content' }), 'signature'), 'pass');
      assert.equal(outcome(await report(`${header}..${signature}`, verifiers, { payload: 'other' }), 'signature'), 'fail');
    });
  });

  it('speaks about the verifier that was asked for, and lists the others', async () => {
    const token = await signed(claims, bytes, hs);
    const asked = await report(token, [bySecret('another secret', { asked: true }), bySecret(secret)]);
    assert.equal(outcome(asked, 'signature'), 'fail');
    assert.deepEqual(
      asked.verifiers.map(each => each.accepts),
      [false, true],
    );
    const found = await report(token, [bySecret('another secret'), bySecret(secret)]);
    assert.equal(outcome(found, 'signature'), 'pass');
  });

  it('checks a NATS JWT by the key of its issuer', async () => {
    const account = createAccount();
    const input = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ iss: account.getPublicKey(), sub: createUser().getPublicKey(), iat: at, nats: { type: 'user', version: 2 } })}`;
    const token = `${input}.${base64url.encode(account.sign(new TextEncoder().encode(input)))}`;
    const made = await report(token, [bySecret(secret)]);
    assert.equal(outcome(made, 'signature'), 'pass');
    assert.equal(accepts(made), false);
    assert.equal(outcome(await report(token.replace(/.{6}$/, 'AAAAAA')), 'signature'), 'fail');
  });

  describe('reads what people paste', () => {
    it('with a scheme, quotes or text around it', async () => {
      const token = await signed(claims, bytes, hs);
      for (const text of [
        `  ${token}\n`,
        `Bearer ${token}`,
        `Authorization: Bearer ${token}`,
        `"${token}"`,
        `'Bearer ${token}'`,
        `curl -H "Authorization: Bearer ${token}" https://x`,
      ]) {
        assert.equal(accepts(await report(text, [bySecret(secret)])), true, text.slice(0, 20));
      }
    });

    it('with line breaks in it, which no verifier takes', async () => {
      const token = await signed(claims, bytes, hs);
      const made = await report(`${token.slice(0, 50)}\n  ${token.slice(50)}`, [bySecret(secret)]);
      assert.equal(outcome(made, 'signature'), 'pass');
      assert.equal(accepts(made), false);
      assert.match(why(made, 'structure'), /white space inside/);
    });

    const noTokens: readonly (readonly [string, RegExp])[] = [
      ['', /There is no text/],
      ['   ', /There is no text/],
      ['hello', /This is no token: a JWT has three parts/],
      ['a.b.c', /first part does not decode/],
      [`${part(hs)}.${part(claims)}`, /This has 2 parts/],
      [`${part(hs)}.${part(claims)}.c.d`, /This has 4 parts/],
      [`${part({ typ: 'x' })}.${part(claims)}.c`, /no header of a token/],
      ['\u0000\ud800.\uffff', /first part does not decode/],
    ];
    for (const [text, words] of noTokens) {
      it(`though it is none: ${JSON.stringify(text).slice(0, 24)}`, async () => {
        const made = await report(text, [bySecret(secret)]);
        assert.equal(made.claims, null);
        assert.equal(outcome(made, 'structure'), 'fail');
        assert.match(why(made, 'structure'), words);
        assert.equal(accepts(made), false);
      });
    }
  });

  it('says where issuers differ', () => {
    assert.equal(firstDifference('https://a.test', 'https://a.test/'), 'the slash at the end is missing in the token');
    assert.equal(firstDifference('https://a.test/', 'https://a.test'), 'the token has a slash at the end that is not expected');
    assert.equal(
      firstDifference('https://t.auth0.com/', 'https://t.us.auth0.com/'),
      'they differ from character 11 on, "auth0.com/" instead of "us.auth0.com"',
    );
    assert.equal(firstDifference('ab', 'abc'), `the token's ends after 2 characters, where "c" is expected to follow`);
    assert.equal(firstDifference('abc', 'ab'), `the token's goes on with "c" after character 2`);
  });

  it('is rendered for a person, without token, signature, key or markup from the token', async () => {
    const odd = '<img src=x> [a](command:b) | `c` **d**';
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const token = await signed({ ...claims, iss: odd, password: 'hunter2-hunter2' }, privateKey, { alg: 'ES256', kid: odd });
    const key = await exportPKCS8(privateKey);
    const verifiers: Verifier[] = [{ name: odd, path: odd, key: { kind: 'pem', text: key }, issuer: [`${odd}/`] }, bySecret(secret)];
    const markdown = renderReport(await report(token, verifiers), now);
    for (const piece of [...token.split('.'), secret, 'hunter2-hunter2', ...key.split('\n').filter(line => line.length > 30)]) {
      assert.ok(!markdown.includes(piece), piece.slice(0, 12));
    }
    assert.doesNotMatch(markdown.replace(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, ''), /[^\\]<img|[^\\]\[a\]|[^\\]\*\*d/);
    assert.match(markdown, /\| Signature \| ✓ pass \| The signature verifies\. \|/);
    assert.match(markdown, /### Who would accept it/);
    assert.ok((await exportJWK(publicKey)).x);
  });
});
