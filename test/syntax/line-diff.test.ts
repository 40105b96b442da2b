// Edits between two texts: they make one into the other and leave alone what both have.
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { lineEdits } from '../../server/src/core/text/line-diff.ts';

describe('edits line by line', () => {
  const pairs: readonly (readonly [string, string, readonly string[]])[] = [
    ['a\nb\nc\n', 'a\nb\nc\n', []],
    ['a\nport: 1\nc\n', 'a\nport: 2\nc\n', ['8-9 2']],
    ['a\nb\nc\nd\ne\n', 'x\nb\nc\nd\n', ['0-1 x', '8-10 ']],
    ['', 'new\n', ['0-0 new\n']],
    ['a', 'a\nb', ['1-1 \nb']],
    ['a\r\nb\r\n', 'a\r\nx\r\nb\r\n', ['3-3 x\r\n']],
  ];
  for (const [before, after, expected] of pairs) {
    it(`${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      const edits = lineEdits('file:///a', before, after);
      assert.equal(applyEdits(before, edits), after);
      assert.deepEqual(
        edits.map(({ span, newText }) => `${span.start}-${span.end} ${newText}`),
        expected,
      );
    });
  }
});
