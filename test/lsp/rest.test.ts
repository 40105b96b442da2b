// When the server is said to rest, with a clock that the test moves.
import assert from 'node:assert/strict';
import { withRest } from '../../server/src/lsp/rest.ts';
import { FakeTime } from './fake-time.ts';

describe('rest', () => {
  it('begins a while after the last thing that was planned, and ends with the next', async () => {
    const time = new FakeTime();
    const said: boolean[] = [];
    const timers = withRest(time.platform.timers, isResting => said.push(isResting));
    const run = () => undefined;
    timers.after(0, run);
    await time.pass(11_000);
    timers.after(0, run);
    await time.pass(11_000);
    assert.deepEqual(said, []);
    await time.pass(60_000);
    assert.deepEqual(said, [true]);
    timers.after(0, run);
    timers.after(0, run);
    assert.deepEqual(said, [true, false]);
    await time.pass(60_000);
    assert.deepEqual(said, [true, false, true]);
  });

  it('leaves what is planned as it is', async () => {
    const time = new FakeTime();
    const done: string[] = [];
    const timers = withRest(time.platform.timers, () => undefined);
    timers.after(20_000, () => done.push('late'));
    const cancel = timers.after(30_000, () => done.push('taken back'));
    cancel();
    await time.pass(19_999);
    assert.deepEqual(done, []);
    await time.pass(60_000);
    assert.deepEqual(done, ['late']);
  });
});
