// Tokens that a text holds in pieces or in another encoding: found whole, with the place of each part, and no near miss among them.
import assert from 'node:assert/strict';
import { compactText, findTokens } from '../../server/src/core/jwt/find.ts';
import { parseTokens } from '../../server/src/core/jwt/parser.ts';
import { part, unverifiable } from '../support/tokens.ts';

const token = unverifiable({ sub: 'ada', scope: 'orders:read orders:write' }, { alg: 'HS256', typ: 'JWT', kid: 'key-2026' });
const [header = '', payload = '', signature = ''] = token.split('.');
const found = (text: string) => findTokens(text).map(one => compactText(text, one));

/** The token cut after every `size` characters. */
const cut = (size: number, whole = token) => whole.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a token in pieces', () => {
  const ways: readonly (readonly [string, (pieces: readonly string[]) => string])[] = [
    ['a folded block of YAML', pieces => `token: >-\n  ${pieces.join('\n  ')}\nnext: 1\n`],
    ['a literal block of YAML', pieces => `token: |\n  ${pieces.join('\n  ')}\n`],
    ['a plain text of YAML over lines', pieces => `env:\n  TOKEN: ${pieces.join('\n    ')}\n  OTHER: x\n`],
    ['double quotes of YAML with escaped line breaks', pieces => `token: "${pieces.join('\\\n    ')}"\n`],
    ['JavaScript', pieces => `const token =\n  '${pieces.join("' +\n  '")}';\n`],
    ['JavaScript with the operator in front', pieces => `const token = "${pieces.join('"\n  + "')}";\n`],
    ['JavaScript with comments', pieces => `const token = '${pieces.join("' + // more\n  '")}';\n`],
    ['JavaScript on one line', pieces => `f('${pieces.join("' + '")}')`],
    ['template literals', pieces => `f(\`${pieces.join('` +\n`')}\`)`],
    ['Python', pieces => `TOKEN = (\n    "${pieces.join('"\n    "')}"\n)\n`],
    ['Python with prefixes', pieces => `TOKEN = (b"${pieces.join('"\n    b"')}")\n`],
    ['Python with a comment behind each string', pieces => `TOKEN = (\n    "${pieces.join('"  # a part\n    "')}"\n)\n`],
    ['Python with backslashes', pieces => `TOKEN = "${pieces.join('" \\\n    "')}"\n`],
    ['Go', pieces => `const token = "${pieces.join('" +\n\t"')}"\n`],
    ['Java', pieces => `String token = "Bearer ${pieces.join('"\n        + "')}";\n`],
    ['C#', pieces => `var token = "${pieces.join('" +\r\n    "')}";\r\n`],
    ['PHP', pieces => `$token = '${pieces.join("'\n  . '")}';\n`],
    ['Lua', pieces => `local token = "${pieces.join('" ..\n  "')}"\n`],
    ['Visual Basic', pieces => `token = "${pieces.join('" & _\r\n    "')}"\r\n`],
    ['SQL', pieces => `SELECT '${pieces.join("' ||\n '")}'\n`],
    ['a shell', pieces => `TOKEN=${pieces.join('\\\n')}\necho\n`],
    ['a shell with quotes', pieces => `curl -H "Authorization: Bearer ${pieces.join('"\\\n"')}" https://api.example.test\n`],
    ['a mail', pieces => `Your token:\r\n\r\n${pieces.join('\r\n')}\r\n\r\nBye\r\n`],
    ['an answer to a mail', pieces => `> ${pieces.join('\n> ')}\n>\n> Bye\n`],
    ['a comment', pieces => `// ${pieces.join('\n// ')}\n//\nf();\n`],
    ['quoted-printable', pieces => `${pieces.join('=\r\n')}\r\n`],
    ['escaped line breaks of JSON', pieces => `{"token":"${pieces.join('\\n')}"}`],
  ];
  for (const [what, write] of ways) {
    for (const size of [40, 64]) it(`of ${size} characters is found in ${what}`, () => assert.deepEqual(found(write(cut(size))), [token]));
    it(`that ends with each part is found in ${what}`, () =>
      assert.deepEqual(found(write([`${header}.`, `${payload}.`, signature])), [token]));
    it(`that begins with each dot is found in ${what}`, () =>
      assert.deepEqual(found(write([header, `.${payload}`, `.${signature}`])), [token]));
  }

  for (const dot of ['%2E', '%2e', '%252E']) {
    it(`is found in a URL with ${dot} for its dots`, () => {
      const text = `https://app.example.test/cb?access_token=${token.replaceAll('.', dot)}&state=1`;
      assert.deepEqual(found(text), [token]);
    });
  }

  const others: readonly (readonly [string, unknown, number])[] = [
    ['RS256', { alg: 'RS256' }, 256],
    ['ES512', { alg: 'ES512' }, 132],
    ['EdDSA', { alg: 'EdDSA' }, 64],
    ['a NATS user', { typ: 'JWT', alg: 'ed25519-nkey' }, 64],
    ['no signature', { alg: 'none' }, 0],
  ];
  for (const [what, head, bytes] of others) {
    it(`is found with ${what}`, () => {
      const whole = `${part(head)}.${payload}.${part('s'.repeat(bytes))}`;
      assert.deepEqual(found(`t: >-\n  ${cut(50, whole).join('\n  ')}\n`), [whole]);
    });
  }

  it('is found when it is encrypted', () => {
    const whole = [part({ alg: 'dir', enc: 'A128GCM' }), '', part('iv'.repeat(6)), part('text'.repeat(20)), part('t'.repeat(16))].join('.');
    assert.deepEqual(found(`"${cut(50, whole).join('" +\n"')}"`), [whole]);
  });

  it('has the places of its parts, and of its pieces', () => {
    const text = `const t =\n  '${header}.${payload.slice(0, 10)}' +\n  '${payload.slice(10)}.${signature}';\n`;
    const [one] = parseTokens(text);
    const shown = (one?.parts ?? []).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(shown, [header, `${payload.slice(0, 10)}' +\n  '${payload.slice(10)}`, signature]);
    assert.deepEqual(
      one?.unwrapped?.pieces.map(({ start, end }) => text.slice(start, end)),
      [`${header}.${payload.slice(0, 10)}`, `${payload.slice(10)}.${signature}`],
    );
    assert.deepEqual(one?.claims, { sub: 'ada', scope: 'orders:read orders:write' });
    assert.equal(one?.signature.bytes, 32);
    assert.deepEqual(one && text.slice(one.span.start, one.span.end).startsWith(header), true);
  });

  it('ends where its algorithm says, whatever word comes next', () => {
    const text = `${cut(60).join('\n')}\nThen the text goes on.\n`;
    assert.deepEqual(found(text), [token]);
    const [one] = findTokens(text);
    assert.equal(text.slice(one?.span.end), '\nThen the text goes on.\n');
  });

  it('does not swallow what stands behind a token in one piece', () => {
    assert.deepEqual(found(`${token}\n${token}\n`), [token, token]);
    assert.deepEqual(found(`- ${token}\n- ${token}\n`), [token, token]);
    assert.deepEqual(found(`["${token}",\n "${token}"]`), [token, token]);
    assert.deepEqual(found(`${token}" + "abc"`), [token]);
    assert.deepEqual(found(`${header}.${payload}.\nnext line`), [`${header}.${payload}.`]);
  });

  const nearMisses: readonly string[] = [
    `${header}.${payload}\n${signature.slice(0, -3)}\n`,
    `${header}\n${payload}\n${signature}\n`,
    `"${header}", "${payload}", "${signature}"`,
    `${header}.${payload}.\n\n${signature}x`.replace('..', '.'),
    `"${header}." + payload + ".${signature}"`,
    `'${header}.' + encode('${payload}')`,
    `${header}.${payload.slice(0, 9)}...\n${signature}\n`,
    `${part({ version: 3, sources: ['a.ts'] })}\n${payload}.${signature}\n`,
    `"eyJhbGci" + "OiJub25lIn0"`,
    `${header}. ${payload}. ${signature}`,
  ];
  for (const [i, text] of nearMisses.entries()) {
    it(`is no near miss (${i})`, () =>
      assert.deepEqual(
        found(text).filter(one => one.split('.').every(Boolean)),
        [],
      ));
  }
});

describe('a token in base64', () => {
  const ways: readonly (readonly [string, string])[] = [
    ['a Kubernetes Secret', `apiVersion: v1\nkind: Secret\ndata:\n  token: ${base64(token)}\n  user: YWRh\n`],
    ['a Kubernetes Secret with a line break in it', `data:\n  token: ${base64(`${token}\n`)}\n`],
    ['quotes', `"${base64(token)}"`],
    ['a Basic header, as a password', `Authorization: Basic ${base64(`ada:${token}`)}\n`],
    ['a Basic header, as a password of another length', `Authorization: Basic ${base64(`ad:${token}`)}\n`],
    ['a Basic header, as a password of a third length', `Authorization: Basic ${base64(`a:${token}`)}\n`],
    ['a header with its scheme', `auth: ${base64(`Bearer ${token}`)}\n`],
    ['base64url', `x=${Buffer.from(`é ${token}`).toString('base64url')}&y`],
    ['lines of 76 characters', `${cut(76, base64(token)).join('\n')}\n`],
    ['a YAML block', `data:\n  token: |\n    ${cut(64, base64(token)).join('\n    ')}\n`],
    ['a configuration of Docker', `.dockerconfigjson: ${base64(JSON.stringify({ auths: { r: { password: token } } }))}`],
    ['a configuration of Docker, inside of its base64', base64(JSON.stringify({ auths: { r: { auth: base64(`ada:${token}`) } } }))],
    ['an indented configuration of Docker', base64(JSON.stringify({ auths: { r: { password: token } } }, null, 4))],
  ];
  for (const [what, text] of ways) it(`is found in ${what}`, () => assert.deepEqual(found(text), [token]));

  it('has places in the base64', () => {
    const text = `data:\n  token: ${base64(token)}\n`;
    const [one] = findTokens(text);
    assert.ok(one);
    assert.equal(text.slice(one.span.start, one.span.end), base64(token).replace(/=+$/, ''));
    const [head] = one.parts;
    assert.ok(head && Buffer.from(text.slice(head.start, head.end), 'base64').toString().startsWith(header));
  });

  it('is not what only looks like one', () => {
    assert.deepEqual(found(base64('eyJust.kidding.here')), []);
    assert.deepEqual(found(base64(`${header}.${payload}`)), []);
    assert.deepEqual(found(base64(JSON.stringify({ auths: {} }))), []);
  });
});
