// Includes and variables of NATS configurations: what the server holds in the end, and what it cannot resolve.
import assert from 'node:assert/strict';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { natsConf } from '../../server/src/core/nats-conf/index.ts';
import type { EvaluatedMap } from '../../server/src/core/nats-conf/values.ts';
import { evaluateFiles, type Plain, plainValue } from '../support/nats-text.ts';

function holds(title: string, files: Readonly<Record<string, string>>, value: Plain): void {
  it(title, () => assert.deepEqual(plainValue(evaluateFiles(files).root), value));
}

/** `file name outcome`, for a variable that is out of scope with the reason and the defining file. */
function variables(files: Readonly<Record<string, string>>): string[] {
  return evaluateFiles(files).variables.map(({ node, file, outcome }) => {
    const why =
      outcome.kind === 'out-of-scope' ? ` ${outcome.why} ${nameOf(outcome.definition.file)}:${outcome.definition.span.start}` : '';
    return `${nameOf(file)} ${node.name} ${outcome.kind}${why}`;
  });
}

const nameOf = (file: string) => file.slice('file:///srv/'.length);

function mapAt(root: EvaluatedMap, key: string): EvaluatedMap {
  const value = root.entries.get(key)?.value;
  assert.ok(value?.kind === 'map');
  return value;
}

function includes(files: Readonly<Record<string, string>>): string[] {
  return evaluateFiles(files).includes.map(({ file, target, outcome }) => `${nameOf(file)} -> ${nameOf(target)} ${outcome}`);
}

describe('NATS evaluation', () => {
  describe('variables', () => {
    holds(
      'are keys that stand earlier in a block around',
      { 'nats.conf': 'A: 1\nm { b: $A, n { c: [ $A, $b ] } }' },
      {
        A: 1n,
        m: { b: 1n, n: { c: [1n, 1n] } },
      },
    );
    holds(
      'hold any kind of value',
      { 'nats.conf': 'M { x: 1 }\nL: [ 1, 2 ]\nT: yes\na: $M\nb: $L\nc: $T' },
      {
        M: { x: 1n },
        L: [1n, 2n],
        T: true,
        a: { x: 1n },
        b: [1n, 2n],
        c: true,
      },
    );
    holds('mean the innermost definition', { 'nats.conf': 'A: 1\nm { A: 2, b: $A }\nc: $A' }, { A: 1n, m: { A: 2n, b: 2n }, c: 1n });
    holds('mean the last definition before them', { 'nats.conf': 'A: 1\na: $A\nA: 2\nb: $A' }, { A: 2n, a: 1n, b: 2n });
    holds('keep bcrypt hashes of the kind 2a', { 'nats.conf': 'p: $2a$11$x' }, { p: '$2a$11$x' });

    it('mark what they refer to as used, and only that', () => {
      const { root } = evaluateFiles({ 'nats.conf': 'A: 1\nB: 2\nA: 3\nm { A: 4, b: $A }\nc: $A' });
      const a = root.entries.get('A');
      assert.deepEqual([a?.usedAsVariable, a?.replaces.map(entry => entry.usedAsVariable)], [true, [false]]);
      assert.equal(root.entries.get('B')?.usedAsVariable, false);
    });

    it('give the place of their use and of the value', () => {
      const value = evaluateFiles({ 'nats.conf': 'A: x\nB: $A\nc: $B' }).root.entries.get('c')?.value;
      assert.deepEqual([value?.at.span, value?.origin.span, value?.via?.name], [{ start: 14, end: 16 }, { start: 3, end: 4 }, 'B']);
    });

    it('are out of scope when defined later, in another block or in the includer', () => {
      assert.deepEqual(variables({ 'nats.conf': 'a: $X\nX: 1\nm { Y: 1 }\nb: $Y\nm { c: $Z }\nZ: 1' }), [
        'nats.conf X out-of-scope later nats.conf:6',
        'nats.conf Y out-of-scope elsewhere nats.conf:15',
        'nats.conf Z out-of-scope later nats.conf:40',
      ]);
      assert.deepEqual(variables({ 'nats.conf': 'X: 1\ninclude a.conf', 'a.conf': 'y: $X' }), [
        'a.conf X out-of-scope includer nats.conf:0',
      ]);
    });

    it('come from the environment when nothing defines them', () => {
      const files = { 'nats.conf': 'A: $A\nuser: $user\nm { user: $user }\nb: $x.y-z' };
      assert.deepEqual(variables(files), [
        'nats.conf A environment',
        'nats.conf user environment',
        // The definition above was unknown, but is one.
        'nats.conf user resolved',
        'nats.conf x.y-z environment',
      ]);
      assert.deepEqual(plainValue(evaluateFiles(files).root.entries.get('A')?.value as never), { unknown: 'environment' });
    });

    it('are impossible with a name that no environment holds', () => {
      assert.deepEqual(variables({ 'nats.conf': 'a: $\nb: $JS.API.>\nc: $2b$11$x' }), [
        'nats.conf  impossible',
        'nats.conf JS.API.> impossible',
        'nats.conf 2b$11$x impossible',
      ]);
    });

    it('list the names that would resolve', () => {
      const [use] = evaluateFiles({ 'nats.conf': 'A: 1\nm { B: 1, c: $X }\nD: 1' }).variables;
      assert.deepEqual(use?.visible, ['B', 'A']);
    });
  });

  describe('includes', () => {
    holds(
      'put the keys of the file in their place, at the top level and in blocks',
      {
        'nats.conf': 'a: 1\ninclude x/b.conf\nm { include "c.conf"; d: $C }\ne: $B',
        'x/b.conf': 'B: 2\ninclude c.conf',
        'x/c.conf': 'f: 3',
        'c.conf': 'C: 4',
      },
      { a: 1n, B: 2n, f: 3n, m: { C: 4n, d: 4n }, e: 2n },
    );
    holds(
      'give way to later keys, and replace earlier ones',
      { 'nats.conf': 'a: 1\nb: 1\ninclude x.conf\nb: 3', 'x.conf': 'a: 2\nb: 2' },
      { a: 2n, b: 3n },
    );

    it('take every path relative to the file that includes', () => {
      assert.deepEqual(
        includes({ 'nats.conf': 'include ./x/a.conf', 'x/a.conf': 'include ../b.conf\ninclude /b.conf', 'b.conf': 'c: 1' }),
        ['x/a.conf -> b.conf included', 'x/a.conf -> x/b.conf absent', 'nats.conf -> x/a.conf included'],
      );
    });

    it('end where they come back to a file that is open', () => {
      assert.deepEqual(includes({ 'nats.conf': 'include nats.conf' }), ['nats.conf -> nats.conf cycle']);
      assert.deepEqual(includes({ 'nats.conf': 'include a.conf', 'a.conf': 'include ./b.conf', 'b.conf': 'include a.conf' }), [
        'b.conf -> a.conf cycle',
        'a.conf -> b.conf included',
        'nats.conf -> a.conf included',
      ]);
    });

    it('may come twice, each with variables of its own', () => {
      const { root, files } = evaluateFiles({ 'nats.conf': 'm { include a.conf; b: $A }\nn { include a.conf }', 'a.conf': 'A: 1' });
      const used = (key: string) => mapAt(root, key).entries.get('A')?.usedAsVariable;
      assert.deepEqual([used('m'), used('n')], [true, false]);
      assert.deepEqual(
        files.map(({ file }) => nameOf(file.id)),
        ['nats.conf', 'a.conf'],
      );
    });

    it('say that keys may be missing while a file is not at hand', () => {
      const { root, variables: uses } = evaluateFiles({ 'nats.conf': 'include a.conf\nb: $X\nm { c: $X }', 'a.conf': 'unknown' });
      assert.deepEqual([root.incomplete, uses], [true, []]);
      assert.equal(mapAt(root, 'm').incomplete, false);
    });

    it('do not follow a chain for ever', () => {
      const files: Record<string, string> = {};
      for (let i = 0; i < 300; i++) files[`${i}.conf`] = `include ${i < 299 ? `"${i + 1}.conf"` : 'end.conf'}`;
      assert.ok(evaluateFiles(files).includes.some(({ outcome }) => outcome === 'too-deep'));
    });

    it('cost no more for being included often', () => {
      // Each file includes the next one twice: a reader that follows every path meets the last one 2^40 times.
      const files: Record<string, string> = {};
      for (let i = 0; i < 40; i++) files[`f${i}.conf`] = `a { include f${i + 1}.conf }\nb { include f${i + 1}.conf }`;
      files['f40.conf'] = 'x: 1';
      assert.equal(evaluateFiles(files).files.length, 41);
    });
  });

  describe('keys and values', () => {
    it('keep what a later key replaces', () => {
      const entry = evaluateFiles({ 'nats.conf': 'a: 1\na: 2\na: 3' }).root.entries.get('a');
      assert.deepEqual([plainValue(entry?.value as never), entry?.replaces.map(old => plainValue(old.value))], [3n, [1n, 2n]]);
    });

    it('store a block under the key in it that has no value', () => {
      const { root } = evaluateFiles({ 'nats.conf': 'a { b: 64kbb, c: 1 }\nd { e: }\nf: [ { g: } ]' });
      assert.deepEqual(plainValue(root), { b: { c: 1n }, e: {}, g: [{}] });
      const b = root.entries.get('b');
      assert.deepEqual([b?.displaced, b?.keyAt.span, root.entries.get('g')?.displaced], [true, { start: 4, end: 5 }, true]);
    });

    holds('lose a value without a unit at the top level', { 'nats.conf': 'a: 64kbb\nb: 1' }, { b: 1n });
    holds('survive names of JavaScript', { 'nats.conf': '__proto__: 1\nconstructor { toString: 2 }\nx: $__proto__' }, {
      ['__proto__']: 1n,
      constructor: { toString: 2n },
      x: 1n,
    } as Plain);
  });

  describe('as a language', () => {
    const files: Readonly<Record<string, string>> = {
      'file:///a/nats.conf': 'include "u.conf"\na: [ 64KB, 1.5, on, $X ]',
      'file:///a/u.conf': 'b { c: "d" }',
    };
    const context = {
      settings: defaultSettings,
      now: 0,
      read: (id: string) => (files[id] === undefined ? ('absent' as const) : { id, text: files[id] as string }),
    };
    const model = natsConf.build({ id: 'file:///a/nats.conf', text: files['file:///a/nats.conf'] as string }, context);

    it('owns the findings of its includes', () => assert.deepEqual(natsConf.parts?.(model), ['file:///a/u.conf']));
    it('shows what the server holds', () => {
      assert.deepEqual(natsConf.inspect?.(model, context), { b: { c: 'd' }, a: [65536, 1.5, true, '$X'] });
    });
  });
});
