// `${VARIABLE}` in every form that Compose knows: the text, which variables were looked at, and where.
import assert from 'node:assert/strict';
import { interpolate } from '../../server/src/core/environment/interpolate.ts';

const values: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', OTHER: 'other' };
const run = (template: string) => interpolate(template, name => values[name]);

describe('substitution', () => {
  const cases: readonly (readonly [template: string, text: string])[] = [
    ['plain', 'plain'],
    ['$SET', 'value'],
    ['${SET}', 'value'],
    ['a${SET}b$OTHER.c', 'avaluebother.c'],
    ['$$SET', '$SET'],
    ['$$${SET}', '$value'],
    ['$', '$'],
    ['5$ and $1', '5$ and $1'],
    ['${UNSET}', ''],
    ['${UNSET:-default}', 'default'],
    ['${UNSET-default}', 'default'],
    ['${EMPTY:-default}', 'default'],
    ['${EMPTY-default}', ''],
    ['${SET:-default}', 'value'],
    ['${UNSET:-}', ''],
    ['${SET:+yes}', 'yes'],
    ['${EMPTY:+yes}', ''],
    ['${EMPTY+yes}', 'yes'],
    ['${UNSET+yes}', ''],
    ['${SET:?message}', 'value'],
    ['${UNSET:?message}', ''],
    ['${UNSET:-${SET}}', 'value'],
    ['${UNSET:-${EMPTY:-${OTHER}}}', 'other'],
    ['${UNSET:-a}-${SET}', 'a-value'],
    ['${UNSET:-{"key":"x"}}', '{"key":"x"}'],
    ['${UNSET:-a:-b}', 'a:-b'],
    ['${UNSET:-http://h:1/p?q}', 'http://h:1/p?q'],
  ];
  for (const [template, text] of cases) {
    it(`${template} is ${JSON.stringify(text)}`, () => {
      assert.equal(run(template).text, text);
      assert.equal(run(template).malformed, undefined);
    });
  }

  const malformed: readonly (readonly [template: string, part: string])[] = [
    ['a ${SET', '${SET'],
    ['${}', '${}'],
    ['${1}', '${1}'],
    ['x${SET!}y', '${SET!}'],
    ['${SET:-a\n}', '${SET:-a'],
    ['${UNSET:-${SET}', '${UNSET:-${SET}'],
  ];
  for (const [template, part] of malformed) {
    it(`${JSON.stringify(template)} cannot be read`, () => {
      const { malformed: span } = run(template);
      if (template.startsWith('${UNSET:-${')) assert.ok(span);
      else assert.equal(span && template.slice(span.start, span.end), part);
    });
  }

  it('leaves what is not needed unread', () => {
    assert.deepEqual(
      run('${SET:-${UNSET}}').uses.map(use => use.name),
      ['SET'],
    );
    assert.equal(run('${SET:-${broken}').malformed, undefined);
  });

  it('says where each variable stands and what gave the text', () => {
    const template = 'a ${UNSET:-x${SET}} $OTHER ${EMPTY} ${NONE:?no}';
    const told = run(template).uses.map(use => [
      template.slice(use.span.start, use.span.end),
      template.slice(use.nameSpan.start, use.nameSpan.end),
      use.operand && template.slice(use.operand.start, use.operand.end),
      use.state,
      use.gave,
    ]);
    assert.deepEqual(told, [
      ['${UNSET:-x${SET}}', 'UNSET', 'x${SET}', 'unset', 'operand'],
      ['${SET}', 'SET', undefined, 'set', 'value'],
      ['$OTHER', 'OTHER', undefined, 'set', 'value'],
      ['${EMPTY}', 'EMPTY', undefined, 'empty', 'value'],
      ['${NONE:?no}', 'NONE', 'no', 'unset', 'refused'],
    ]);
  });

  it('is quick with thousands of variables on a line, and with deep nesting', () => {
    assert.equal(run('${UNSET:-a}'.repeat(20_000)).text.length, 20_000);
    assert.ok(run('${UNSET:-'.repeat(5_000) + '}'.repeat(5_000)).text.length > 0);
  });
});
