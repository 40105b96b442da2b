// What a person sees over nats.conf: options, units, variables, subjects and keys; and never a secret.
import assert from 'node:assert/strict';
import { defaultSettings, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import { partOf } from '../support/nats-models.ts';

interface Shown {
  readonly over: string;
  readonly says: string;
}

/** Hovers where `|` stands in the text. */
function hover(marked: string, version: ServerVersion = defaultSettings.natsServer, files: Record<string, string> = {}): Shown | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const read = (id: string) => {
    const found = files[id.slice('file:///w/'.length)];
    return found === undefined ? ('absent' as const) : { id, text: found };
  };
  const context = { settings: { ...defaultSettings, natsServer: version }, now: 0, read };
  const found = natsConf.hover?.(natsConf.build({ id: 'file:///w/nats.conf', text }, context), offset, context);
  return found && { over: text.slice(found.span.start, found.span.end), says: found.markdown };
}

const seed = 'SUAMLK2ZNL35WSMW37E7UD4VZ7ELPKW7DHC3BWBSD2GCZ7IUQQXZIORRBU';
const user = 'UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4';

describe('hover over nats.conf', () => {
  it('explains an option', () => {
    assert.deepEqual(hover('max_pay|load: 1MB'), {
      over: 'max_payload',
      says: [
        '**`max_payload`** · a whole number (bytes) · default: 1MB',
        'Largest message payload.',
        'Over 8MB the server warns; it must not exceed max_pending.',
      ].join('\n\n'),
    });
  });

  it('names other spellings', () => {
    assert.match(hover('|net: "::"')?.says ?? '', /^\*\*`net`\*\* · a string · default: 0\.0\.0\.0\n\n.*\n\nAlso written `host`\.$/);
  });

  it('says which server has the option, and that the target has not', () => {
    const text = 'trace_h|eaders: true';
    assert.match(hover(text)?.says ?? '', /Since nats-server 2\.11\.2 and 2\.12\.0\.$/);
    assert.match(hover(text, [2, 9, 25])?.says ?? '', /Since nats-server 2\.11\.2 and 2\.12\.0; your target 2\.9\.25 does not have it\.$/);
  });

  it('knows the block', () => {
    assert.match(hover('cluster { n|ame: a }')?.says ?? '', /cluster/);
    assert.match(hover('accounts { A { users: [{ us|er: a }] } }')?.says ?? '', /^\*\*`user`\*\*/);
    assert.equal(hover('accounts { |A { } }')?.says, '**`A`** · the name of an account');
  });

  it('knows where a part of a configuration is included', () => {
    const files = { 'nats.conf': 'pass = 1\nauthorization { include part.conf }\n', 'part.conf': 'id = x\nusers: [{ user: $id }]\n' };
    const { conf, context } = partOf(files, 'part.conf');
    const at = (text: string) => natsConf.hover?.(conf, files['part.conf'].indexOf(text), context)?.markdown ?? '';
    assert.match(at('users'), /^\*\*`users`\*\*/);
    assert.match(at('user:'), /^\*\*`user`\*\*/);
    assert.equal(at('$id'), '**`$id`** · a string `x`, defined in line 1');
  });

  it('shows the value of a variable, unless it may be secret', () => {
    assert.equal(hover('size = 8MB\nmax_payload: $s|ize')?.says, '**`$size`** · a whole number `8MB`, defined in line 1');
    assert.equal(hover('url = "nats://a:b@h"\nserver_name: $u|rl')?.says, '**`$url`** · a string `nats://…@h`, defined in line 1');
    for (const text of [
      'ADMIN_PASSWORD = kiwi\nserver_name: $ADM|IN_PASSWORD',
      'x = kiwi\nserver_name: $|x\nauthorization { token: $x }',
      `x = ${seed}\nserver_name: $x|`,
    ]) {
      const { says = '' } = hover(text) ?? {};
      assert.match(says, /defined in line 1$/);
      assert.doesNotMatch(says, /kiwi|SUA/);
    }
  });

  it('still knows it in a broken text', () => {
    assert.match(hover('jetstream {\n  max_mem|ory_store: 1G\n')?.says ?? '', /^\*\*`max_memory_store`\*\*/);
  });

  const values: readonly (readonly [string, string | undefined])[] = [
    ['max_payload: 83|88608', '8 MiB (8388608 bytes).'],
    ['max_payload: 8|M', 'about 7.63 MiB (8000000 bytes).'],
    ['jetstream { max_file_store: 1|0GB }', '10 GiB (10737418240 bytes).'],
    ['ping_interval: "9|0s"', '1 minute 30 seconds.'],
    ['ping_interval: 2|m', 'Without quotes this is the number 2000000, no time: `m` is a factor there. Write `"2m"`.'],
    ['lame_duck_duration: 9|0', 'A time needs quotes and a unit: write `"90s"` for 1 minute 30 seconds.'],
    ['port: 42|22', undefined],
    [
      'authorization { users: [{ user: a, permissions: { publish: "a|.>" } }] }',
      'May publish to every subject that begins with `a.` and has at least one more token.\n\nCounts for `a`.',
    ],
    [
      'authorization { users: [{ user: a, permissions: { subscribe: { deny: ["|a.*"] } } }] }',
      'May not subscribe to subjects of exactly 2 tokens like `a.*`, with any one token for `*`.\n\nCounts for `a`.\n\nA wider subscription is accepted all the same; messages that this pattern matches do not reach it.',
    ],
    [
      'authorization { users: [{ user: a, permissions: { sub: { allow: ["a |q.*"] } } }] }',
      'May subscribe to only the subject `a`, in queue groups that match `q.*`.\n\nCounts for `a`.',
    ],
    ['accounts { A { exports: [{ stream: "|>" }] } }', 'Matches every subject.'],
    [`authorization { users: [{ nkey: |${user} }] }`, 'A public nkey of a user: no secret.'],
    ['authorization { token: s3|cret }', undefined],
    ['authorization { user: a, password: hunter|2 }', undefined],
    ['authorization { user: a, password: 1234567|89 }', undefined],
  ];
  for (const [text, says] of values) it(`over ${text}`, () => assert.equal(hover(text)?.says, says));

  it('calls a seed a secret and does not repeat it', () => {
    const says = hover(`leafnodes { remotes: [{ nkey: |${seed} }] }`)?.says ?? '';
    assert.match(says, /^\*\*SECRET\.\*\* The seed of a user:/);
    assert.equal(says.includes(seed.slice(4, 20)), false);
  });

  it('knows where a variable comes from, and never tells its value', () => {
    assert.equal(hover('PW: hunter2\nauthorization { token: $P|W }')?.says, '**`$PW`** · a string, defined in line 1');
    assert.match(hover('authorization { token: $P|W }')?.says ?? '', /takes it from its environment/);
    assert.match(hover('authorization { token: $P|W }\nPW: hunter2')?.says ?? '', /defined in line 2, but only further down/);
    assert.equal(
      hover('include vars.conf\nauthorization { token: $P|W }', undefined, { 'vars.conf': '\nPW: hunter2' })?.says,
      '**`$PW`** · a string, defined in line 2 of `vars.conf`',
    );
  });

  it('does not repeat a password that looks like a variable', () => {
    for (const value of ['$ecret', '$2b$11$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW']) {
      const says = hover(`authorization { token: |${value} }`)?.says ?? '';
      assert.match(says, /^\*\*Variable\*\* · nothing/);
      assert.equal(says.includes(value.slice(1)), false);
    }
  });

  it('calls a helper variable by its name', () => {
    assert.equal(
      hover('P|W: hunter2\nauthorization { token: $PW }')?.says,
      '**`PW`** · a helper variable: used once as `$PW`. nats-server knows no option of this name and accepts the key because of that use.',
    );
  });

  it('says nothing where there is nothing to say', () => {
    for (const text of ['# com|ment', 'unknown|_key: 1', '|', 'a: {|}']) assert.equal(hover(text), undefined);
  });
});
