// When diagnostics are reported, with a clock that the test moves.
import assert from 'node:assert/strict';
import { DiagnosticsScheduler, editDelay } from '../../server/src/lsp/diagnostics-scheduler.ts';
import { FakeTime } from './fake-time.ts';

describe('diagnostics scheduler', () => {
  let time: FakeTime;
  let scheduler: DiagnosticsScheduler;
  let published: string[];
  let identities: Map<string, unknown>;
  let preparations: Map<string, () => Promise<void>>;
  /** Runs inside of each publication. */
  let onPublish: (id: string) => void;

  beforeEach(() => {
    time = new FakeTime(1_000_000);
    published = [];
    identities = new Map([
      ['a', 'a1'],
      ['b', 'b1'],
    ]);
    preparations = new Map();
    onPublish = () => undefined;
    scheduler = new DiagnosticsScheduler(time.platform, {
      identityOf: id => identities.get(id),
      prepare: id => preparations.get(id)?.(),
      publish: id => {
        published.push(id);
        onPublish(id);
      },
    });
  });

  it('reports an edit after a pause at once', async () => {
    for (let edit = 1; edit <= 3; edit++) {
      scheduler.edited('a');
      await time.pass(0);
      assert.equal(published.length, edit);
      await time.pass(editDelay);
    }
    assert.equal(published.length, 3);
  });

  it('waits for a pause while edits come quickly, and reports once', async () => {
    scheduler.edited('a');
    await time.pass(0);
    published = [];
    for (let i = 0; i < 3; i++) {
      await time.pass(editDelay - 1);
      scheduler.edited('a');
    }
    await time.pass(editDelay - 1);
    assert.deepEqual(published, []);
    assert.equal(time.planned.length, 1);
    await time.pass(1);
    assert.deepEqual(published, ['a']);
    await time.pass(1000);
    assert.deepEqual(published, ['a']);
  });

  it('takes a report back that has not begun when the next edit comes', async () => {
    scheduler.edited('a');
    scheduler.edited('a');
    await time.pass(editDelay - 1);
    assert.deepEqual(published, []);
    await time.pass(1);
    assert.deepEqual(published, ['a']);
  });

  it('has one timer for each document', async () => {
    scheduler.schedule('a');
    scheduler.schedule('b');
    await time.pass(0);
    assert.deepEqual(published, ['a', 'b']);
  });

  it('reports nothing about a document that was closed while it waited', async () => {
    scheduler.schedule('a');
    scheduler.cancel('a');
    scheduler.schedule('b');
    identities.delete('b');
    await time.pass(1000);
    assert.deepEqual(published, []);
    assert.deepEqual(time.planned, []);
  });

  it('drops a report whose document changed while its files were loaded', async () => {
    let loaded: () => void = () => undefined;
    preparations.set('a', () => new Promise(resolve => (loaded = resolve)));
    scheduler.schedule('a');
    await time.pass(0);
    identities.set('a', 'a2');
    loaded();
    await time.pass(0);
    assert.deepEqual(published, []);

    scheduler.schedule('a');
    await time.pass(0);
    loaded();
    await time.pass(0);
    assert.deepEqual(published, ['a']);
  });

  it('leaves a document to its newer report while its files are loaded', async () => {
    let loaded: () => void = () => undefined;
    preparations.set('a', () => new Promise(resolve => (loaded = resolve)));
    scheduler.edited('a');
    await time.pass(0);
    scheduler.edited('a');
    loaded();
    await time.pass(1);
    assert.deepEqual(published, []);
  });

  it('sweeps over many files in slices, and lets timers in between', async () => {
    const files = Array.from({ length: 10 }, (_, i) => `f${i}`);
    onPublish = () => {
      time.now += 5;
    };
    void scheduler.sweep({}, files);
    assert.ok(published.length < files.length, 'the first slice holds the event loop for the whole sweep');
    await time.pass(1000);
    assert.deepEqual(published, files);
  });

  it('stops a sweep when a newer one begins, but not that of another owner', async () => {
    const [one, other] = [{}, {}];
    onPublish = () => {
      time.now += 20;
    };
    void scheduler.sweep(one, ['old1', 'old2', 'old3']);
    void scheduler.sweep(other, ['x1', 'x2']);
    void scheduler.sweep(one, ['new1', 'new2']);
    await time.pass(1000);
    assert.deepEqual(published, ['old1', 'x1', 'new1', 'x2', 'new2']);
    scheduler.forget(one);
  });

  it('leaves a document with a pending report out of a sweep', async () => {
    scheduler.schedule('a');
    await scheduler.sweep({}, ['a', 'b']);
    assert.deepEqual(published, ['b']);
    await time.pass(0);
    assert.deepEqual(published, ['b', 'a']);
  });

  describe('recheck', () => {
    let rechecks: number[];
    const recheck = () => void rechecks.push(time.now);

    beforeEach(() => {
      rechecks = [];
    });

    it('comes when the time has come, and not before', async () => {
      const at = time.now + 5000;
      scheduler.recheckAt(scheduler, at, recheck);
      await time.pass(4999);
      assert.deepEqual(rechecks, []);
      await time.pass(10);
      assert.equal(rechecks.length, 1);
      assert.deepEqual(
        rechecks.filter(then => then < at),
        [],
      );
    });

    it('survives times that no timer can hold', async () => {
      const days = 24 * 3_600_000;
      const at = time.now + 40 * days;
      scheduler.recheckAt(scheduler, at, recheck);
      await time.pass(40 * days - 1);
      assert.deepEqual(rechecks, []);
      await time.pass(3_600_000);
      assert.equal(rechecks.length, 1);
    });

    it('is planned anew, or not at all', async () => {
      scheduler.recheckAt(scheduler, time.now + 100, recheck);
      scheduler.recheckAt(scheduler, time.now + 200, recheck);
      assert.equal(time.planned.length, 1);
      scheduler.recheckAt(scheduler, undefined, recheck);
      assert.deepEqual(time.planned, []);
      await time.pass(1000);
      assert.deepEqual(rechecks, []);
    });
  });

  it('plans nothing after its end', async () => {
    scheduler.schedule('a');
    scheduler.recheckAt(scheduler, time.now + 10, () => published.push('recheck'));
    scheduler.dispose();
    await time.pass(1000);
    assert.deepEqual(published, []);
    assert.deepEqual(time.planned, []);
  });
});
