// What is proposed where the caret stands in nats.conf, also in a text that is half-written.
import assert from 'node:assert/strict';
import { createAccount } from '@nats-io/nkeys';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { Completion } from '../../server/src/core/language.ts';
import { defaultSettings, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { completionsAt, partOf } from '../support/nats-models.ts';
import { parse } from '../support/nats-text.ts';

/** Proposals where `|` stands. */
function complete(marked: string, version: ServerVersion = defaultSettings.natsServer, files: Record<string, string> = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const read = (id: string) => {
    const found = files[id.slice('file:///w/'.length)];
    return found === undefined ? ('absent' as const) : { id, text: found };
  };
  const context = {
    settings: { ...defaultSettings, natsServer: version },
    now: 0,
    read,
    files: Object.keys(files).map(name => `file:///w/${name}`),
    neighbours: () => [],
  };
  return natsConf.complete?.(natsConf.build({ id: 'file:///w/nats.conf', text }, context), offset, context) ?? [];
}
const labels = (marked: string, most = 4) =>
  complete(marked)
    .slice(0, most)
    .map(({ label }) => label);
const find = (items: readonly Completion[], label: string) => items.find(item => item.label === label);

describe('completion of nats.conf', () => {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['|', ['authorization with users', 'accounts with a system account', 'tls with client certificates', 'leafnodes with a remote']],
    ['debug: true\n|', ['listen', 'port', 'server_name', 'jetstream']],
    ['po|', ['port', 'ports_file_dir', 'http_port', 'monitor_port']],
    ['accounts {\n  A: { |', ['users', 'jetstream', 'exports', 'imports']],
    ['accounts { A { users: [ { user: a, | } ] } }', ['password', 'permissions', 'nkey', 'pass']],
    ['accounts { A { users: [ |', ['user with password', 'user with nkey']],
    ['jetstream {\n  max|\n  domain: x\n', ['max_memory_store', 'max_file_store', 'max_mem', 'max_file']],
    ['authorization {|', ['user', 'password', 'users', 'token']],
    ['tls {\n  |\n}\nport: 4222', ['cert_file', 'key_file', 'ca_file', 'verify']],
    ['{\n  "po|": 1\n}', ['port', 'ports_file_dir', 'http_port', 'monitor_port']],
    ['port:\n|', ['listen', 'server_name', 'jetstream', 'authorization']],
    ['port: |', ['4222', '4223', '4224', '-1']],
    ['port|: 4222', ['port', 'ports_file_dir', 'http_port', 'monitor_port']],
    ['debug: |', ['true', 'false']],
    ['logtime: |', ['false', 'true']],
    ['resolver { type: |', ['FULL', 'CACHE', 'MEM', 'MEMORY']],
    ['tls { curve_preferences: [X2|] }', ['X25519MLKEM768', 'X25519', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024']],
    ['PW: x\nauthorization { token: |', ['$PW']],
    ['accounts { A {}, B {} }\nleafnodes { remotes: [{ account: | }] }', ['A', 'B']],
    ['accounts { A {}, B { users: [{ user: bob }] } }\nno_auth_user: |', ['bob']],
    ['accounts {\n  | \n}\nsystem_account: ADM', ['account', 'ADM', 'SYS', '$SYS']],
    ['accounts { A {}, B { imports: [{ stream: { account: | } }] } }', ['A']],
    ['authorization { users: [{ permissions: { publish: "|" } }] }', ['_INBOX.>', '>', '$JS.API.>', '$SYS.>']],
    ['max_closed_clients: |', ['10000', '1', '10', '100']],
    ['tls { timeout: |', ['2', '5', '1', '3']],
    ['port: 4222 |', []],
    ['port: 4222 # po|', []],
    ['operator: (\n  po|\n)\n', []],
    ['unknown { |', []],
  ];
  for (const [text, expected] of places) it(JSON.stringify(text), () => assert.deepEqual(labels(text), expected));

  it('leaves out what is given, under any of its names, before and behind the caret', () => {
    const offered = complete('host: a\n|\nmax_payload: 1MB\n').map(({ label }) => label);
    for (const given of ['host', 'net', 'max_payload']) assert.equal(offered.includes(given), false, given);
    assert.equal(offered.includes('port'), true);
  });

  it('offers only what the target server knows', () => {
    assert.ok(find(complete('|'), 'proxies'));
    assert.equal(find(complete('|', [2, 9, 25]), 'proxies'), undefined);
  });

  it('describes an option', () => {
    assert.deepEqual(find(complete('max_pay|'), 'max_payload'), {
      label: 'max_payload',
      kind: 'option',
      detail: 'a whole number · default 1MB',
      documentation: 'Largest message payload.\n\nOver 8MB the server warns; it must not exceed max_pending.',
      insertText: 'max_payload: ',
      span: { start: 0, end: 7 },
    });
  });

  const insertions: readonly (readonly [string, string, string, string | undefined])[] = [
    ['|', 'cluster', 'cluster ', 'cluster {\n\t$0\n}'],
    ['|', 'debug', 'debug: ', `debug: \${1|true,false|}`],
    ['port = 1\n|', 'max_payload', 'max_payload = ', undefined],
    ['po|: 4222', 'port', 'port', undefined],
    ['jetstream { cip| }', 'cipher', 'cipher: ', `cipher: \${1|chacha,chachapoly,aes|}`],
    // Other values than the words are more usual.
    ['jetstream { sync| }', 'sync_interval', 'sync_interval: ', undefined],
    ['ping_interval: |', '2m', '"2m"', undefined],
    ['ping_interval: "|"', '2m', '2m', undefined],
    ['max_payload: |', '1MB', '1MB', undefined],
    ['listen: |', '127.0.0.1:4222', '"127.0.0.1:4222"', undefined],
  ];
  for (const [text, label, plain, snippet] of insertions) {
    it(`inserts ${JSON.stringify(plain)} for ${JSON.stringify(text)}`, () => {
      const item = find(complete(text), label);
      assert.deepEqual([item?.insertText, item?.snippet], [plain, snippet]);
    });
  }

  it('replaces the word that the caret touches, within its quotes', () => {
    assert.deepEqual(complete('listen: "0.0|.0:1"')[0]?.span, { start: 9, end: 16 });
    assert.deepEqual(complete('lis|ten')[0]?.span, { start: 0, end: 6 });
  });

  it('knows variables that stand above in an open bracket, in an included file, or are taken from the environment', () => {
    const text = 'include vars.conf\nABOVE: 1\nx { INNER: 1 }\nserver_name: $ENV\nauthorization { token: $|\n}\nBELOW: 1';
    const offered = complete(text, undefined, { 'vars.conf': 'OTHER: 1' }).map(({ label, detail }) => `${label} ${detail}`);
    assert.deepEqual(offered.slice(0, 4), [
      '$ABOVE defined above',
      '$x defined above',
      '$OTHER from an included file',
      '$ENV from the environment',
    ]);
    assert.equal(
      offered.some(label => /INNER|BELOW/.test(label)),
      false,
    );
  });

  it('never proposes a secret', () => {
    const text =
      'authorization { users: [{ user: a, password: hunter2 }, { user: b, password: | }] }\nleafnodes { remotes: [{ url: "nats://u:hunter2@h" }] }';
    assert.equal(JSON.stringify(complete(text)).includes('hunter2'), false);
    for (const password of ['hunter2', 'hun/ter2', 'h@unter2']) {
      const remotes = complete(`leafnodes { remotes: [{ url: "nats://u:${password}@h:7422" }, { url: | }] }`);
      assert.equal(JSON.stringify(remotes).includes('ter2'), false);
      assert.ok(find(remotes, 'nats://h:7422'));
      const routes = complete(`cluster { routes: [ "nats://u:${password}@h-1:6222", | ] }`);
      assert.equal(JSON.stringify(routes).includes('ter2'), false);
      assert.equal(routes[0]?.label, 'nats://h-2:6222');
    }
  });

  it('never proposes a secret under another name', () => {
    const text = 'authorization { users: [{ user: hunter2, password: hunter2 }, { user: b, password: $unter3 }] }\nno_auth_user: |';
    assert.deepEqual(
      complete(text).map(({ label }) => label),
      ['b'],
    );
  });

  it('proposes files to include', () => {
    const paths = complete('include |', undefined, { 'nats.conf': '', 'auth/users.conf': '', 'a b.conf': '', 'notes.txt': '' });
    assert.deepEqual(
      paths.map(({ insertText }) => insertText),
      ['auth/users.conf', '"a b.conf"'],
    );
  });

  describe('learns from other configurations of the workspace', () => {
    const others: Readonly<Record<string, string>> = {
      'n1/nats.conf':
        'server_name: shop-1\ncluster { name: shop, routes: ["nats-route://shop-2:6222"] }\nauthorization { user: ana, password: hunter2 }\n',
      'other/nats.conf': 'server_name: hunter2\n',
    };
    const learned = (marked: string) => {
      const analyzer = new Analyzer(() => 0);
      const offset = marked.indexOf('|');
      for (const [name, text] of Object.entries(others)) analyzer.setFile({ id: `file:///w/${name}`, text });
      analyzer.setFile({ id: 'file:///w/n2/nats.conf', text: marked.replace('|', '') });
      analyzer.wanted();
      return analyzer.completions('file:///w/n2/nats.conf', offset).map(({ label, detail }) => `${label}: ${detail}`);
    };

    it('the values of the same option', () => {
      assert.equal(learned('cluster { name: | }')[0], 'shop: used in another configuration');
      assert.ok(learned('cluster { routes: [ | ] }').includes('nats-route://shop-2:6222: used in another configuration'));
    });
    it('what comes next in a row of servers', () => {
      assert.ok(learned('server_name: |').includes('shop-2: next in the row'));
      assert.ok(learned('cluster { routes: [ nats-route://shop-2:6222, | ] }').includes('nats-route://shop-3:6222: next in the row'));
    });
    it('no secret', () => {
      assert.equal(learned('authorization { password: | }').join().includes('hunter2'), false);
      assert.equal(learned('authorization { user: | }').join().includes('hunter2'), false);
    });
  });

  describe('concludes from what stands elsewhere', () => {
    /** Proposals where `|` stands in the named file of a workspace, with what is said beside them. */
    const concluded = (marked: string, name = 'nats.conf', others: Readonly<Record<string, string>> = {}) => {
      const analyzer = new Analyzer(() => 0);
      for (const [other, text] of Object.entries(others)) analyzer.setFile({ id: `file:///w/${other}`, text });
      analyzer.setFile({ id: `file:///w/${name}`, text: marked.replace('|', '') }, 'nats-conf');
      for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
      return analyzer.completions(`file:///w/${name}`, marked.indexOf('|')).map(({ label }) => label);
    };
    const conclusions: readonly (readonly [string, string])[] = [
      ['tls { cert_file: "./pki/server-cert.pem"\n key_file: | }', './pki/server-key.pem'],
      ['tls { cert_file: /etc/tls/tls.crt\n key_file: | }', '/etc/tls/tls.key'],
      ['tls { cert_file: |\n key_file: "/etc/tls/a.key" }', '/etc/tls/a.crt'],
      ['tls { cert_file: "pki/server.crt", key_file: "pki/server.key", ca_file: | }', 'pki/ca.crt'],
    ];
    const more: readonly (readonly [string, string])[] = [
      ['tls { cert_file: /etc/ssl/fullchain.pem\n key_file: | }', '/etc/ssl/privkey.pem'],
      ['tls { cert_file: |\n key_file: "pki/localhost-key.pem" }', 'pki/localhost.pem'],
      ['pid_file: pids/n2\njetstream { store_dir: | }', 'data/n2'],
      ['log_file: /var/log/hub.log\npid_file: |', '/var/run/hub.pid'],
      ['jetstream { store_dir: /nats/jetstream }\nresolver { type: full, dir: | }', '/nats/jwt'],
      ['no_auth_user: guest\naccounts { A { users: [{ user: | }] } }', 'guest'],
      ['cluster { routes: ["nats://hand:hunter2@b:6222"], authorization { user: |\n password: $PW } }', 'hand'],
      ['accounts { A { users: [{ user: client1 }, { user: | }] } }', 'client2'],
      ['jetstream { domain: east }\nserver_name: |', 'east'],
      ['cluster { name: C1 }\nserver_name: |', 'C1-1'],
      ['cluster { routes: ["nats://localhost:4245", "nats://localhost:4246"], port: | }', '4244'],
      ['gateway { name: B, gateways: [{ name: A, url: "nats://a:7230" }, { name: B, url: "nats://b:7231" }], port: | }', '7231'],
      ['listen: 127.0.0.1:5343\ncluster { listen: | }', '127.0.0.1:5344'],
      ['accounts { A { exports: [{ service: | }] }, B { imports: [{ service: { account: A, subject: q.a } }] } }', 'q.a'],
      ['accounts { B { imports: [{ service: { account: A, subject: q.a }, to: | }] } }', 'a.q.a'],
    ];
    for (const [text, expected] of more)
      it(text, () => assert.ok(concluded(text).slice(0, 6).includes(expected), concluded(text).slice(0, 8).join()));
    it('no token and no password that stands in an address', () => {
      const offered = concluded(
        'cluster { routes: ["nats://hunter2@b:6222", "nats://hunter3:hunter3@c:6222"], authorization { user: | } }',
      );
      assert.equal(offered.join().includes('hunter'), false);
    });
    it('the key of the account that signs for itself', () => {
      const account = createAccount().getPublicKey();
      assert.equal(concluded(`accounts { ${account}: {} }\nauthorization { auth_callout { issuer: | } }`)[0], account);
    });
    for (const [text, expected] of conclusions) it(text, () => assert.equal(concluded(text)[0], expected));

    it('the files of the nearest certificate', () => {
      const text = 'tls { cert_file: a.crt, key_file: a.key }\ncluster { tls { cert_file: b.crt, key_file: | } }';
      assert.equal(concluded(text)[0], 'b.key');
    });
    it('the name that the file or its folder bears', () => {
      assert.equal(concluded('server_name: |', 'east-1.conf')[0], 'east-1');
      assert.equal(concluded('server_name: |', 'east-2/nats.conf')[0], 'east-2');
      assert.equal(concluded('server_name: |', 'config/nats.conf').includes('config'), false);
    });
    it('ports that are moved as far as that of the clients', () => {
      assert.equal(concluded('port: 4224\ncluster { port: | }')[0], '6224');
      assert.equal(concluded('port: 4224\nhttp_port: |')[0], '8224');
      assert.equal(concluded('port: 4222\nhttp_port: |')[0], '8222');
      assert.deepEqual(labels('port: |', 2), ['4222', '4223']);
      assert.equal(find(complete('port: |'), '4222')?.detail, 'usual');
    });
    it('the host that the server listens on', () => {
      assert.equal(concluded('listen: localhost:4222\ncluster { listen: | }')[0], 'localhost:6222');
    });
    it('members of a cluster on the same machine', () => {
      assert.equal(concluded('cluster { listen: 127.0.0.1:6222, routes: [ | ] }')[0], 'nats://127.0.0.1:6223');
    });
    it('what stands behind and in front of a value in its row', () => {
      const offered = concluded('cluster { routes: [ nats://host_b:6222, | ] }');
      assert.deepEqual(offered.slice(0, 2), ['nats://host_c:6222', 'nats://host_a:6222']);
    });
    it('the subjects of a user from those of another', () => {
      const text =
        'accounts { A { users: [{ user: billing, permissions: { publish: ["events.billing.>"] } }, { user: shipping, permissions: { publish: | } }] } }';
      assert.equal(concluded(text)[0], 'events.shipping.>');
      assert.ok(concluded(text).includes('events.billing.>'));
    });
    it('subjects that begin as the others of the list do', () => {
      const others = 'user: a, permissions: { publish: [x.a, y.a, y.b, "z.a", "orders.paid"] }';
      const text = `accounts { A { users: [{ ${others} }, { user: b, permissions: { publish: ["orders.new", | ] } }] } }`;
      assert.deepEqual(
        concluded(text).filter(label => ['z.a', 'orders.paid'].includes(label)),
        ['orders.paid', 'z.a'],
      );
    });
    it('a pattern that covers what is used', () => {
      const text = 'accounts { A { users: [{ user: a, permissions: { publish: ["x.orders.new"], subscribe: | } }] } }';
      assert.deepEqual(concluded(text).slice(0, 5), ['x.orders.new', '_INBOX.>', '>', 'x.orders.>', 'x.>']);
    });
    it('keys that go with those that are written', () => {
      assert.ok(concluded('port: 1\naccounts { A {} }\n|').slice(0, 8).includes('system_account'));
      assert.ok(concluded('lame_duck_duration: "1m"\n|').slice(0, 8).includes('lame_duck_grace_period'));
    });
    it('keys that the other servers have', () => {
      const others = { 'n1/nats.conf': 'prof_port: 65432', 'n2/nats.conf': 'prof_port: 65432' };
      assert.ok(concluded('port: 1\n|', 'n3/nats.conf', others).slice(0, 8).includes('prof_port'));
    });
    it('the subjects of users who have no name, from the word that tells them apart', () => {
      const user = (name: string, list: string) =>
        `{ nkey: ${name}, permissions: { subscribe: [rpc.${name}, "_INBOX.${name}.>"], publish: [${list}] } }`;
      const text = `authorization { users: [${user('east', '"$JS.API.INFO", "$KV.jobs_east.>"')}, ${user('west', '"$JS.API.INFO", |')}] }`;
      assert.equal(concluded(text)[0], '$KV.jobs_west.>');
    });
    it('the name of a user, from the variable with the password or the account', () => {
      assert.equal(concluded('accounts { A { users: [{ user: |, password: $NATS_BILLING_PASSWORD }] } }')[0], 'billing');
      assert.ok(concluded('accounts { ORDERS { users: [{ user: | }] } }').slice(0, 3).includes('orders_user'));
    });
    it('what bears the name of another member, with that of this one', () => {
      const member = (name: string, store: string) =>
        `server_name: ${name}\njetstream { store_dir: ${store} }\ncluster { name: C, listen: "10.0.0.1:6222" }`;
      const others = { 'n1.conf': member('n1', '/data/n1') };
      assert.equal(concluded(member('n2', '|'), 'n2.conf', others)[0], '/data/n2');
      assert.equal(concluded(member('|', '/data/n2'), 'n2.conf', others)[0], 'n2');
    });
    it('the other members of a cluster, and not itself', () => {
      const others = { 'n1.conf': 'server_name: n1\ncluster { name: C, routes: ["nats-route://n2:6222", "nats-route://n3:6222"] }' };
      const offered = concluded('server_name: n2\ncluster { name: C, routes: [ | ] }', 'n2.conf', others);
      assert.deepEqual(offered.slice(0, 2), ['nats-route://n1:6222', 'nats-route://n3:6222']);
    });
    it('the subject that is exported', () => {
      const text = 'accounts { A { exports: [{ service: "q.a" }] }, B { imports: [{ service: { account: A, subject: | } }] } }';
      assert.equal(concluded(text)[0], 'q.a');
    });
    it('where the other servers listen', () => {
      const others = {
        'hub.conf': 'server_name: hub\nleafnodes { port: 7444 }',
        'n1.conf': 'server_name: n1\ncluster { name: C, listen: "10.0.0.1:6333", routes: ["nats://10.0.0.2:6333"] }',
      };
      assert.ok(concluded('leafnodes { remotes: [{ url: | }] }', 'leaf.conf', others).slice(0, 3).includes('nats-leaf://hub:7444'));
      assert.ok(concluded('cluster { name: C, routes: [ | ] }', 'n2.conf', others).slice(0, 5).includes('nats-route://10.0.0.1:6333'));
      assert.ok(concluded('cluster { name: C, listen: | }', 'n2.conf', others).slice(0, 5).includes('10.0.0.2:6333'));
    });
    it('how sizes are written', () => {
      assert.deepEqual(concluded('max_pending: 32mb\nmax_payload: |').slice(0, 8), [
        '1mb',
        '8mb',
        '2mb',
        '4mb',
        '16mb',
        '10mb',
        '1MB',
        '8MB',
      ]);
      assert.deepEqual(concluded('jetstream { max_mem: 1G, max_file: | }').slice(0, 2), ['10G', '1G']);
      assert.deepEqual(concluded('max_payload: 8388608\njetstream { max_file: | }').slice(0, 2), ['10737418240', '1073741824']);
    });
    it('the system account that the operator has preloaded', () => {
      const account = createAccount().getPublicKey();
      assert.equal(concluded(`operator: o.jwt\nresolver: MEMORY\nresolver_preload { ${account}: x }\nsystem_account: |`)[0], account);
    });
    it('all that, where a missing value makes brackets close others', () => {
      const text = 'accounts { A { users: [{ user: a, permissions: { publish: "x.a", subscribe: | } }], exports: [{ service: "x.b" }] } }';
      assert.equal(concluded(text)[0], 'x.a');
      assert.ok(concluded(text).slice(0, 4).includes('x.b'), concluded(text).join());
    });
  });

  it('proposes what can have the value that stands there already', () => {
    assert.deepEqual(labels('|: {'), ['jetstream', 'authorization', 'accounts', 'cluster']);
    assert.deepEqual(labels('|: 4', 3), ['listen', 'port', 'http_port']);
    assert.deepEqual(labels('|: true', 3), ['jetstream', 'debug', 'trace']);
  });

  it('proposes the key of a block by what is in it', () => {
    assert.equal(labels('port: 1\n| {\n  store_dir: x\n  max_mem: 1G\n}')[0], 'jetstream');
    assert.equal(labels('| {\n  port: 8080\n  no_tls: true\n}')[0], 'websocket');
    assert.equal(labels('|\n{\n  cert_file: x\n  key_file: y\n}')[0], 'tls');
    assert.equal(labels('authorization { |: [ { user: a, password: $A } ] }')[0], 'users');
    assert.equal(complete('|\n{\n  cert_file: x\n}')[0]?.insertText, 'tls');
  });

  it('proposes the key whose usual value, format or name the value has', () => {
    assert.equal(labels('|: 8222')[0], 'http_port');
    assert.deepEqual(labels('|: 127.0.0.1', 2), ['host', 'net']);
    assert.equal(labels('|: $NATS_SYSTEM_ACCOUNT')[0], 'system_account');
    assert.ok(labels('|: /var/log/x', 3).includes('log_file'));
  });

  it('proposes keys that can have a host, an address or a time', () => {
    assert.equal(labels('|: 0.0.0.0').includes('port'), false);
    assert.ok(complete('|: 127.0.0.1:4222').findIndex(({ label }) => label === 'listen') < 3);
    assert.ok(complete('debug: true\n|: "30s"').findIndex(({ label }) => label === 'ping_interval') < 5);
  });

  it('proposes what Go calls insecure only where that is permitted', () => {
    const weak = 'TLS_RSA_WITH_RC4_128_SHA';
    const offered = (more: string) => complete(`tls { ${more} cipher_suites: [ TLS_AES_128_GCM_SHA256, | ] }`).map(({ label }) => label);
    assert.deepEqual([offered('').includes(weak), offered('allow_insecure_cipher_suites: true,').includes(weak)], [false, true]);
    assert.equal(offered('').includes('TLS_AES_128_GCM_SHA256'), false);
  });

  it('does not repeat words that the server does not know', () => {
    const offered = complete('tls { cipher_suites: [ NO_SUCH_SUITE ] }\nwebsocket { tls { cipher_suites: [ | ] } }').map(
      ({ label }) => label,
    );
    assert.equal(offered.includes('NO_SUCH_SUITE'), false);
  });

  it('knows the block that a helper variable stands for', () => {
    assert.deepEqual(labels('ADMIN: { | }\nauthorization { users: [{ user: a, permissions: $ADMIN }] }', 2), ['publish', 'subscribe']);
  });

  it('does not repeat what is in the list already', () => {
    const text = 'accounts { A { users: [{ user: a, permissions: { publish: ["a.>", |], subscribe: ["a.>", "b.>"] } }] } }';
    const offered = complete(text).map(({ label }) => label);
    assert.deepEqual([offered.includes('a.>'), offered.includes('b.>')], [false, true]);
  });

  it('has snippets that the server can read', () => {
    for (const text of [
      '|',
      'accounts { | }',
      'leafnodes { remotes: [ | ] }',
      'accounts { A { users: [ | ], exports: [], imports: [] } }',
    ]) {
      const snippets = complete(text).filter(({ kind, label }) => kind === 'snippet' && !label.includes('…'));
      assert.notEqual(snippets.length, 0);
      for (const { insertText } of snippets) assert.deepEqual(parse(text.replace('|', insertText)).errors, [], insertText);
    }
  });

  it('answers in texts that are hostile', () => {
    for (const part of ['[', '{', '"', 'a: (\n', 'key \n\n']) assert.ok(complete(`${part.repeat(20_000)}|`).length >= 0);
  });

  it('answers everywhere in a text, cut off anywhere', () => {
    const text = 'a: "x\\"" # c\nusers = [{user: \'b\', permissions {pub: ["a.>", $V]}}]; include "x"\nop: (\n x\n)\n}}]]\n{ "k": [ [ }';
    for (let end = 0; end <= text.length; end++) {
      for (const offset of [0, end >> 1, end]) complete(`${text.slice(0, offset)}|${text.slice(offset, end)}`);
    }
  });

  it('knows where a part of a configuration is included', () => {
    const files = {
      'nats.conf': 'secret = x\naccounts { A {}, B { include part.conf } }\nno_auth_user: ana\n',
      'part.conf': 'pw = x\nusers: [{ user: ana, password:  }]\nimports: [{ service: { account: , subject: q } }]\n',
    };
    const part = partOf(files, 'part.conf');
    const at = (text: string) => completionsAt(part, files['part.conf'].indexOf(text) + text.length).map(({ label }) => label);
    assert.ok(at('imports: [{').includes('stream'));
    assert.deepEqual(at('account: ').slice(0, 2), ['A', 'B']);
    // What stands in the file that includes it is not seen from here.
    assert.deepEqual(at('password: '), ['$pw']);
  });

  it('proposes files that are there', () => {
    const files = { 'leaf.creds': '', 'certs/ca.pem': '', '9.pem': '', 'operator.jwt': '' };
    const paths = (marked: string) =>
      complete(marked, undefined, files)
        .filter(({ kind }) => kind === 'file')
        .map(({ insertText }) => insertText);
    assert.deepEqual(paths('leafnodes { remotes: [{ credentials: | }] }'), ['leaf.creds']);
    assert.deepEqual(paths('tls { ca_file: | }'), ['certs/ca.pem', '"9.pem"']);
    assert.deepEqual(paths('tls { ca_file: "|" }'), ['certs/ca.pem', '9.pem']);
    assert.deepEqual(paths('operator: |'), ['operator.jwt']);
  });

  it('proposes certificates, keys and authorities where each belongs', () => {
    const files = { 'pki/ca.pem': '', 'pki/n1-key.pem': '', 'pki/n1.crt': '', 'pki/n1.pem': '' };
    const first = (marked: string) =>
      complete(marked, undefined, files)
        .slice(0, 3)
        .map(({ label }) => label);
    assert.deepEqual(first('tls { cert_file: | }'), ['pki/n1.crt', 'pki/n1.pem', 'pki/ca.pem']);
    assert.deepEqual(first('tls { ca_file: | }'), ['pki/ca.pem', 'pki/n1.pem', 'pki/n1.crt']);
    const key = complete('tls { cert_file: "pki/n1.crt", ca_file: "pki/ca.pem", key_file: | }').map(({ label }) => label);
    assert.equal(key[0], 'pki/n1.key');
    assert.ok(!key.includes('pki/n1.crt') && !key.includes('pki/ca.pem'), key.join());
  });

  it('puts what begins with a dot into quotes, since the server takes it for a number', () => {
    const proposed = complete('leafnodes { remotes: [{ credentials: | }] }').find(({ label }) => label === './leaf.creds');
    assert.equal(proposed?.insertText, '"./leaf.creds"');
  });
});
