// `authlint can`: verdict, the words that decide it, and exit codes that scripts can build on.
import assert from 'node:assert/strict';
import { createUser } from '@nats-io/nkeys';
import { Folder } from '../support/command-line.ts';
import { credentials, natsToken, operatorConf, party } from '../support/nats-tokens.ts';

const nkey = createUser().getPublicKey();
const configuration = `authorization {
  default_permissions { publish: "public.>" }
  users: [
    { user: alice, password: "not shown", permissions: {
        publish: { allow: ["orders.>"], deny: "orders.secret.>" }
        subscribe: { deny: ["foo.secret"] } } }
    { user: bob, password: "not shown" }
    { nkey: ${nkey} }
  ]
}
mappings: { "in.*": "orders.$1" }
`;

describe('authlint can', () => {
  const folder = new Folder({ 'nats.conf': configuration });
  after(() => folder.remove());
  const ask = (user: string, ...words: readonly string[]) => folder.run(['can', '--config', 'nats.conf', '--user', user, ...words]);

  it('shows the words that decide', async () => {
    const { code, out, err } = await ask('alice', 'pub', 'orders.secret.x');
    assert.deepEqual([code, err], [1, '']);
    assert.equal(
      out,
      [
        'no  `alice` may not publish to `orders.secret.x`.',
        'nats.conf:5:47  Denied by `orders.secret.>`.',
        '  |',
        '5 |         publish: { allow: ["orders.>"], deny: "orders.secret.>" }',
        `  | ${' '.repeat(46)}${'^'.repeat(17)}`,
        '',
      ].join('\n'),
    );
  });

  it('answers programs', async () => {
    const { code, out } = await ask('alice', '--json', 'pub', 'in.x');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      allowed: true,
      decidedBy: {
        path: 'nats.conf',
        range: { start: { line: 4, character: 27 }, end: { line: 4, character: 37 } },
        list: 'allow',
        pattern: 'orders.>',
      },
      notes: ['mapped to `orders.x`, which may be published to; permissions count for the mapped subject.'],
    });
  });

  it('tells of messages that an accepted subscription does not get', async () => {
    const { code, out } = await ask('alice', 'sub', 'foo.*', '--queue', 'workers');
    assert.equal(code, 0);
    assert.match(out, /^note: The subscription is accepted, but messages on `foo\.secret` are not delivered\.$/m);
  });

  it('names default permissions, and knows nkey users by their public key', async () => {
    const bob = JSON.parse((await ask('bob', '--json', 'pub', 'private.x')).out);
    assert.deepEqual([bob.allowed, bob.decidedBy.list, bob.decidedBy.pattern], [false, 'default', null]);
    const { out } = await ask(nkey, 'pub', 'public.x');
    assert.match(out, /Allowed by `public\.>` of the default permissions\./);
  });

  it('takes no seed', async () => {
    const seed = new TextDecoder().decode(createUser().getSeed());
    const { code, err } = await ask(seed, 'pub', 'a');
    assert.deepEqual([code, err.includes(seed)], [2, false]);
    assert.match(err, /never its seed/);
  });

  it('judges for the version that is asked for', async () => {
    const version = ['--nats-server', '2.9.10'];
    assert.match((await ask('alice', ...version, 'pub', '$NRG.x')).out, /^no/);
    folder.put('old.conf', 'authorization { users: [ { user: a, password: b, permissions: { subscribe: { deny: "b.*.c" } } } ] }\n');
    const { out } = await folder.run(['can', '--config', 'old.conf', '--user', 'a', ...version, 'sub', 'b.x.>']);
    assert.match(out, /a fault of nats-server 2\.9\.10, gone since 2\.11\.16, 2\.12\.7 and 2\.14\.0 \(advisory secnote-2026-17\)/);
  });

  for (const [what, words, message] of [
    ['an unknown user, with a near name', ['--user', 'alcie', 'pub', 'a'], /no user "alcie" in this configuration; did you mean "alice"\?/],
    ['no valid subject', ['--user', 'alice', 'pub', 'a..b'], /"a\.\.b" is no valid subject/],
    ['another action', ['--user', 'alice', 'publish', 'a'], /the action takes pub, sub, not "publish"/],
    ['a queue group for publishing', ['--user', 'alice', 'pub', 'a', '--queue', 'q'], /--queue is for subscriptions/],
  ] as const) {
    it(`complains of ${what}`, async () => {
      const { code, out, err } = await folder.run(['can', '--config', 'nats.conf', ...words]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('says who else is this user', async () => {
    folder.put('open.conf', 'no_auth_user: a\nauthorization { users: [ { user: a, password: b } ] }\n');
    const { out } = await folder.run(['can', '--config', 'open.conf', '--user', 'a', 'pub', 'x']);
    assert.match(out, /Whoever logs in without credentials is this user too/);
  });

  it('says when the server would not start at all', async () => {
    folder.put('broken.conf', 'authorization { users: [ { user: a, password: b } ], usr: x }\n');
    const { out } = await folder.run(['can', '--config', 'broken.conf', '--user', 'a', 'pub', 'x']);
    assert.match(out, /nats-server refuses this configuration/);
  });
});

describe('authlint can for users with a JWT', () => {
  const [operator, account, other, role, user] = [party('operator'), party('account'), party('account'), party('account'), party('user')];
  const template = { sub: { allow: ['{{name()}}.>', 'team.{{tag(team)}}.>'] }, pub: { allow: ['only.{{tag(none)}}'] } };
  const accountToken = natsToken('account', operator, account, {
    signing_keys: [{ kind: 'user_scope', key: role.key, role: 'worker', template }],
    default_permissions: { pub: { allow: ['public.>'] } },
    mappings: { 'in.*': [{ subject: 'orders.$1' }] },
    imports: [
      { name: 'i', subject: 'prices.*', account: other.key, local_subject: 'ask.*', type: 'service' },
      { name: 'j', subject: 'stocks.*', account: other.key, local_subject: 'ask.for.*', type: 'service' },
      { name: 'k', subject: 'closed.*', account: other.key, local_subject: 'ask.in.*', type: 'service' },
    ],
  });
  const conf = operatorConf(natsToken('operator', operator, operator), [
    [account, accountToken],
    [
      other,
      natsToken('account', operator, other, {
        exports: [
          { name: 'i', subject: 'prices.*', type: 'service' },
          { name: 'k', subject: 'closed.*', type: 'service', token_req: true },
        ],
      }),
    ],
  ]);
  const named = (name: string, nats: object, signer = account) => {
    const token = natsToken('user', signer, user, nats, { name });
    return credentials(token, user.seed);
  };
  const folder = new Folder({
    'nats.conf': conf,
    'ann.creds': named('ann', { pub: { allow: ['orders.>', 'ask.>'], deny: ['orders.secret'] }, resp: {} }),
  });
  after(() => folder.remove());

  async function ask(name: string, ...words: readonly string[]) {
    const { code, out, err } = await folder.run(['can', '--config', 'nats.conf', '--user', name, '--json', ...words]);
    for (const secret of [user.seed, accountToken]) assert.equal(`${out}${err}`.includes(secret), false);
    return { code, err, ...(out ? JSON.parse(out) : {}) };
  }

  it('goes by its claims, and by the mappings and imports of its account', async () => {
    const allowed = await ask('ann', 'pub', 'in.new');
    assert.deepEqual(
      [allowed.code, allowed.allowed, allowed.decidedBy.path, allowed.decidedBy.pattern],
      [0, true, 'ann.creds', 'orders.>'],
    );
    assert.match(allowed.notes[0], /^mapped to `orders\.new`/);
    assert.equal((await ask(user.key, 'pub', 'in.secret')).allowed, false);
    const asked = await ask('ann', 'pub', 'ask.milk');
    assert.match(asked.notes.join(), new RegExp(`Goes to account \`${other.key}\` as \`prices\\.milk\``));
    // Neither what is not exported goes on, nor what is exported to others.
    for (const subject of ['ask.for.milk', 'ask.in.milk']) assert.deepEqual((await ask('ann', 'pub', subject)).notes, [], subject);
  });

  it('takes an empty list beside denied subjects at its word, as the server does for publishing', async () => {
    folder.put('dot.creds', named('dot', { pub: { allow: [], deny: ['a'] }, sub: { allow: [], deny: ['a'] } }));
    assert.deepEqual([(await ask('dot', 'pub', 'b')).allowed, (await ask('dot', 'sub', 'b')).allowed], [false, true]);
  });

  it('fills in the template of its signing key, and closes a list of which nothing is left', async () => {
    folder.put(
      'bob.creds',
      named('bob', { issuer_account: account.key, subs: 0, data: 0, payload: 0, tags: ['team:red', 'team:blue'] }, role),
    );
    for (const subject of ['bob.x', 'team.red.x', 'team.blue.x']) assert.equal((await ask('bob', 'sub', subject)).allowed, true, subject);
    assert.equal((await ask('bob', 'sub', 'team.green.x')).allowed, false);
    assert.equal((await ask('bob', 'pub', 'only.x')).allowed, false);
  });

  it('falls back to the default of the account', async () => {
    folder.put('cid.creds', named('cid', {}));
    const { allowed, decidedBy } = await ask('cid', 'pub', 'private.x');
    assert.deepEqual([allowed, decidedBy.list], [false, 'default']);
  });

  it('says when the server does not let the user in', async () => {
    folder.put('old.creds', credentials(natsToken('user', account, user, {}, { name: 'old', exp: 1767139300 }), user.seed));
    assert.match((await ask('old', 'pub', 'public.x')).notes.join(), /does not let this user in: The user JWT has expired/);
  });

  it('shows no JWT', async () => {
    const { out } = await folder.run(['can', '--config', 'nats.conf', '--user', 'ann', 'pub', 'x']);
    assert.match(out, /^no {2}`ann` may not publish to `x`\.\nann\.creds:2:1 {2}No pattern that is allowed matches it\.$/m);
    assert.doesNotMatch(out, /eyJ/);
  });

  it('cannot tell of users and accounts that are not here, or of what a service decides', async () => {
    const unknown = await ask('zoe', 'pub', 'x');
    assert.deepEqual([unknown.code, /the files here hold none of "zoe", so it cannot be told/.test(unknown.err)], [2, true]);
    folder.put('eve.creds', named('eve', {}, party('account')));
    const homeless = await ask('eve', 'pub', 'x');
    assert.deepEqual([homeless.code, /the JWT of the account of "eve" is not here/.test(homeless.err)], [2, true]);
    folder.put(
      'callout.conf',
      `authorization { users: [{ user: auth, password: x }], auth_callout { issuer: ${account.key}, auth_users: [auth] } }\n`,
    );
    const called = await folder.run(['can', '--config', 'callout.conf', '--user', 'ann', 'pub', 'x']);
    assert.deepEqual([called.code, /auth_callout/.test(called.err)], [2, true]);
    assert.equal((await folder.run(['can', '--config', 'callout.conf', '--user', 'auth', 'pub', 'x'])).code, 0);
  });
});
