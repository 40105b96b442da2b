// Variables, accounts and users: where they are defined and used, and giving them other names.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createUser } from '@nats-io/nkeys';
import type { Name } from '../../server/src/core/language.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { inspectValue } from '../../server/src/core/nats-conf/inspect.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { modelOf, placeIn } from '../support/nats-models.ts';

type Files = Readonly<Record<string, string>>;

const asFiles = (files: Files | string): Files => (typeof files === 'string' ? { 'nats.conf': files } : files);

function namesIn(files: Files | string): readonly Name[] {
  const { conf, context } = modelOf(files);
  return natsConf.names?.(conf, context) ?? [];
}

/** Each name with its kind, definitions before `<-` and references behind it; `!` for one that cannot be renamed. */
function shown(files: Files | string): string[] {
  const at = (places: Name['definitions']) => places.map(place => placeIn(asFiles(files), place)).join(', ');
  return namesIn(files).map(
    ({ kind, name, definitions, references, rename }) => `${kind} ${name}${rename ? '' : '!'} ${at(definitions)} <- ${at(references)}`,
  );
}

/** The files after a renaming, or why there is none. */
function renamed(files: Files | string, name: string, newName: string): Files | string {
  const found = namesIn(files).find(one => one.name === name && one.rename);
  assert.ok(found?.rename, `${name} cannot be renamed`);
  const renaming = found.rename(newName);
  if ('problem' in renaming) return renaming.problem;
  const changed = Object.entries(asFiles(files)).map(([file, text]) => {
    const edits = renaming.edits.filter(edit => edit.file.endsWith(`/${file}`));
    return [file, applyEdits(text, edits)] as const;
  });
  return typeof files === 'string' ? (changed[0]?.[1] as string) : Object.fromEntries(changed);
}

describe('names of nats.conf', () => {
  it('are variables with the scope of the server', () => {
    assert.deepEqual(shown('pw: x\na { pw: y, token: $pw }\nauthorization { token: $pw }\nport: $PORT\n').sort(), [
      'variable PORT!  <- 4:8 «PORT»',
      'variable pw 1:1 «pw» <- 3:25 «pw»',
      'variable pw 2:5 «pw» <- 2:20 «pw»',
    ]);
  });

  it('are found across files, once for each place', () => {
    const files = {
      'nats.conf': 'include vars.conf\ninclude sub/users.conf\ncluster { name: $cluster }\n',
      'vars.conf': '"cluster": east\n',
      'sub/users.conf': 'secret = s\nauthorization { user: ana, password: $secret }\n',
    };
    assert.deepEqual(shown(files), [
      'variable secret sub/users.conf 1:1 «secret» <- sub/users.conf 2:39 «secret»',
      'variable cluster vars.conf 1:2 «cluster» <- 3:18 «cluster»',
      'user ana sub/users.conf 2:23 «ana» <- ',
    ]);
  });

  it('show a reference that the server does not see, too', () => {
    assert.deepEqual(shown('a { pw: y, token: $pw }\nb: $pw\n'), ['variable pw 1:5 «pw» <- 1:20 «pw», 2:5 «pw»']);
    assert.deepEqual(shown('b: $pw\npw: y\n'), ['variable pw! 2:1 «pw» <- 1:5 «pw»']);
  });

  it('are accounts, wherever they are used', () => {
    const text = [
      'accounts {',
      '  SYS: {}',
      '  "A B": { exports: [{ service: q, accounts: [C] }], imports: [{ service: { account: C, subject: r } }] }',
      '  C { exports: [{ service: r, accounts: ["A B"] }] }',
      '}',
      'system_account: SYS',
      'leafnodes { remotes: [{ url: "nats://h", account: C }] }',
      'default_js_domain { C: hub }',
    ].join('\n');
    assert.deepEqual(shown(text), [
      'account SYS 2:3 «SYS» <- 6:17 «SYS»',
      'account A B 3:4 «A B» <- 4:43 «A B»',
      'account C 4:3 «C» <- 3:47 «C», 3:86 «C», 7:51 «C», 8:21 «C»',
    ]);
  });

  it('are accounts of a list, and those of the server', () => {
    assert.deepEqual(shown('accounts: [A, "B"]\nsystem_account: "$SYS"\nleafnodes { remotes: [{ url: "nats://h", account: B }] }\n'), [
      'account A 1:12 «A» <- ',
      'account B 1:16 «B» <- 3:51 «B»',
      'account $SYS!  <- 2:18 «$SYS»',
    ]);
  });

  it('are users and their keys; those of leafnodes are others', () => {
    const nkey = createUser().getPublicKey();
    const text = [
      `authorization { users: [{ user: ana, password: x }, { nkey: ${nkey} }], auth_callout { issuer: A, auth_users: [ana, ${nkey}] } }`,
      'no_auth_user: ana',
      'websocket { no_tls: true, port: 80, no_auth_user: "ana" }',
      'leafnodes { authorization { users: [{ user: ana, password: y }] } }',
    ].join('\n');
    const at = (line: string) => text.split('\n')[0]?.indexOf(line) ?? -1;
    assert.deepEqual(shown(text), [
      `user ana 1:33 «ana» <- 1:${at('[ana,') + 2} «ana», 2:15 «ana», 3:52 «ana»`,
      `user ${nkey}! 1:${at('nkey:') + 7} «${nkey}» <- 1:${at(`, ${nkey}]`) + 3} «${nkey}»`,
      'user ana 4:45 «ana» <- ',
    ]);
  });

  it('follow a variable to where the name is written', () => {
    assert.deepEqual(shown('sys = SYS\naccounts { SYS {} }\nsystem_account: $sys\n'), [
      'variable sys 1:1 «sys» <- 3:18 «sys»',
      'account SYS 2:12 «SYS» <- 1:7 «SYS»',
    ]);
  });

  it('never hold a seed', () => {
    const seed = new TextDecoder().decode(createUser().getSeed());
    assert.deepEqual(shown(`authorization { users: [{ nkey: ${seed} }, { user: ${seed}, password: x }] }`), []);
  });
});

describe('renaming in nats.conf', () => {
  it('writes a variable at its definitions and uses', () => {
    assert.equal(renamed('pw: x\npw: y\nauthorization { token: $pw }\n', 'pw', 'key'), 'key: x\nkey: y\nauthorization { token: $key }\n');
    assert.equal(renamed('"pw": x\nauthorization { token: $pw }\n', 'pw', 'include'), '"include": x\nauthorization { token: $include }\n');
    assert.equal(renamed('pw x\nauthorization { token: $pw }\n', 'pw', 'include'), '"include" x\nauthorization { token: $include }\n');
  });

  it('works across files', () => {
    const files = { 'nats.conf': 'include vars.conf\nserver_name: $me\n', 'vars.conf': 'me = n1\n' };
    assert.deepEqual(renamed(files, 'me', 'node'), { 'nats.conf': 'include vars.conf\nserver_name: $node\n', 'vars.conf': 'node = n1\n' });
  });

  it('keeps quotes, and adds those that a name needs', () => {
    const text = 'accounts { A {}, B { exports: [{ stream: x, accounts: [A, "A", \'A\'] }] } }\nsystem_account: B\n';
    assert.equal(
      renamed(text, 'A', 'my account'),
      'accounts { "my account" {}, B { exports: [{ stream: x, accounts: ["my account", "my account", \'my account\'] }] } }\nsystem_account: B\n',
    );
    assert.equal(
      renamed('authorization { users: [{ user: ana, password: x }] }\nno_auth_user: ana\n', 'ana', '7'),
      'authorization { users: [{ user: "7", password: x }] }\nno_auth_user: "7"\n',
    );
    assert.equal(renamed('accounts { A {} }\nsystem_account: A\n', 'A', '$SYS'), 'accounts { $SYS {} }\nsystem_account: "$SYS"\n');
    assert.equal(renamed('accounts { "A" {} }\nsystem_account: A\n', 'A', 'a"b'), 'accounts { \'a"b\' {} }\nsystem_account: "a\\"b"\n');
  });

  const refusals: readonly (readonly [string, string, string, string, RegExp])[] = [
    ['a variable that cannot be written', 'pw: x\nauthorization { token: $pw }', 'pw', 'a b', /^The name of a variable begins/],
    ['a key that is there already', 'pw: x\nq: y\na: $q\nauthorization { token: $pw }', 'pw', 'q', /already there in the same block/],
    ['a variable that would capture another', 'pw: x\nauthorization { token: $pw }\nserver_name: $NODE', 'pw', 'NODE', /another meaning/],
    ['a variable that another would capture', 'pw: x\nauthorization { q: y, user: $q, password: $pw }', 'pw', 'q', /another meaning/],
    ['an option', 'pw: x\nauthorization { token: $pw }', 'pw', 'debug', /has an option `debug`/],
    ['an account that exists', 'accounts { A {}, B {} }', 'A', 'B', /There is a `B` already/],
    ['the system account of the server', 'accounts { A {} }', 'A', '$SYS', /by itself/],
    [
      'an account that is a token of a subject',
      'accounts { A { exports: [{ stream: "s.*", account_token_position: 2 }] }, B { imports: [{ stream: { account: A, subject: "s.B" } }] } }',
      'B',
      'C',
      /mistake|meaning/,
    ],
    [
      'a user that exists',
      'authorization { users: [{ user: a, password: x }, { user: b, password: y }] }',
      'a',
      'b',
      /There is a `b` already/,
    ],
    ['an empty name', 'accounts { A {} }', 'A', '', /at least one character/],
    ['a name that a key cannot hold', 'accounts { A {} }', 'A', `a"b'c`, /both kinds of quotes/],
    ['a text that is more than the name', 'n = A\naccounts { A {} }\nsystem_account: $n\nserver_name: $n\n', 'A', 'B', /./],
  ];
  for (const [what, text, from, to, problem] of refusals) {
    it(`refuses ${what}`, () => {
      const answer = renamed(text, from, to);
      assert.match(String(answer), problem);
    });
  }

  it('does not rename options, keys and what comes from outside', () => {
    const fixed = namesIn('port: 4222\nhttp: $port\nserver_name: $HOST\nsystem_account: SYS\n').filter(({ rename }) => rename);
    assert.deepEqual(fixed, []);
  });

  it('changes nothing but the name, for every name of every file at hand', function () {
    const folder = '../shared/corpus/nats-a';
    if (!existsSync(folder)) this.skip();
    this.timeout(240_000);
    let count = 0;
    for (const file of readdirSync(folder, { recursive: true }) as string[]) {
      if (!file.endsWith('.conf') || count > 400) continue;
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      const before = JSON.stringify(inspectValue(modelOf(text).conf.evaluation.root));
      for (const { name, rename } of namesIn(text)) {
        const renaming = rename?.('zz_new');
        if (!renaming || 'problem' in renaming) continue;
        const after = inspectValue(modelOf(applyEdits(text, renaming.edits)).conf.evaluation.root);
        assert.equal(JSON.stringify(after).replaceAll('zz_new', name), before, `${file}: ${name}`);
        count++;
      }
    }
    assert.ok(count > 100);
  });
});
