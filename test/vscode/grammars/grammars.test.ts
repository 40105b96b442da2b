// Colours: the scopes that the grammars give, from the tokenizer of the real editor.
import assert from 'node:assert/strict';
import { isKnown, tokenize } from './tokenizer.ts';

/** `text → innermost scope` of each token that has a scope of its own. */
async function scopesOf(language: string, text: string): Promise<string[]> {
  const tokens = await tokenize(language, text);
  return tokens
    .filter(({ scopes }) => scopes.length > 1)
    .map(({ text, scopes }) => `${text} → ${(scopes.at(-1) ?? '').replace(/\.(nats-conf|nats-creds)$/, '')}`);
}

describe('grammars', () => {
  it('colour a NATS configuration', async () => {
    const scopes = await scopesOf(
      'nats-conf',
      'max_payload: 8MB # eight\nping_interval = "2m"\ntls {\n  verify: yes, timeout 2\n}\ninclude ./users.conf\n',
    );
    assert.deepEqual(scopes, [
      'max_payload → variable.other.property',
      ': → punctuation.separator.key-value',
      '8 → constant.numeric',
      'MB → keyword.other.unit',
      '# → punctuation.definition.comment',
      'eight → comment.line.number-sign',
      'ping_interval → variable.other.property',
      '= → punctuation.separator.key-value',
      '" → punctuation.definition.string.begin',
      '2m → string.quoted.double',
      '" → punctuation.definition.string.end',
      'tls → entity.name.type.block',
      '{ → punctuation.section.map.begin',
      'verify → variable.other.property',
      ': → punctuation.separator.key-value',
      'yes → constant.language.boolean',
      ', → punctuation.separator',
      'timeout → variable.other.property',
      '2 → constant.numeric',
      '} → punctuation.section.map.end',
      'include → keyword.control.include',
      './users.conf → string.unquoted.path',
    ]);
  });

  it('tell a variable, a hash, a seed, a public key and a wildcard from plain words', async () => {
    const scopes = await scopesOf(
      'nats-conf',
      `a: $PASSWORD\nb: $2a$11$hh6p7bVQDyBnEqzRfFHFZuXLlWY9rZ5hGv2k1nTqVbYcUeMqS0aPy\nc: S${'U'.padEnd(57, 'A')}\nd: "U${'B'.repeat(55)}"\ne: orders.*.new.>\nf: "a\\tb\\q"\n`,
    );
    const values = scopes.filter(scope => !/^[a-f:] → (variable|punct)/.test(scope) && !/^" /.test(scope));
    assert.deepEqual(
      values.map(scope => scope.split(' → ')[1]),
      [
        'punctuation.definition.variable',
        'variable.other.constant',
        'string.regexp.bcrypt',
        'string.regexp.seed',
        'support.class.nkey',
        'string.unquoted',
        'keyword.operator.wildcard',
        'string.unquoted',
        'keyword.operator.wildcard',
        'string.quoted.double',
        'constant.character.escape',
        'string.quoted.double',
        'invalid.illegal.escape',
      ],
    );
  });

  it('keep colouring after a forgotten quote and a forgotten bracket', async () => {
    const scopes = await scopesOf('nats-conf', 'a: "open\nusers = [\n  { user: x }\nport: 4222\n');
    assert.deepEqual(scopes.slice(-3), [
      'port → variable.other.property',
      ': → punctuation.separator.key-value',
      '4222 → constant.numeric',
    ]);
  });

  it('colour the keys below a list that nobody closed, where it stands', async () => {
    const scopes = await scopesOf('nats-conf', 'accounts {\n  A {\n    users: [ { user: a }\n    exports: [ { stream: "x.>" } ]\n  }\n}\n');
    const keys = scopes.filter(scope => /property|invalid/.test(scope));
    assert.deepEqual(
      keys,
      ['users', 'user', 'exports', 'stream'].map(key => `${key} → variable.other.property`),
    );
  });

  it('do not take a # inside of a word for a comment, as the server does not', async () => {
    const scopes = await scopesOf('nats-conf', 'server_name: abc#c\n');
    assert.equal(scopes.at(-1), 'abc#c → string.unquoted');
  });

  it('colour the three parts of a token in another language', async () => {
    const scopes = await scopesOf('yaml', 'token: eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbGVyayJ9.c2ln\n');
    assert.deepEqual(scopes.slice(-5), [
      'eyJhbGciOiJub25lIn0 → entity.name.tag.header.jwt',
      '. → punctuation.separator.jwt',
      'eyJzdWIiOiJjbGVyayJ9 → entity.name.function.payload.jwt',
      '. → punctuation.separator.jwt',
      'c2ln → entity.name.type.signature.jwt',
    ]);
  });

  const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbGVyayJ9.c2ln';
  const places: readonly (readonly [language: string, text: string])[] = [
    ['json', `{"token": "${token}"}`],
    ['shellscript', `curl -H "Authorization: Bearer ${token}" https://api.example.test`],
    ['shellscript', `TOKEN=${token}`],
    ['yaml', `# Bearer ${token}`],
    ['javascript', `const header = 'Bearer ${token}';`],
    ['javascript', `fetch(\`https://api.example.test/?access_token=${token}\`);`],
    ['python', `TOKEN = "${token}"`],
    ['go', `const token = "${token}"`],
    ['csharp', `var token = "${token}";`],
    ['java', `String token = "${token}";`],
    ['markdown', `The token is ${token}.`],
    ['log', `12:00:01 GET /builds token=${token}`],
    // Grammars that match the whole of these at once.
    ['log', `12:00:01 GET "/builds?token=${token}"`],
    ['dotenv', `TOKEN='${token}'`],
    ['dotenv', `TOKEN="${token}"`],
    ['dotenv', `# TOKEN=${token}`],
    ['sql', `insert into tokens values ('${token}');`],
    ['shellscript', `  # curl -H "Authorization: Bearer ${token}"`],
    ['dockerfile', `# ENV TOKEN=${token}`],
    ['rust', `let token = "…"; // ${token}`],
    ['csharp', `/// <c>${token}</c>`],
    ['jsonc', `{ } // ${token}`],
    ['markdown', `A token looks like \`${token}\` here.`],
  ];
  for (const [language, text] of places) {
    it(`colour the three parts of a token in ${language}: ${text.replace(token, '…')}`, async function () {
      if (!isKnown(language)) this.skip();
      const scopes = await scopesOf(language, `${text}\n`);
      for (const [i, kind] of [
        'entity.name.tag.header.jwt',
        'entity.name.function.payload.jwt',
        'entity.name.type.signature.jwt',
      ].entries())
        assert.ok(scopes.includes(`${token.split('.')[i]} → ${kind}`), scopes.join('\n'));
    });
  }

  it('keep the colours around a token', async () => {
    const around = async (language: string, text: string) =>
      (await tokenize(language, text))
        .filter(({ scopes }) => !scopes.includes('meta.jwt'))
        .map(({ text, scopes }) => `${text} → ${scopes.slice(1).join(' ')}`);
    assert.deepEqual(await around('shellscript', `# a ${token} b`), [
      '# → comment.line.number-sign punctuation.definition.comment',
      'a → comment.line.number-sign',
      'b → comment.line.number-sign',
    ]);
    assert.deepEqual(await around('sql', `select 'a ${token}'`).then(all => all.slice(1)), [
      "' → string.quoted.single punctuation.definition.string.begin",
      'a → string.quoted.single',
      "' → string.quoted.single punctuation.definition.string.end",
    ]);
    for (const [language, text] of [
      ['shellscript', `cmd -- https://a.test//${token}`],
      ['rust', `#[token = "${token}"]`],
    ] as const)
      assert.ok(!(await around(language, text)).some(scope => scope.includes('comment')), text);
  });

  it('leave what only looks like a token as it is', async () => {
    for (const text of ['eyJust.kidding', 'key.yaml.bak', 'eyJhbGciOi...', 'x.eyJhbGciOiJub25lIn0'])
      assert.ok(!(await scopesOf('yaml', `a: ${text}\n`)).some(scope => scope.includes('.jwt')), text);
  });

  it('colour credentials', async () => {
    const scopes = await scopesOf('creds', `-----BEGIN USER NKEY SEED-----\nS${'U'.padEnd(57, 'A')}\n------END USER NKEY SEED------\n`);
    assert.deepEqual(scopes, [
      '----- → punctuation.definition.armour',
      'BEGIN → keyword.control.armour',
      'USER NKEY SEED → entity.name.type.armour',
      '----- → punctuation.definition.armour',
      `S${'U'.padEnd(57, 'A')} → string.regexp.seed`,
      '------ → punctuation.definition.armour',
      'END → keyword.control.armour',
      'USER NKEY SEED → entity.name.type.armour',
      '------ → punctuation.definition.armour',
    ]);
  });
});
