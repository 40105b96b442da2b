// Tokens that libraries of other languages signed (scripts/oracle/token-vectors): found, read and verified like those of jose.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { KeyMaterial } from '../../server/src/checks/key-material.ts';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { parseTokens } from '../../server/src/core/jwt/parser.ts';

interface Vector {
  readonly library: string;
  readonly alg: string;
  readonly token: string;
  readonly key: KeyMaterial;
}

const vectors: Readonly<Record<string, readonly Vector[]>> = JSON.parse(readFileSync('test/oracle/token-vectors.json', 'utf8'));
const all = Object.values(vectors).flat();
const now = Date.parse('2026-06-01T00:00:00Z');

async function acceptedBy(
  token: string,
  key: KeyMaterial,
  demands: { issuer?: string[]; audience?: string[] } = {},
): Promise<boolean | null> {
  const report = await checkToken(token, { now, verifiers: [{ name: 'the key', key, asked: true, ...demands }] });
  return report.verifiers[0]?.accepts ?? null;
}

/** The same token with another payload or signature. */
function changed(token: string, part: 1 | 2): string {
  const parts = token.split('.');
  const text = parts[part] as string;
  const middle = text.length >> 1;
  parts[part] = `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
  return parts.join('.');
}

describe('tokens that other libraries signed', () => {
  it('come from several languages, with every usual algorithm', () => {
    assert.ok(Object.keys(vectors).length >= 2);
    const algorithms = new Set(all.map(({ alg }) => alg));
    for (const alg of 'HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA'.split(' '))
      assert.ok(algorithms.has(alg), alg);
  });

  for (const { library, alg, token, key } of all) {
    it(`${library} ${alg}`, async () => {
      const [found] = parseTokens(`Authorization: Bearer ${token}`);
      assert.deepEqual([found?.alg, found?.claims?.name, found?.claims?.aud], [alg, 'Ada é🔑', ['orders', 'billing']]);
      assert.equal(await acceptedBy(token, key), true);
      assert.equal(await acceptedBy(token, key, { issuer: ['https://id.example.test/'], audience: ['billing'] }), true);
      assert.equal(await acceptedBy(token, key, { issuer: ['https://id.example.test'] }), false);
      assert.equal(await acceptedBy(changed(token, 1), key), false);
      assert.equal(await acceptedBy(changed(token, 2), key), false);
      const other = all.find(
        one => one.alg === alg && one.key.kind === key.kind && 'text' in one.key && 'text' in key && one.key.text !== key.text,
      );
      if (other) assert.equal(await acceptedBy(token, other.key), false);
    });
  }
});
