// Tokens and near misses that others made: RFCs, Wycheproof, test suites, NATS; each found, classified and verified as recorded.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { KeyMaterial } from '../../server/src/checks/key-material.ts';
import { renderReport } from '../../server/src/checks/render-report.ts';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { parseTokens } from '../../server/src/core/jwt/parser.ts';

/** A JWK, or the text of a secret. */
interface GivenKey {
  readonly utf8?: string;
}

interface Row {
  readonly token: string;
  readonly kind: string;
  readonly alg: string | null;
  readonly notes: string;
  readonly valid_structure: boolean;
  readonly payload_is_claims: boolean;
  readonly expected_verify: null | {
    readonly valid: boolean;
    readonly key?: GivenKey | null;
    readonly detached_payload?: string;
  };
}

const manifest = '../shared/corpus/jwt/manifest.jsonl';
const rows: readonly Row[] = existsSync(manifest)
  ? readFileSync(manifest, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  : [];

/** How the rows' kinds are called here; those that name only where a token comes from are left out. */
const kinds: Record<string, RegExp> = {
  'jwe-compact': /^jwe$/,
  'nats-user': /^nats-user$/,
  'nats-account': /^nats-account$/,
  'nats-operator': /^nats-operator$/,
  'nats-service': /^nats-activation$/,
  'nats-stream': /^nats-activation$/,
  'nats-jwt': /^nats-(operator|account|user)$/,
};

const keyOf = (key: GivenKey): KeyMaterial =>
  key.utf8 !== undefined ? { kind: 'secret', text: key.utf8 } : { kind: 'jwk', text: JSON.stringify(key) };

describe('given tokens', () => {
  before(function () {
    if (rows.length === 0) this.skip();
  });

  it('are found where they are tokens, exactly, and nowhere else', () => {
    const wrong = rows.flatMap(row => {
      const text = `curl -H "Authorization: Bearer ${row.token}" https://x`;
      const found = parseTokens(text).map(({ span }) => text.slice(span.start, span.end));
      const expected = row.valid_structure ? [row.token] : [];
      return found.join() === expected.join() ? [] : [`${row.kind} ${row.notes}: ${found.length}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('are classified', () => {
    for (const row of rows.filter(each => each.valid_structure)) {
      const [token] = parseTokens(row.token);
      assert.ok(token);
      assert.equal(token.alg, row.alg);
      assert.equal(token.claims !== undefined, row.payload_is_claims);
      assert.match(token.kind.id, kinds[row.kind] ?? /^jws$/);
    }
  });

  it('are verified as recorded, and no report holds a signature', async () => {
    const now = Date.parse('2026-11-22T00:00:00Z');
    const wrong: string[] = [];
    let checked = 0;
    for (const { token, kind, notes, expected_verify: expected } of rows) {
      const verifiers = expected?.key ? [{ name: 'the key', key: keyOf(expected.key), asked: true }] : [];
      const payload = expected?.detached_payload;
      const report = await checkToken(token, { now, verifiers, ...(payload === undefined ? {} : { payload }) });
      const markdown = renderReport(report, now);
      const signature = token.split('.')[2] ?? '';
      if (signature.length > 20) assert.ok(!markdown.includes(signature), `${kind} ${notes} shows its signature`);
      if (!expected) continue;
      checked++;
      const verified = report.checks.find(({ check }) => check === 'signature')?.outcome === 'pass';
      if (verified !== expected.valid) wrong.push(`${kind} ${notes}: ${verified}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(checked > 150);
  });
});
