// What `authlint can` says, tried by real clients on real servers under made-up configurations: users in the text, and users by JWT. Here a
// sample of it: with AUTHLINT_ORACLE_ATTEMPTS=5000, or by `node scripts/oracle/permissions.mjs`, as much as one likes.
import assert from 'node:assert/strict';
import { judges, serverOrSkip } from './nats-server.ts';
import { prove } from './permissions/attempts.ts';
import { makeConfiguration } from './permissions/configurations.ts';
import { makeOperator } from './permissions/operators.ts';

const attempts = Number(process.env.AUTHLINT_ORACLE_ATTEMPTS ?? 500);
const seed = Number(process.env.AUTHLINT_ORACLE_SEED ?? 1);

describe('permissions, tried by clients', function () {
  this.timeout(300_000 + attempts * 20);
  for (const version of judges) {
    for (const [users, make] of Object.entries({ 'of configurations': makeConfiguration, 'by JWT': makeOperator })) {
      it(`are those that we tell of nats-server ${version}, for users ${users}`, async function () {
        const proof = await prove(serverOrSkip(this, version), make, seed, attempts);
        const total = Object.values(proof.attempts).reduce((sum, count) => sum + count, 0);
        console.log(`      ${total} attempts under ${proof.configurations} configurations from seed ${seed}`);
        assert.equal(proof.disagreements.join('\n\n'), '');
        assert.ok(total >= attempts);
      });
    }
  }
});
