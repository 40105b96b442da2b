// The errors that people get for their JWTs from a gateway and a scanner, as the report tells them: the first sentence says what is wrong
// and the reader need not know the words of the specifications.
import assert from 'node:assert/strict';
import { generateKeyPair } from 'jose';
import { verdict } from '../../server/src/checks/report-view.ts';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { workspaceVerifiers } from '../../server/src/checks/workspace-verifiers.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { encodeUtf8 } from '../../server/src/core/text/base64url.ts';
import { signed } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const secret = 'f3b1c6a09d7e4852b6c1d0e9f8a7b6c5';
const other = '0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b';
const claims = { sub: 'ada', permissions: ['users:read'], iat: now / 1000 - 60, exp: now / 1000 + 600 };

const compose = (lines: readonly string[]) =>
  `services:\n  gateway:\n    image: example/gateway:1\n    environment:\n${lines.map(line => `      ${line}\n`).join('')}`;

/** The answer, then all that the only service says. */
async function told(token: string, ...environment: readonly string[]): Promise<string> {
  const { report, said } = await asked(token, environment);
  return report.verifiers[0]?.accepts ? said : [said, ...(report.verifiers[0]?.why.slice(1) ?? [])].join(' ');
}

async function asked(token: string, environment: readonly string[]) {
  const analyzer = new Analyzer(() => now);
  analyzer.setFile({ id: 'file:///shop/compose.yaml', text: compose(environment) });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  const verifiers = await workspaceVerifiers(analyzer, token, {
    show: file => file.slice('file:///shop/'.length),
    listFolder: async () => [],
    read: async () => undefined,
  });
  const report = await checkToken(token, { now, verifiers });
  return { report, said: verdict(report) };
}

const hs = (given: object, key = secret) => signed(given, encodeUtf8(key) as Uint8Array<ArrayBuffer>, { alg: 'HS256' });

describe('the story of a refused token', () => {
  it('accepted', async () => {
    assert.equal(await told(await hs(claims), `JWT_SECRET: ${secret}`), 'It is accepted by service gateway.');
  });

  it('"JWT missing required \'sub\' claim"', async () => {
    const { sub: _, ...without } = claims;
    assert.equal(
      await told(await hs(without), `JWT_SECRET: ${secret}`),
      'It is refused by service gateway. The token has no `sub`, which this verifier requires. Have the issuer set `sub` to the id of the user or service.',
    );
  });

  it('"invalid algorithm"', async () => {
    assert.equal(
      await told(await hs(claims), 'JWKS_URI: https://shop.eu.auth0.com/.well-known/jwks.json'),
      'It is refused by service gateway. The token is signed with HS256, and only RS256 is accepted. Use a token of the identity provider that those keys belong to, or let a development setup check with a secret.',
    );
  });

  it('"invalid signature": another secret', async () => {
    assert.equal(
      await told(await hs(claims, other), `JWT_SECRET: ${secret}`),
      'It is refused by service gateway. The signature does not verify with this secret: it was made with another one, or the token was changed or cut. Give both sides the same secret, or copy the token again as a whole.',
    );
  });

  it('"invalid signature": a token that was cut', async () => {
    const cut = (await hs(claims)).slice(0, -6);
    assert.match(await told(cut, `JWT_SECRET: ${secret}`), /refused by service gateway\. .*signature/);
  });

  it('"jwt expired"', async () => {
    assert.equal(
      await told(await hs({ ...claims, exp: now / 1000 - 3600 }), `JWT_SECRET: ${secret}`),
      'It is refused by service gateway. The token expired 60 minutes ago (2025-12-31 23:00:00 UTC). Get a new one from whoever issued it.',
    );
  });

  it('"Invalid audience"', async () => {
    assert.equal(
      await told(
        await hs({ ...claims, aud: 'https://api.shop.example' }),
        `JWT_SECRET: ${secret}`,
        'JWT_AUDIENCE: https://api.shop.example/',
      ),
      'It is refused by service gateway. The audience of the token is "https://api.shop.example", and "https://api.shop.example/" is expected: the slash at the end is missing in the token. Ask the issuer for a token with this audience, or correct it where the gateway is configured.',
    );
  });

  it('the other "invalid algorithm": a token of key pairs', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    assert.equal(
      await told(await signed(claims, privateKey, { alg: 'RS256' }), `JWT_SECRET: ${secret}`),
      'It is refused by service gateway. The token is signed with RS256 and a key pair; this verifier holds a secret, which fits HS256 and its like only. Let it take the keys of the issuer (for instance by `JWKS_URI`) instead of a secret, or sign a token for development with that secret.',
    );
  });

  it('"Invalid audience": the token that was for the login', async () => {
    assert.match(
      await told(
        await hs({ ...claims, permissions: undefined, nonce: 'n', aud: 'shop-web' }),
        `JWT_SECRET: ${secret}`,
        'JWT_AUDIENCE: https://api.shop.example',
      ),
      /they differ from the first character on\. It is an ID token, which is for the client that logs in: send the access token/,
    );
  });

  it('403 after a login that worked: the permissions are missing', async () => {
    const { permissions: _, ...without } = claims;
    assert.equal(
      await told(await hs(without), `JWT_SECRET: ${secret}`),
      'It is accepted by service gateway. The token carries no permissions in a form known here: `permissions`, `scope`, `scp` or a namespaced claim. Requests that need one are answered with 403.',
    );
  });

  it('a secret that the issuer decodes and the gateway does not', async () => {
    const bytes = Uint8Array.from(secret.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
    const token = await signed(claims, bytes, { alg: 'HS256' });
    assert.match(await told(token, `JWT_SECRET: ${secret}`), /only when the secret is decoded from hexadecimal/);
  });
});
