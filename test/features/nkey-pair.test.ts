// The pairs that the palette makes: each seed is of its kind and gives the public key beside it.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeNkeyPair, nkeyRoles } from '../../client/src/nkey-pair.ts';
import { writeSecretFile } from '../../client/src/secret-file.ts';
import { publicKeyOf, readNkey } from '../../server/src/core/nats-auth/nkey.ts';

describe('new key pairs', () => {
  for (const role of nkeyRoles) {
    it(`of ${role}`, () => {
      const { publicKey, seed } = makeNkeyPair(role);
      assert.deepEqual(readNkey(seed), { kind: 'seed', role });
      assert.deepEqual(readNkey(publicKey), { kind: 'public', role });
      if (role !== 'curve') assert.equal(publicKeyOf(seed), publicKey);
      assert.notEqual(makeNkeyPair(role).seed, seed);
    });
  }

  it('go to a file that its owner alone may read, and never over another one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'authlint-pair-'));
    try {
      const path = join(folder, 'user.nk');
      await writeSecretFile(path, 'first\n');
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
      await assert.rejects(writeSecretFile(path, 'second\n'));
      assert.equal(readFileSync(path, 'utf8'), 'first\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
