// What is proposed where the caret stands in nats.conf, also in a text that is half-written.
import assert from 'node:assert/strict';
import type { Completion } from '../../server/src/core/language.ts';
import { defaultSettings, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
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
    ['|', ['listen', 'port', 'server_name', 'jetstream']],
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
    ['authorization { users: [{ permissions: { publish: "|" } }] }', ['>', '_INBOX.>']],
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
    assert.equal(JSON.stringify(complete('leafnodes { remotes: [{ url: "nats://u:hunter2@h" }, { url: | }] }')).includes('hunter2'), false);
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
});
