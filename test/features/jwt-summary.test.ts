// What other parts of the product learn about the tokens of a file: for `authlint inspect`, and for rules over several files.
import assert from 'node:assert/strict';
import { jwt } from '../../server/src/core/jwt/index.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { part, unverifiable } from '../support/tokens.ts';

const context = { settings: defaultSettings, now: 0, read: () => 'absent' as const };
const access = unverifiable(
  { iss: 'i', sub: 's', aud: ['a', 'b', 3], azp: 'c', exp: 5, iat: 4, scope: 'x y', permissions: ['z'] },
  { alg: 'RS256', kid: 'k' },
);
const sealed = `${part({ alg: 'dir', enc: 'A128GCM' })}..${part('iv')}.${part('text')}.${part('tag')}`;
const build = (text: string, name = 'a.ts') => jwt.build({ id: `file:///w/${name}`, text }, context);

describe('a text with tokens', () => {
  it('is inspected: kind, algorithm and names of claims, no values', () => {
    const nats = unverifiable({ iss: 'x', nats: { type: 'user', version: 2 } }, { alg: 'ed25519-nkey' });
    const text = `${access} ${sealed} ${nats}`;
    const at = (token: string) => ({ start: text.indexOf(token), end: text.indexOf(token) + token.length });
    assert.deepEqual(jwt.inspect?.(build(text), context), {
      tokens: [
        { span: at(access), kind: 'jws', alg: 'RS256', claims: ['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'scope', 'permissions'] },
        { span: at(sealed), kind: 'jwe', alg: 'dir', claims: [] },
        { span: at(nats), kind: 'nats-user', alg: 'ed25519-nkey', claims: ['iss', 'nats'] },
      ],
    });
  });

  it('is summarized: who issued what for whom', () => {
    const dots = [access.indexOf('.'), access.lastIndexOf('.')] as const;
    assert.deepEqual(jwt.summarize(build(access)), [
      {
        span: { start: 0, end: access.length },
        headerSpan: { start: 0, end: dots[0] },
        claimsSpan: { start: dots[0] + 1, end: dots[1] },
        signatureSpan: { start: dots[1] + 1, end: access.length },
        kind: 'jws',
        purpose: 'access',
        alg: 'RS256',
        kid: 'k',
        iss: 'i',
        sub: 's',
        aud: ['a', 'b'],
        emails: {},
        client: 'c',
        exp: 5,
        iat: 4,
        permissions: ['x', 'y', 'z'],
        hmac: undefined,
        keySigned: { alg: 'RS256', kid: 'k', compact: access },
        isNats: false,
        fileKind: 'source',
        inUse: true,
        isSilent: false,
      },
    ]);
    assert.equal(jwt.summarize(build(access, 'test/a.ts'))[0]?.inUse, false);
    const addressed = unverifiable({ upn: 'ada@example.com', email: 'nobody' });
    assert.deepEqual(jwt.summarize(build(addressed))[0]?.emails, { upn: 'ada@example.com' });
  });

  it('is empty where it holds none', () => {
    assert.equal(jwt.isEmpty?.(build('eyJ')), true);
    assert.equal(jwt.isEmpty?.(build(access)), false);
  });
});
