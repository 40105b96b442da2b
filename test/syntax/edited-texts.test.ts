// What is known of an earlier version of a text is taken over where it was not edited, and comes to the same.
import assert from 'node:assert/strict';
import { Absence } from '../../server/src/core/text/absence.ts';
import { LineMap, lineMapOf } from '../../server/src/core/text/line-map.ts';
import { type Random, randomFrom } from '../support/random.ts';

function edited(text: string, random: Random, pieces: readonly string[]): string {
  const from = random.below(text.length + 1);
  const to = random.next() < 0.5 ? from : Math.min(text.length, from + random.below(4));
  return text.slice(0, from) + random.pick(pieces) + text.slice(to);
}

describe('texts that are edited', () => {
  it('have the lines of a fresh look', () => {
    const random = randomFrom(23);
    for (let round = 0; round < 50; round++) {
      const lineage = {};
      let text = 'one\ntwo\r\nthree\rfour\n';
      for (let edit = 0; edit < 40; edit++) {
        const [taken, fresh] = [lineMapOf({ text, lineage }), new LineMap(text)];
        assert.equal(taken.lineCount, fresh.lineCount, JSON.stringify(text));
        for (let line = 0; line <= fresh.lineCount; line++)
          assert.equal(taken.lineStart(line), fresh.lineStart(line), JSON.stringify(text));
        for (let at = 0; at <= text.length; at++) assert.deepEqual(taken.positionAt(at), fresh.positionAt(at), JSON.stringify(text));
        text = edited(text, random, ['', '\r', '\n', '\r\n', 'x', 'x\ny']);
      }
    }
  });

  it('lack what a fresh look does not find', () => {
    const random = randomFrom(29);
    const pattern = /(?<!b)a{3}(?!b)/;
    const absence = new Absence(text => pattern.test(text), 5);
    for (let round = 0; round < 50; round++) {
      const lineage = {};
      let text = 'bababa';
      for (let edit = 0; edit < 60; edit++) {
        assert.equal(absence.isIn({ text, lineage }), !pattern.test(text), text);
        text = edited(text, random, ['', 'a', 'b', 'aa']);
      }
    }
  });
});
