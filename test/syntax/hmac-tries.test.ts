// Many secrets on one token: whose HMAC it is, for secrets and tokens around the sizes at which a block of the hash is full.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { hmacSigned, secretsThatSigned } from '../../server/src/core/jwt/hmac.ts';

const text = (length: number, first: number) => String.fromCharCode(...Array.from({ length }, (_, i) => 97 + ((first + i * 7) % 26)));

describe('tries of many secrets', () => {
  it('find the one that signed', () => {
    const secrets = [1, 31, 32, 63, 64, 65, 130].map(length => text(length, length));
    for (const [alg, hash, bytes] of [['HS256', 'sha256', 32] as const, ['HS512', 'sha512', 64] as const]) {
      for (const length of [1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 700]) {
        const input = `${text(length, 3)}.`.slice(-length);
        const signedWith = (secret: string) => {
          const compact = `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
          const signed = hmacSigned(compact, { alg, signature: { bytes, problems: [] } } as unknown as Parameters<typeof hmacSigned>[1]);
          return signed && secretsThatSigned(signed, secrets);
        };
        for (const secret of secrets) assert.deepEqual(signedWith(secret), [secret], `${alg}, ${length} bytes, ${secret.length} of secret`);
        assert.deepEqual(signedWith('another'), []);
      }
    }
  });
});
