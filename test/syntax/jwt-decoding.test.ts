// Base64url, UTF-8 and JSON as tokens hold them, compared with the platform's own where that has an opinion.
import assert from 'node:assert/strict';
import { decodeBase64Url, decodeUtf8, encodeUtf8 } from '../../server/src/core/text/base64url.ts';
import { parseObject } from '../../server/src/core/text/json.ts';

describe('base64url', () => {
  it('decodes every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 89 + length) & 255));
      assert.deepEqual(decodeBase64Url(bytes.toString('base64url')), { bytes: new Uint8Array(bytes), problems: [] });
    }
  });

  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['YWI=', 'ab', ['padding']],
    ['YQ==', 'a', ['padding']],
    ['+/8', '\ufffd', ['alphabet']],
    ['Y!WI', 'ab', ['character']],
    ['YWJjY', 'abc', ['length']],
    ['YR', 'a', ['trailing-bits']],
    ['YWJ', 'ab', ['trailing-bits']],
    ['Yé', '', ['character', 'length']],
  ];
  for (const [text, meaning, problems] of wrong) {
    it(`reads ${text} as far as it goes, and says what is wrong`, () => {
      const decoded = decodeBase64Url(text);
      assert.deepEqual(decoded.problems, problems);
      if (meaning !== '\ufffd') assert.equal(Buffer.from(decoded.bytes).toString(), meaning);
    });
  }

  it('decodes a part of a text', () => {
    assert.deepEqual(Buffer.from(decodeBase64Url('xxYWJjyy', 2, 6).bytes).toString(), 'abc');
  });
});

describe('UTF-8', () => {
  for (const text of [
    '',
    'abc',
    'é',
    '€',
    '😀',
    'a'.repeat(10_000),
    '\u0000\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}',
    '\ufeffx',
  ]) {
    it(`is read and written: ${JSON.stringify(text.slice(0, 12))}`, () => {
      assert.equal(decodeUtf8(Buffer.from(text)), text);
      assert.deepEqual(encodeUtf8(text), new Uint8Array(Buffer.from(text)));
    });
  }

  it('writes a lone surrogate as the platform does', () => assert.deepEqual(encodeUtf8('\ud800x'), new Uint8Array(Buffer.from('\ud800x'))));

  for (const bytes of ['80', 'c0af', 'c3', 'e282', 'eda080', 'f4908080', 'f08080af', 'e08080', 'ff', '61c328']) {
    it(`is refused where it is not well-formed: ${bytes}`, () => assert.equal(decodeUtf8(Buffer.from(bytes, 'hex')), undefined));
  }
});

describe('JSON objects', () => {
  const valid: readonly string[] = [
    '{}',
    ' { "a" : 1 } ',
    '{"a":[1,-2.5,3e2,0,-0.1E-2,true,false,null,"x",{},[]]}',
    '{"a":{"b":{"c":[[[{"d":1}]]]}}}',
    '{"\\u0061\\n\\"\\\\\\/\\b\\f\\r\\t":"\\ud83d\\ude00"}',
    '{"é":"😀"}',
    '{"constructor":1,"toString":2}',
    '{"a":1e400}',
  ];
  for (const text of valid)
    it(`are read: ${text}`, () => assert.deepEqual(parseObject(text), { object: JSON.parse(text), duplicates: [] }));

  // biome-ignore format: one list, by kind
  const invalid: readonly string[] = [
    '', '{', '}', '{"a"}', '{"a":}', '{"a":1,}', '{,}', '{"a":1}}', '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":tru}',
    "{'a':1}", '{a:1}', '{"a":"\n"}', '{"a":"\\x"}', '{"a":"\\u12g4"}', '{"a":"', '{"a":[1,]}', '{"a":[1 2]}', '{"a" 1}', '{"a":1 "b":2}', '\ufeff{}',
  ];
  for (const text of invalid)
    it(`are refused: ${JSON.stringify(text)}`, () => assert.deepEqual(parseObject(text), { duplicates: [], problem: 'not-json' }));

  for (const text of ['[]', '"a"', '1', 'null', 'true']) {
    it(`are not ${text}`, () => assert.deepEqual(parseObject(text), { duplicates: [], problem: 'not-an-object' }));
  }

  it('say which names are written twice, at any depth', () => {
    assert.deepEqual(parseObject('{"a":1,"a":2,"b":{"c":1,"c":2},"d":[{"e":1},{"e":1}],"f":{"a":1}}').duplicates, ['a', 'c']);
    assert.deepEqual(parseObject('{"a":1,"\\u0061":2}').duplicates, ['a']);
    assert.deepEqual(parseObject('{"a":"a","b":"a"}').duplicates, []);
  });

  it('keep a member named __proto__ as a member', () => {
    const { object } = parseObject('{"__proto__":{"admin":true},"a":1}');
    assert.deepEqual(Object.keys(object ?? {}), ['__proto__', 'a']);
    assert.equal((object as { admin?: unknown }).admin, undefined);
  });

  it('are refused where they are nested without end', () => {
    assert.equal(parseObject(`{"a":${'['.repeat(100_000)}`).problem, 'not-json');
    assert.equal(parseObject(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`).problem, 'not-json');
  });
});
