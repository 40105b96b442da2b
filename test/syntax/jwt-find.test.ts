// Which places of a text are tokens, exactly, and which only look like one.
import assert from 'node:assert/strict';
import { findTokens } from '../../server/src/core/jwt/find.ts';
import { part, unverifiable } from '../support/tokens.ts';

const token = unverifiable({ sub: 'ada' });
const [header = '', payload = '', signature = ''] = token.split('.');
const found = (text: string) => findTokens(text).map(({ span }) => text.slice(span.start, span.end));

describe('tokens in a text', () => {
  const surroundings: readonly string[] = [
    '@',
    'curl -H "Authorization: Bearer @" https://api.example.test',
    "token: '@'",
    '{"access_token":"@","token_type":"Bearer"}',
    'https://app.example.test/#access_token=@&state=1',
    'https://app.example.test/cb?token=@#top',
    'TOKEN=@\r\nNEXT=1',
    'The token is @.',
    'The token is @. It works.',
    '<code>@</code>',
    '(@)',
    '`@`, and more',
    'Cookie: session=@; Path=/',
    '\\n@\\n',
    'token=3D@',
    'next%20@%0A',
    'é@€',
    'jwt_@',
    'x.@',
    '@,@',
    '@ @',
  ];
  for (const around of surroundings) {
    it(`are found in ${JSON.stringify(around)}`, () => {
      assert.deepEqual(
        found(around.replaceAll('@', token)),
        around.match(/@/g)?.map(() => token),
      );
    });
  }

  it('have the spans of their parts', () => {
    const text = `Bearer ${token}!`;
    const [one] = findTokens(text);
    assert.deepEqual(
      one?.parts.map(({ start, end }) => text.slice(start, end)),
      [header, payload, signature],
    );
    assert.deepEqual(one?.header.object, { alg: 'HS256', typ: 'JWT' });
  });

  const headers: readonly string[] = [
    '{"alg":"HS256"}',
    '{ "alg" : "HS256" }',
    '{  "alg": "HS256"}',
    '{\n  "alg": "HS256"\n}',
    '{\n\t"alg": "HS256"\n}',
    '{\n"alg":"HS256"}',
    '{\r\n  "alg": "HS256"\r\n}',
    '{\t"alg":"HS256"}',
    '{"\\u0061lg":"HS256"}',
    '{"kid":"é","alg":"HS256"}',
    '{"typ":"JWT"}',
    '{"alg":""}',
  ];
  for (const json of headers) {
    it(`are found by the header ${JSON.stringify(json)}`, () => {
      const text = `${part(json)}.${payload}.${signature}`;
      assert.deepEqual(found(`a ${text} b`), [text]);
    });
  }

  describe('of other forms', () => {
    const sealed = part({ alg: 'dir', enc: 'A128GCM' });
    const forms: readonly (readonly [string, string])[] = [
      ['without a signature', `${header}.${payload}.`],
      ['with a detached payload', `${header}..${signature}`],
      ['with nothing but a header', `${header}..`],
      ['encrypted', `${sealed}.${part('key')}.${part('iv')}.${part('text')}.${part('tag')}`],
      ['encrypted without a key', `${sealed}..${part('iv')}.${part('text')}.${part('tag')}`],
      ['with padding', `${header}=.${payload}==.${signature}=`],
      ['with the other alphabet', `${header}.eyJuIjoi/+8ifQ.${signature}`],
      ['with a stray character in the payload', `${header}.${payload.slice(0, 4)}!${payload.slice(4)}.${signature}`],
      ['with a stray character in the header', `${header}#.${payload}.${signature}`],
      ['with a stray character in the signature', `${header}.${payload}.?${signature.slice(1)}`],
    ];
    for (const [what, text] of forms) {
      it(what, () => {
        assert.deepEqual(found(`"${text}"`), [text]);
        assert.equal(findTokens(text)[0]?.form, what.startsWith('encrypted') ? 'jwe' : 'jws');
      });
    }
  });

  describe('are not', () => {
    const others: readonly string[] = [
      header,
      `${header}.${payload}`,
      `${header}...`,
      `${header}....`,
      `${header}.${payload}...`,
      `${header}.${payload}.${signature}...`,
      `${header}.${payload}.${signature}…`,
      `${header}…`,
      `${header}.<payload>.<signature>`,
      ...['<signature>', '{{ sig }}', '{sig}', '${sig}', '$SIG', '[redacted]', '***', '" + sig + "'].map(
        end => `${header}.${payload}.${end}`,
      ),
      `${header}.${payload}.${signature}.${signature}`,
      `${part({ alg: 'dir', enc: 'A128GCM' })}..${part('iv')}`,
      `${part({ alg: 'dir', enc: 'A128GCM' })}.....`,
      `${part({ typ: 'at' })}.${payload}.${signature}`,
      `${part(['alg'])}.${payload}.${signature}`,
      `${part('{"alg":"HS256"')}.${payload}.${signature}`,
      `${part('{"alg":"HS256"},')}.${payload}.${signature}`,
      `x${token}`,
      `${part({ version: 3, sources: ['a.ts'], mappings: 'AAAA' })}`,
      'selfservice.office.example.com',
      'org.opencontainers.image.title',
      'v0.0.0-20260423123151-7fcaee44aabb',
      'h1:990N+gfupTy94rShfmMCWGDn0LpTmnzTp2qbd1dvSRU=',
      'sha512-eyJm+kXQ99b21/+jh5XoAAAA==',
      '$2a$10$LoRPzN3GtF2pNX5QgCBBHe.eyJhbGci.eyJz',
      'eyJhbGciOi.eyJzdWIiOi.c2ln',
      'meyer.eyJack.eyJill',
      'eyJ',
      '',
    ];
    for (const text of others) it(JSON.stringify(text).slice(0, 70), () => assert.deepEqual(found(`a "${text}" b`), []));
  });

  it('do not overlap, and a payload that begins like a header is no token of its own', () => {
    const inner = `${header}.${part({ alg: 'HS256', sub: 'x' })}.${signature}`;
    assert.deepEqual(found(`${inner} ${token}`), [inner, token]);
  });
});
