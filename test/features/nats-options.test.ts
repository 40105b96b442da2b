// The facts about options hang together: a block that is named exists, a name means one thing, and versions are in order.
import assert from 'node:assert/strict';
import {
  findOption,
  formsFor,
  natsBlock,
  natsBlocks,
  natsOptionsSource,
  type ValueForm,
} from '../../server/src/core/facts/nats-options.ts';
import { isAvailable, type Release, readReleases } from '../../server/src/core/facts/nats-release.ts';

function* flat(forms: readonly ValueForm[]): Generator<ValueForm> {
  for (const form of forms) {
    yield form;
    if (form.kind === 'list' || form.kind === 'map') yield* flat(form.of);
  }
}

describe('nats options', () => {
  it('say which version they were checked against', () => assert.match(natsOptionsSource, /^nats-server \d+\.\d+\.\d+$/));

  for (const block of natsBlocks.values()) {
    it(`of ${block.name} hang together`, () => {
      const spellings = block.options.flatMap(option => [option.key, ...option.aliases]);
      assert.equal(new Set(spellings).size, spellings.length, 'a spelling means two things');
      for (const option of block.options) {
        assert.ok(option.summary.endsWith('.'), option.key);
        assert.ok(option.forms.length > 0, option.key);
        for (const form of flat(option.forms)) if (form.kind === 'block') assert.ok(natsBlocks.has(form.block), form.block);
      }
    });
  }

  it('are found under every spelling, in any case where the server does not mind', () => {
    assert.equal(findOption(natsBlock('server'), 'Max_Conn')?.key, 'max_connections');
    assert.equal(findOption(natsBlock('resolver'), 'Type'), undefined);
    assert.equal(findOption(natsBlock('user'), 'permission')?.key, 'permissions');
  });

  it('take other values in other versions', () => {
    const reconnect = findOption(natsBlock('leafnodes'), 'reconnect');
    const kinds = (version: Release) => formsFor(reconnect?.forms ?? [], version).map(form => form.kind);
    assert.deepEqual(kinds([2, 9, 25]), ['integer']);
    assert.deepEqual(kinds([2, 15, 0]), ['duration', 'integer']);
  });

  it('came to several release lines at once', () => {
    const firsts = readReleases(['2.11.11', '2.12.2', '2.14.0']);
    const at = (...version: [number, number, number]) => isAvailable(version, firsts);
    assert.deepEqual(
      [at(2, 10, 29), at(2, 11, 10), at(2, 11, 11), at(2, 12, 1), at(2, 12, 2), at(2, 14, 0), at(2, 16, 0)],
      [false, false, true, false, true, true, true],
    );
    assert.ok(isAvailable([2, 2, 0], undefined));
  });
});
