// What a person sees over a token: what it is, for how long, for whom; and never the token itself, its signature or a secret.
import assert from 'node:assert/strict';
import { jwt } from '../../server/src/core/jwt/index.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { part, unverifiable } from '../support/tokens.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const seconds = (iso: string) => Date.parse(iso) / 1000;
const context = { settings: defaultSettings, now, read: () => 'absent' as const };

function hover(text: string, offset = text.indexOf('ey')) {
  return jwt.hover?.(jwt.build({ id: 'file:///w/a.txt', text }, context), offset, context);
}
const markdown = (claims: unknown, header?: unknown) => hover(unverifiable(claims, header))?.markdown ?? '';

describe('hover over a token', () => {
  it('covers the token, wherever it is touched', () => {
    const token = unverifiable({ sub: 'ada' });
    const text = `a ${token} b`;
    const span = { start: 2, end: 2 + token.length };
    for (const offset of [2, 30, span.end]) assert.deepEqual(hover(text, offset)?.span, span);
    for (const offset of [0, 1, span.end + 1]) assert.equal(hover(text, offset), undefined);
  });

  it('shows header and claims as tables, with their meaning', () => {
    assert.equal(
      markdown({ iss: 'https://id.example.test/', sub: 'ada', exp: seconds('2025-12-30T00:00:00Z'), admin: true }),
      [
        '**JWT** · `HS256` · expired 2 days ago (2025-12-30 00:00:00 UTC)',
        '',
        '| Header | Value | Meaning |',
        '|:---|:---|:---|',
        '| `alg` | `HS256` | algorithm, RFC 7518 §3.2 |',
        '| `typ` | `JWT` | kind of token |',
        '',
        '| Claim | Value | Meaning |',
        '|:---|:---|:---|',
        '| `iss` | `https://id.example.test/` | issuer: who made the token |',
        '| `sub` | `ada` | subject: whom the token is about |',
        '| `exp` | `1767052800` | expired 2 days ago (2025-12-30 00:00:00 UTC) |',
        '| `admin` | `true` |  |',
      ].join('\n'),
    );
  });

  const validity: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ exp: seconds('2026-01-01T00:12:00Z') }, 'expires in 12 minutes (2026-01-01 00:12:00 UTC)'],
    [{ exp: seconds('2026-01-01T00:00:01Z') }, 'expires in 1 second (2026-01-01 00:00:01 UTC)'],
    [{ exp: seconds('2025-12-31T22:30:00Z') }, 'expired 90 minutes ago (2025-12-31 22:30:00 UTC)'],
    [{ exp: seconds('2026-01-02T12:00:00Z') }, 'expires in 36 hours (2026-01-02 12:00:00 UTC)'],
    [{ exp: seconds('2020-01-01T00:00:00Z') }, 'expired 6 years ago (2020-01-01 00:00:00 UTC)'],
    [{ exp: now / 1000 }, 'expired just now (2026-01-01 00:00:00 UTC)'],
    [{ nbf: seconds('2026-01-03T00:00:00Z') }, 'not valid before in 2 days (2026-01-03 00:00:00 UTC) · no expiry'],
    [{ sub: 'ada' }, 'no expiry'],
    [{ exp: now }, 'expiry is not in seconds'],
    [{ exp: -1e300 }, 'expired at an impossible time'],
  ];
  for (const [claims, words] of validity) {
    it(`says "${words}"`, () => assert.equal(markdown(claims).split('\n', 1)[0], `**JWT** · \`HS256\` · ${words}`));
  }

  const kinds: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
    ['Access token', { sub: 'a' }, { alg: 'ES256', typ: 'at+jwt' }],
    ['Access token', { sub: 'a' }, { alg: 'ES256', typ: 'application/at+jwt' }],
    ['Access token', { sub: 'a', scope: 'x' }, { alg: 'ES256' }],
    ['Access token', { sub: 'a', typ: 'Bearer' }, { alg: 'ES256' }],
    ['Access token', { sub: 'a', token_use: 'access' }, { alg: 'ES256' }],
    ['ID token', { sub: 'a', aud: 'shop', nonce: 'n' }, { alg: 'ES256' }],
    ['ID token', { sub: 'a', typ: 'ID' }, { alg: 'ES256' }],
    ['Refresh token', { sub: 'a', typ: 'Refresh' }, { alg: 'HS512' }],
    ['Offline (refresh) token', { sub: 'a', typ: 'Offline' }, { alg: 'HS512' }],
    ['DPoP proof', { htm: 'GET', htu: 'https://a/' }, { alg: 'ES256', typ: 'dpop+jwt' }],
    ['Logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, { alg: 'ES256' }],
    ['Supabase service_role key', { role: 'service_role', iss: 'supabase' }, { alg: 'HS256' }],
    ['Kubernetes service account token', { 'kubernetes.io': {}, sub: 'system:serviceaccount:a:b' }, { alg: 'RS256' }],
    ['NATS user', { nats: { type: 'user', version: 2 } }, { alg: 'ed25519-nkey', typ: 'JWT' }],
    ['NATS account', { nats: {}, type: 'account' }, { alg: 'ed25519', typ: 'jwt' }],
    ['NATS activation of an import', { nats: { type: 'stream' }, type: 'activation' }, { alg: 'ed25519', typ: 'jwt' }],
    ['NATS authorization request', { nats: { type: 'authorization_request', version: 2 } }, { alg: 'ed25519-nkey' }],
    ['NATS token', { nats: { type: 'something', version: 2 } }, { alg: 'ed25519-nkey' }],
  ];
  for (const [words, claims, header] of kinds) {
    it(`tells ${words} by ${JSON.stringify(header)} ${JSON.stringify(claims)}`, () =>
      assert.ok(markdown(claims, header).startsWith(`**${words}** · `)));
  }

  it('lists permissions in every form, and what NATS allows', () => {
    const shown = markdown({ permissions: ['a', 'b'], scope: 'c d', 'https://x.test/roles': ['e'], realm_access: { roles: ['f'] } });
    assert.match(shown, /Permissions in `permissions` \(Auth0 RBAC and gateways that follow it\): `a`, `b`/);
    assert.match(shown, /Permissions in `scope` \(RFC 8693 §4\.2\): `c`, `d`/);
    assert.match(shown, /Permissions in `https:\/\/x\.test\/roles` \(Auth0, custom claim\): `e`/);
    assert.match(shown, /Permissions in `realm_access` \(Keycloak\): `f`/);
    const nats = markdown({ nats: { type: 'user', version: 2, pub: { allow: ['orders.>'] }, subs: -1 } }, { alg: 'ed25519-nkey' });
    assert.match(nats, /\| `nats\.pub\.allow` \| `\["orders\.>"\]` \|/);
    assert.match(nats, /\| `nats\.subs` \| `-1` \| no limit \|/);
  });

  it('says that nothing is signed, and that claims are encrypted', () => {
    assert.match(
      hover(`${part({ alg: 'none' })}.${part({ sub: 'a' })}.`)?.markdown ?? '',
      /\*\*not signed\*\*: anyone can make such a token/,
    );
    const sealed = `${part({ alg: 'dir', enc: 'A128GCM' })}..${part('iv')}.${part('text')}.${part('tag')}`;
    assert.match(hover(sealed)?.markdown ?? '', /^\*\*Encrypted token\*\* · `dir`\n[\s\S]*The claims are encrypted/);
  });

  describe('never shows', () => {
    const inner = unverifiable({ sub: 'inner' });
    const hidden: readonly (readonly [string, unknown, unknown?])[] = [
      ['hunter2-hunter2', { password: 'hunter2-hunter2' }],
      ['hunter2-hunter2', { db: { deep: [{ dbPassword: 'hunter2-hunter2' }] } }],
      ['k-12345', { api_key: 'k-12345', 'client-secret': 'k-12345', accessKey: 'k-12345' }],
      ['078-05-1120', { ssn: '078-05-1120' }],
      ['4111111111111111', { credit_card: 4111111111111111 }],
      [inner, { note: inner }],
      [`SUA${'A'.repeat(55)}`, { note: `SUA${'A'.repeat(55)}` }],
      ['MIIEvQ', { note: '-----BEGIN PRIVATE KEY-----\nMIIEvQ' }],
      ['d-part', { sub: 'a' }, { alg: 'ES256', jwk: { kty: 'EC', d: 'd-part', x: 'x' } }],
      [
        'imported-token',
        { nats: { type: 'account', version: 2, imports: [{ name: 'a', token: 'imported-token' }] } },
        { alg: 'ed25519-nkey' },
      ],
    ];
    for (const [secret, claims, header] of hidden) {
      it(secret.slice(0, 16), () => {
        const shown = markdown(claims, header);
        assert.ok(!shown.includes(secret), shown);
        assert.match(shown, /\(hidden\)/);
      });
    }

    it('the signature or the token', () => {
      const token = unverifiable({ sub: 'ada', scope: 'x' });
      for (const piece of token.split('.')) assert.ok(!(hover(token)?.markdown ?? piece).includes(piece));
    });
  });

  it('lets no value become markup', () => {
    const evil = 'a|b `c` [d](command:e) <img src=f> **g**\n\n# h \u202ei\u0007';
    const shown = markdown({ [evil]: evil, scope: evil }, { alg: 'HS256', typ: evil });
    for (const line of shown.split('\n')) {
      if (!line.startsWith('|') || line.startsWith('|:---')) continue;
      assert.equal(line.replace(/\\\|/g, '').split('|').length, 5, line);
      const outsideOfCode = line.replace(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, '');
      assert.doesNotMatch(outsideOfCode, /command:|<img|\*\*|#/);
    }
    for (const character of ['\u202e', '\u0007']) assert.ok(!shown.includes(character));
  });

  it('stays small for a token that is large', () => {
    const claims = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`claim${i}`, 'x'.repeat(500)]));
    assert.ok(markdown({ ...claims, permissions: Array.from({ length: 500 }, (_, i) => `p${i}`) }).length < 20_000);
  });
});
