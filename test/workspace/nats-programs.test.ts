// Programs and the permissions of their users, over several files: who is meant, where the finding stands, what the fix writes.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { Finding } from '../../server/src/core/lint/finding.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { credentials, natsToken, party } from '../support/nats-tokens.ts';

const root = 'file:///app/';
const rules = ['nats/publish-too-narrow', 'nats/subscribe-too-narrow'];

type Files = Readonly<Record<string, string>>;

function analyzerOf(files: Files): Analyzer {
  const analyzer = new Analyzer(() => 0);
  for (const [name, text] of Object.entries(files)) analyzer.setFile({ id: root + name, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer;
}

function findingsIn(files: Files): readonly Finding[] {
  const analyzer = analyzerOf(files);
  assert.deepEqual(analyzer.faults(), []);
  return analyzer.files().flatMap(file => analyzer.result(file).findings.filter(({ rule }) => rules.includes(rule)));
}

/** `file:line:column rule message [related: file:line:column message, …]`. */
function told(files: Files): readonly string[] {
  const analyzer = analyzerOf(files);
  const place = (file: string, offset: number) => {
    const position = analyzer.linesOf(file)?.positionAt(offset);
    return `${file.slice(root.length)}:${(position?.line ?? 0) + 1}:${(position?.character ?? 0) + 1}`;
  };
  return findingsIn(files).map(({ file, span, rule, message, related }) => {
    const places = related.map(one => `${place(one.file, one.span.start)} ${one.message}`);
    return `${place(file, span.start)} ${rule} ${message} [${places.join(', ')}]`;
  });
}

/** How many findings there are, for cases in which only that matters. */
function count(files: Files): number {
  return findingsIn(files).length;
}

function afterFix(files: Files): Files {
  const [fix] = findingsIn(files)[0]?.fixes ?? [];
  assert.ok(fix, 'no fix');
  const edits = fix.edits();
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      applyEdits(
        text,
        edits.filter(({ file }) => file === root + name),
      ),
    ]),
  );
}

const conf = (...users: readonly string[]) => `authorization {\n  users: [\n${users.map(user => `    { ${user} }\n`).join('')}  ]\n}\n`;
const user = (name: string, permissions: string) =>
  `user: ${name}, password: $PASSWORD_${name.toUpperCase()}, permissions: { ${permissions} }`;
const publisher = (...subjects: readonly string[]) =>
  `import { connect } from "nats";\nconst nc = await connect({ user: "app", pass: process.env.PASS });\n${subjects.map(subject => `nc.publish(${subject});\n`).join('')}`;

describe('publishing more than a user may', () => {
  it('is one finding at the permissions, with every place of the programs', () => {
    const files = {
      'deploy/nats.conf': conf(user('app', 'publish: ["data.>"]')),
      'src/a.ts': publisher('"analytics.events.signup"', '"data.raw"'),
      'src/b.ts': publisher('`analytics.${kind}.login`', '"analytics.events.signup"'),
    };
    assert.deepEqual(told(files), [
      'deploy/nats.conf:3:58 nats/publish-too-narrow a.ts and b.ts publish to `analytics.events.signup` and `analytics.*.login` as `app`, who may not, so nats-server answers "Permissions Violation" and delivers none of it. Allow "analytics.*.>" here. [src/a.ts:3:13 Publishes `analytics.events.signup`., src/b.ts:3:13 Publishes `analytics.*.login`., src/b.ts:4:13 Publishes `analytics.events.signup`.]',
    ]);
    const fixed = afterFix(files);
    assert.equal(fixed['deploy/nats.conf'], conf(user('app', 'publish: ["data.>", "analytics.*.>"]')));
    assert.deepEqual(told(fixed), []);
  });

  it('stands at the default permissions where users have none of their own', () => {
    const shared = 'authorization {\n  default_permissions: { publish: "data.>" }\n  users: [ { user: app, password: $PASS } ]\n}\n';
    assert.deepEqual(told({ 'nats.conf': shared, 'a.ts': publisher('"orders.new"') }), [
      'nats.conf:2:26 nats/publish-too-narrow a.ts publishes to `orders.new` as `app`, who may not, so nats-server answers "Permissions Violation" and delivers none of it. Allow "orders.new" here. [a.ts:3:13 Publishes `orders.new`.]',
    ]);
  });

  it('stands in the included file that holds the permissions', () => {
    const files = {
      'nats.conf': 'include "users.conf"\n',
      'users.conf': conf(user('app', 'publish: ["data.>"]')),
      'a.ts': publisher('"orders.new"'),
    };
    assert.deepEqual(
      findingsIn(files).map(({ file }) => file),
      [`${root}users.conf`],
    );
    assert.equal(afterFix(files)['users.conf'], conf(user('app', 'publish: ["data.>", "orders.new"]')));
  });

  it('is told by what counts behind the mappings of the account', () => {
    const mapped =
      'accounts { A { mappings: { "orders.new": "data.orders" }, users: [ { user: app, password: $P, permissions: { publish: "data.>" } } ] } }';
    assert.equal(count({ 'nats.conf': mapped, 'a.ts': publisher('"orders.new"') }), 0);
    assert.equal(count({ 'nats.conf': mapped, 'a.ts': publisher('"orders.old"') }), 1);
  });

  it('counts constants of other files', () => {
    const narrow = conf(user('app', 'publish: ["data.>"]'));
    const cases: readonly Files[] = [
      {
        'subjects.ts': 'export const ORDERS = { created: "orders.created" } as const;\n',
        'app.ts': `import { ORDERS } from "./subjects.js";\n${publisher('ORDERS.created')}`,
      },
      {
        'shop/subjects/subjects.go': 'package subjects\n\nconst Created = "orders.created"\n',
        'shop/main.go':
          'package main\n\nimport (\n\t"example.com/shop/subjects"\n\t"github.com/nats-io/nats.go"\n)\n\nfunc run() {\n\tnc, _ := nats.Connect("", nats.UserInfo("app", ""))\n\tnc.Publish(subjects.Created, nil)\n}\n',
      },
      {
        'shop/names.go': 'package main\n\nconst created = "orders." + "created"\n',
        'shop/main.go':
          'package main\n\nimport "github.com/nats-io/nats.go"\n\nfunc run() {\n\tnc, _ := nats.Connect("", nats.UserInfo("app", ""))\n\tnc.Publish(created, nil)\n}\n',
      },
      {
        'shop/subjects.py': 'CREATED = "orders.created"\n',
        'shop/app.py':
          'import nats\nfrom shop.subjects import CREATED\n\n\nasync def run():\n    nc = await nats.connect(user="app", password=p)\n    await nc.publish(CREATED)\n',
      },
      {
        'Subjects.java': 'class Subjects {\n  static final String CREATED = "orders.created";\n}\n',
        'App.java':
          'import io.nats.client.*;\nclass App {\n  void run(Connection nc) {\n    new Options.Builder().userInfo("app", p);\n    nc.publish(Subjects.CREATED, null);\n  }\n}\n',
      },
      {
        'src/subjects.rs': 'pub const CREATED: &str = "orders.created";\n',
        'src/main.rs':
          'use async_nats::ConnectOptions;\nmod subjects;\nasync fn run() {\n    let nc = ConnectOptions::with_user_and_password("app".into(), p).connect("").await?;\n    nc.publish(subjects::CREATED, "".into()).await?;\n}\n',
      },
      {
        'Subjects.cs': 'public static class Subjects\n{\n    public const string Created = "orders.created";\n}\n',
        'App.cs':
          'using NATS.Client.Core;\nvar opts = new NatsOpts { AuthOpts = new NatsAuthOpts { Username = "app" } };\nawait using var nats = new NatsConnection(opts);\nawait nats.PublishAsync(Subjects.Created, 1);\n',
      },
    ];
    for (const files of cases) {
      const messages = findingsIn({ 'nats.conf': narrow, ...files }).map(({ message }) => message);
      assert.match(messages.join('\n'), /publishes to `orders\.created` as `app`/, Object.keys(files).join(', '));
    }
  });

  it('keeps quiet about a constant that two files define differently', () => {
    const files = {
      'nats.conf': conf(user('app', 'publish: ["data.>"]')),
      'a/subjects.ts': 'export const CREATED = "orders.created";\n',
      'b/subjects.ts': 'export const CREATED = "data.created";\n',
      'app.ts': `import { CREATED } from "./a/subjects";\n${publisher('CREATED')}`,
    };
    assert.equal(count(files), 0);
  });
});

describe('as whom a program runs', () => {
  const unknown =
    'import { connect } from "nats";\nconst nc = await connect({ user: process.env.NATS_USER });\nnc.publish("orders.new");\nnc.publish("data.raw");\n';

  it('is not known without a name: then somebody who may is enough', () => {
    const somebody = conf(user('a', 'publish: ["data.>"]'), user('b', 'publish: ["orders.>"]'));
    assert.equal(count({ 'nats.conf': somebody, 'a.ts': unknown }), 0);
    assert.equal(count({ 'nats.conf': somebody, 'a.ts': unknown.replace('process.env.NATS_USER', '"a"') }), 1);
    assert.equal(count({ 'nats.conf': conf(user('a', 'publish: ["data.>"]'), 'user: root, password: $P'), 'a.ts': unknown }), 0);
  });

  it('where nobody may, the list is shown that fits the rest of the program', () => {
    const files = { 'nats.conf': conf(user('a', 'publish: ["orders.old"]'), user('b', 'publish: ["data.>"]')), 'a.ts': unknown };
    assert.deepEqual(told(files), [
      'nats.conf:4:54 nats/publish-too-narrow a.ts publishes to `orders.new`, and no user may, so nats-server answers "Permissions Violation" and delivers none of it. Allow "orders.new" here, or for the user who is to do it. [a.ts:3:13 Publishes `orders.new`.]',
    ]);
  });

  it('is nobody of the account of the server itself', () => {
    const text = `accounts { $SYS { users: [ { user: sys, password: $S } ] }, A { users: [ { ${user('a', 'publish: ["data.>"]')} } ] } }`;
    assert.equal(count({ 'nats.conf': text, 'a.ts': unknown }), 1);
  });

  it('every configuration that can be meant must refuse', () => {
    const narrow = conf(user('app', 'publish: ["data.>"]'));
    assert.equal(count({ 'a/nats.conf': narrow, 'b/nats.conf': narrow, 'a.ts': unknown }), 2);
    assert.equal(count({ 'a/nats.conf': narrow, 'b/nats.conf': 'port: 4222\n', 'a.ts': unknown }), 0);
    assert.equal(count({ 'a/nats.conf': narrow, 'test/nats.conf': 'port: 4222\n', 'a.ts': unknown }), 1);
    // A program that names its user means the servers that know the user.
    assert.equal(count({ 'a/nats.conf': narrow, 'b/nats.conf': 'port: 4222\n', 'a.ts': publisher('"orders.new"') }), 1);
    assert.equal(count({ 'nats.conf': conf(user('other', 'publish: ["data.>"]')), 'a.ts': publisher('"orders.new"') }), 0);
  });

  it('cannot be known where operators, callouts or unread files let others in', () => {
    const narrow = conf(user('app', 'publish: ["data.>"]'));
    assert.equal(count({ 'nats.conf': `${narrow}include "more.conf"\n`, 'a.ts': unknown }), 0);
    assert.equal(
      count({ 'nats.conf': narrow.replace('users', `auth_callout: { issuer: "x", auth_users: [app] }\n  users`), 'a.ts': unknown }),
      0,
    );
  });
});

describe('what is no wish of a program', () => {
  const narrow = conf(user('app', 'publish: { allow: ["data.*", "orders.eu.*"], deny: ["orders.audit"] }, subscribe: ["data.>"]'));

  it('subjects that depend on what is filled in, that are denied on purpose, and that are no subjects', () => {
    for (const subject of [
      'subject',
      '`${prefix}.new`',
      '`data.${id}`',
      '`orders.${region}.new`',
      '"orders.audit"',
      '"orders.>"',
      '"a b"',
      '""',
      '"a..b"',
    ]) {
      assert.equal(count({ 'nats.conf': narrow, 'a.ts': publisher(subject) }), 0, subject);
    }
    for (const subject of ['`orders.${region}.new.x`', '`logs.${id}`', '"orders.us.new"']) {
      assert.equal(count({ 'nats.conf': narrow, 'a.ts': publisher(subject) }), 1, subject);
    }
  });

  it('tests, and consumers that read through an inbox', () => {
    assert.equal(count({ 'nats.conf': narrow, 'test/a.ts': publisher('"orders.new"') }), 0);
    assert.equal(count({ 'nats.conf': narrow, 'a.test.ts': publisher('"orders.new"') }), 0);
    const consumer = `${publisher()}const js = nc.jetstream();\nawait js.subscribe("orders.>", opts);\n`;
    assert.equal(count({ 'nats.conf': conf(user('app', 'subscribe: ["data.>", "_INBOX.>"]')), 'a.ts': consumer }), 0);
  });
});

describe('subscribing to more than a user may', () => {
  const program = (...lines: readonly string[]) => `${publisher()}${lines.join('\n')}\n`;

  it('compares as the server does: words, wildcards and queue groups', () => {
    const may = (subscribe: string, line: string) =>
      count({ 'nats.conf': conf(user('app', `subscribe: ${subscribe}`)), 'a.ts': program(line) }) === 0;
    assert.ok(may('["orders.*"]', 'nc.subscribe("orders.>");'));
    assert.ok(may('["orders.>"]', 'nc.subscribe("orders.*");'));
    assert.ok(!may('["orders.new"]', 'nc.subscribe("orders.*");'));
    assert.ok(may('["orders.> workers"]', 'nc.subscribe("orders.new", { queue: "workers" });'));
    assert.ok(may('["orders.> workers"]', 'nc.subscribe("orders.new", { queue: process.env.QUEUE });'));
    assert.ok(!may('["orders.> workers"]', 'nc.subscribe("orders.new", { queue: "others" });'));
    assert.ok(!may('["orders.> workers"]', 'nc.subscribe("orders.new");'));
    assert.ok(may('{ deny: ["logs.>"] }', 'nc.subscribe("orders.new");'));
  });

  it('tells who asks that the answer cannot arrive', () => {
    const files = {
      'nats.conf': conf(user('app', 'subscribe: ["data.>"]')),
      'a.ts': program('await nc.request("orders.get");', 'await nc.jetstream().publish("orders.new");'),
    };
    assert.deepEqual(told(files), [
      'nats.conf:3:58 nats/subscribe-too-narrow a.ts subscribes to an inbox for answers as `app`, who may not, so requests time out though they are served. Allow "_INBOX.>" here. [a.ts:3:19 Asks and waits for the answer., a.ts:4:31 Publishes and waits for the acknowledgement of JetStream.]',
    ]);
    assert.equal(afterFix(files)['nats.conf'], conf(user('app', 'subscribe: ["data.>", "_INBOX.>"]')));
  });

  it('knows inboxes with a prefix of their own, and keeps quiet where another file may choose it', () => {
    const ask = 'await nc.request("orders.get");\n';
    const own = (prefix: string) =>
      `import { connect } from "nats";\nconst nc = await connect({ user: "app", inboxPrefix: ${prefix} });\n${ask}`;
    const narrow = conf(user('app', 'subscribe: ["_INBOX_app.>"]'));
    assert.equal(count({ 'nats.conf': narrow, 'a.ts': own('"_INBOX_app"') }), 0);
    assert.equal(count({ 'nats.conf': narrow, 'a.ts': own('"_INBOX_web"') }), 1);
    assert.equal(count({ 'nats.conf': narrow, 'a.ts': own('prefix') }), 0);
    assert.equal(count({ 'nats.conf': narrow, 'a.ts': program(ask) }), 1);
    assert.equal(count({ 'nats.conf': narrow, 'a.ts': program(ask), 'b.ts': own('"_INBOX_app"') }), 0);
  });
});

describe('a program with credentials', () => {
  const [account, holder] = [party('account'), party('user')];
  const creds = (nats: object) => credentials(natsToken('user', account, holder, nats, { name: 'app' }), holder.seed);
  const limited = creds({ pub: { allow: ['data.>'] }, sub: { allow: ['data.>'] } });
  const program = (file: string) =>
    `import { connect, credsAuthenticator } from "nats";\nconst nc = await connect({ authenticator: credsAuthenticator(readFileSync(${file})) });\nnc.publish("orders.new");\nnc.publish("data.raw");\nnc.subscribe("orders.>");\n`;

  it('may do what their JWT says, which is where the finding stands', () => {
    const files = { 'keys/app.creds': limited, 'a.ts': program('"./keys/app.creds"') };
    assert.deepEqual(told(files), [
      'keys/app.creds:2:1 nats/publish-too-narrow a.ts publishes to `orders.new` as `app`, who may not, so nats-server answers "Permissions Violation" and delivers none of it. Run `nsc edit user --name app --allow-pub "orders.new"` and write the credentials again. [a.ts:3:13 Publishes `orders.new`.]',
      'keys/app.creds:2:1 nats/subscribe-too-narrow a.ts subscribes to `orders.>` as `app`, who may not, so nats-server answers "Permissions Violation" and not one message arrives. Run `nsc edit user --name app --allow-sub "orders.>"` and write the credentials again. [a.ts:5:15 Subscribes to `orders.>`.]',
    ]);
  });

  it('keeps quiet where the JWT limits nothing, and where the file is not here or not the only one', () => {
    assert.equal(count({ 'app.creds': creds({}), 'a.ts': program('"app.creds"') }), 0);
    assert.equal(count({ 'other.creds': limited, 'a.ts': program('"app.creds"') }), 0);
    assert.equal(count({ 'eu/app.creds': limited, 'us/app.creds': creds({}), 'a.ts': program('"app.creds"') }), 0);
    assert.equal(count({ 'app.creds': limited, 'a.ts': program('path') }), 0);
  });

  it('are read where a program names them, although git should ignore them', () => {
    const analyzer = new Analyzer(() => 0, { ...defaultSettings, root: root.slice(0, -1) });
    analyzer.setFile({ id: `${root}src/a.ts`, text: program('"./keys/app.creds"') });
    // The program is started in its own folder, or in one above.
    assert.deepEqual(analyzer.wanted(), [`${root}src/keys/app.creds`]);
    analyzer.setAbsent(`${root}src/keys/app.creds`);
    assert.deepEqual(analyzer.wanted(), [`${root}keys/app.creds`]);
    analyzer.setFile({ id: `${root}keys/app.creds`, text: limited });
    assert.deepEqual(analyzer.wanted(), []);
    const { findings } = analyzer.result(`${root}keys/app.creds`);
    assert.deepEqual(
      findings.map(({ rule }) => rule).filter(rule => rules.includes(rule)),
      rules,
    );
  });
});
