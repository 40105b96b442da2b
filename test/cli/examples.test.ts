// The folder that people see first: its mistakes are found where they are, and the fixes repair what they can.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { Folder } from '../support/command-line.ts';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly stage?: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly character: number } };
}

/** `path:line «text»` of one place for each rule that a first look should show. */
const shown: Record<string, string> = {
  'nats/syntax': 'nats/leaf-hamburg.conf:7 «{»',
  'nats/unknown-field': 'nats/hub.conf:5 «max_payloads»',
  'nats/invented-field': 'nats/article.nats.conf:6 «auth_url»',
  'nats/plaintext-password': 'nats/hub.conf:20 «hub-2-hub-by-night»',
  'nats/seed-in-config': 'nats/accounts.conf:13 «SUAJ7OG55MTCRYSC6UB2LLCC2ER6Y455RHH3P4A7QZD7QPUUH2LTZD2SHI»',
  'nats/no-tls': 'nats/hub.conf:3 «port»',
  'nats/bearer-token': 'nats/monitoring.nats.conf:5 «token»',
  'nats/plain-http-monitoring': 'nats/hub.conf:4 «http»',
  'nats/trailing-star-grants-rest': 'nats/accounts.conf:13 «"orders.commands.*"»',
  'nats/unquoted-bcrypt-hash': 'nats/accounts.conf:5 «$2b$11$kT8vQ2wL5nB9xC3mZ7rYpedQAFGejUCwa9bOoyKvuKRZuyXu18dA.»',
  'compose/jwt-secret-and-jwks-uri': 'compose.prod.yaml:6 «JWKS_URI»',
  'compose/dev-auth-in-production': 'compose.yaml:5 «"true"»',
  'compose/secret-mismatch': 'compose.yaml:28 «orders-jwt-secret-please-change»',
  'jwt/alg-none': 'requests.sh:9 «eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0»',
  'jwt/algorithm-mismatch': 'refused.sh:14 «eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InNob3AtMjAyNSJ9»',
};

describe('examples/', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    cpSync(resolve('examples'), folder.path, { recursive: true });
  });
  afterEach(() => folder.remove());

  async function findings(...args: string[]): Promise<Finding[]> {
    const { out } = await folder.run(['check', '--format', 'json', '--now', '2026-11-01', ...args]);
    return JSON.parse(out).findings;
  }

  function placeOf({ path, range: { start, end } }: Finding): string {
    const line = folder.text(path).split('\n')[start.line] ?? '';
    return `${path}:${start.line + 1} «${line.slice(start.character, end.character)}»`;
  }

  for (const [rule, place] of Object.entries(shown)) {
    it(`shows ${rule} at ${place}`, async () => {
      const places = (await findings('--rule', rule)).map(placeOf);
      assert.ok(places.includes(place), places.join('\n'));
    });
  }

  it('shows expired tokens in the scripts', async () => {
    const expired = (await findings('--rule', 'jwt/expired')).filter(({ severity }) => severity === 'error');
    assert.deepEqual([...new Set(expired.map(({ path }) => path))], ['models.sh', 'nats/gateway.creds', 'requests.sh', 'scan.sh']);
  });

  it('says nothing about what is right: development files, the suppression, the configuration', async () => {
    const loud = (await findings()).filter(({ severity }) => severity === 'error' || severity === 'warning');
    for (const quiet of ['.authlint.yaml', 'README.md', 'compose.override.yaml', 'nats/lab.nats.conf']) {
      assert.deepEqual(
        loud.filter(({ path }) => path === quiet),
        [],
      );
    }
  });

  it('becomes something that nats-server accepts by fixes alone', async () => {
    const refused = (all: readonly Finding[]) => all.filter(({ path, stage }) => path.startsWith('nats/') && stage).map(placeOf);
    assert.ok(refused(await findings()).length > 5);
    assert.deepEqual(refused(await findings('--fix=unsafe')), []);
  });
});
