// Many keys on one text: the library says whose HMAC it is, of keys and texts around the sizes at which a block is full.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { beginHmacs, keysThatSigned } from '../../server/src/core/jwt/hmac-tries.ts';

const bytes = (length: number, first: number) => Uint8Array.from({ length }, (_, i) => (first + i * 7) & 255);

describe('tries of many keys', () => {
  it('find the one that signed', () => {
    const keys = [0, 1, 31, 32, 63, 64, 65, 130].map((length, i) => bytes(length, 3 * i));
    const begun = beginHmacs(keys);
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 700]) {
      const text = bytes(length, 11);
      for (const [i, key] of keys.entries()) {
        const signature = Uint8Array.from(createHmac('sha256', key).update(text).digest());
        assert.deepEqual(keysThatSigned(begun, text, signature), [i], `${length} bytes, key ${i}`);
      }
      assert.deepEqual(keysThatSigned(begun, text, bytes(32, 5)), []);
    }
  });
});
