// Claims of NATS JWTs, judged for the version of the server that they are meant for.
import assert from 'node:assert/strict';
import { newestNatsServer, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { problemsOf } from '../../server/src/core/nats-auth/problem.ts';
import type { JsonObject } from '../../server/src/core/text/json.ts';
import { type NatsKind, natsToken, party } from '../support/nats-tokens.ts';

const old: ServerVersion = [2, 9, 10];

/** `severity why` of every problem. */
function told(kind: NatsKind, nats: object, version: ServerVersion): readonly string[] {
  const signer = party(kind === 'account' ? 'operator' : 'account');
  const [, payload = ''] = natsToken(kind, signer, party(kind), nats).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JsonObject;
  return problemsOf(claims, version).map(({ severity, why }) => `${severity} ${why}`);
}

describe('claims for a version of nats-server', () => {
  it('that only newer servers refuse are a warning', () => {
    const subject = 'A subject has two dots in a row (`nats.pub.allow[0]`), ';
    const user = { pub: { allow: ['a..b'] } };
    assert.deepEqual(told('user', user, newestNatsServer), [`error ${subject}so nats-server refuses this user`]);
    assert.deepEqual(told('user', user, old), [`warning ${subject}which newer servers refuse`]);
  });

  it('that only older servers refuse are an error for these', () => {
    const account = { mappings: { 'a.>': [{ subject: 'b.>' }] } };
    assert.deepEqual(told('account', account, newestNatsServer), []);
    assert.deepEqual(told('account', account, old), [
      'error The destination of a mapping has a wildcard, which servers of this version do not take in a JWT (`nats.mappings`), so nats-server refuses this account',
    ]);
  });

  it('name connection types that the version may not know', () => {
    const user = { allowed_connection_types: ['IN_PROCESS'] };
    assert.deepEqual(told('user', user, newestNatsServer), []);
    assert.match(told('user', user, old).join(), /^error .*nothing that nats-server knows/);
  });
});
