// The session with files and time in the test's hand: what happens when the disk is slow, late, or wrong.
import assert from 'node:assert/strict';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { FileSource } from '../../server/src/hosts/file-source.ts';
import { defaultEditorSettings } from '../../server/src/lsp/from-lsp.ts';
import { Session } from '../../server/src/lsp/session.ts';
import { toClientAbilities } from '../../server/src/lsp/to-lsp.ts';
import { mistake, mistakeAt, short, token } from './client.ts';
import { FakeTime } from './fake-time.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const found = [mistakeAt(0, 0)];
const root = 'file:///ws';

/** Files in memory. A read can be held back until the test lets it go. */
class MemoryFiles implements FileSource {
  readonly texts: Map<string, string>;
  readonly held: { file: string; text: string | undefined; go: () => void }[] = [];
  holds: (file: string) => boolean = () => false;
  listDelay = 0;
  lists = 0;
  readonly #time: FakeTime;

  constructor(time: FakeTime, texts: Record<string, string>) {
    this.#time = time;
    this.texts = new Map(Object.entries(texts).map(([name, text]) => [`${root}/${name}`, text]));
  }

  async list(folder: string): Promise<readonly string[]> {
    this.lists++;
    if (this.listDelay > 0) await new Promise<void>(done => this.#time.platform.timers.after(this.listDelay, done));
    return [...this.texts.keys()].filter(id => id.startsWith(`${folder}/`)).sort();
  }

  read(file: string): Promise<string | undefined> {
    const text = this.texts.get(file);
    if (!this.holds(file)) return Promise.resolve(text);
    return new Promise(done => this.held.push({ file, text, go: () => done(text) }));
  }
}

describe('session', () => {
  let time: FakeTime;
  let files: MemoryFiles;
  let session: Session;
  let reports: PublishDiagnosticsParams[];
  let logs: string[];
  let refreshes: number;

  function open(texts: Record<string, string>, folders: readonly string[] = [root]): void {
    time = new FakeTime(start);
    files = new MemoryFiles(time, texts);
    reports = [];
    logs = [];
    refreshes = 0;
    session = new Session(
      { ...time.platform, files },
      {
        publish: report => void reports.push(report),
        log: message => void logs.push(message),
        refresh: () => {
          refreshes++;
        },
      },
    );
    session.start({ files, folders, abilities: toClientAbilities({}), settings: defaultEditorSettings });
  }

  afterEach(() => {
    session.dispose();
    assert.deepEqual(logs, []);
  });

  const shown = (name: string) => {
    const last = reports.filter(({ uri }) => uri === `${root}/${name}`).pop();
    return last?.diagnostics.map(short) ?? [];
  };
  const item = (name: string, text: string, version = 1) => ({ uri: `${root}/${name}`, languageId: 'plaintext', version, text });

  it('answers about other documents while a large Compose file is opened', async () => {
    const small = 'services:\n  api:\n    image: example/api\n    environment:\n      JWT_SECRET: ${JWT_SECRET:?}\n';
    const fragments = Array.from({ length: 50 }, (_, i) => `x-${i}: &x${i}\n  JWT_ISSUER: https://id-${i}.example.com/\n`).join('');
    const service = (i: number) =>
      `  s${i}:\n    image: example/s${i}:1\n    environment:\n      <<: *x${i % 50}\n      JWT_SECRET: \${JWT_SECRET:?}\n${'      # padding\n'.repeat(30)}`;
    const large = `${fragments}services:\n${Array.from({ length: 500 }, (_, i) => service(i)).join('')}networks: {}\nnetworks: {}\n`;
    open({});
    session.open(item('small/compose.yaml', small));
    await time.pass(1000);
    // Slices end after as many steps on any machine.
    time.perLook = 1;
    session.open(item('large/compose.yaml', large));
    let turns = 0;
    while (shown('large/compose.yaml').length === 0) {
      const subject = session.subjectOf(`${root}/small/compose.yaml`);
      assert.match(subject?.scope.analyzer.hovers(subject.id, small.indexOf('JWT_SECRET'))[0]?.markdown ?? '', /signs and checks tokens/);
      await time.pass(1);
      turns++;
    }
    assert.ok(turns > 50, `it is judged in ${turns} turns`);
  });

  it('judges again when a token expires, in open files and in others', async () => {
    const soon = token({ sub: 'ada', exp: start / 1000 + 3600 });
    open({ 'a.txt': soon, 'b.txt': token({ sub: 'ada', exp: start / 1000 + 7200 }) });
    session.open(item('c.txt', soon));
    await time.pass(hour - 1000);
    for (const name of ['a.txt', 'b.txt', 'c.txt']) assert.doesNotMatch(shown(name).join(), /jwt\/expired/);
    await time.pass(2000);
    assert.match(shown('a.txt').join(), /jwt\/expired/);
    assert.match(shown('c.txt').join(), /jwt\/expired/);
    assert.doesNotMatch(shown('b.txt').join(), /jwt\/expired/);
    await time.pass(hour);
    assert.match(shown('b.txt').join(), /jwt\/expired/);
  });

  it('lets the editor ask again about a document when a file that it belongs to changes, and not about the one that is edited', async () => {
    open({ 'nats.conf': 'include part.conf\n', 'part.conf': 'port: 4222\n' });
    session.open(item('part.conf', 'port: 4222\n'));
    await time.pass(1000);
    const atFirst = refreshes;
    session.change(`${root}/part.conf`, 2, [{ text: 'port: 4223\n' }]);
    await time.pass(1000);
    assert.equal(refreshes, atFirst);
    session.open(item('nats.conf', 'include part.conf\n'));
    await time.pass(1000);
    const before = refreshes;
    session.change(`${root}/nats.conf`, 2, [{ text: 'cluster { include part.conf }\n' }]);
    await time.pass(1000);
    assert.equal(refreshes, before + 1);
  });

  it('lets the editor ask again when time alone changes what stands there, once, and at the earliest of several times', async () => {
    open({});
    session.open(item('a.txt', 'text\n'));
    await time.pass(1000);
    const before = refreshes;
    for (const minutes of [5, 1, 3, Number.POSITIVE_INFINITY]) session.refreshAt(time.now + minutes * 60_000);
    await time.pass(59_000);
    assert.equal(refreshes, before);
    await time.pass(2_000);
    assert.equal(refreshes, before + 1);
    await time.pass(hour);
    assert.equal(refreshes, before + 1);
  });

  it('plans nothing when nothing can change', async () => {
    open({ 'a.txt': mistake });
    session.open(item('b.txt', mistake));
    await time.pass(hour);
    assert.deepEqual(time.planned, []);
  });

  it('lets no late read overwrite the editor', async () => {
    open({ 'a.txt': 'from the disk' });
    files.holds = () => true;
    await time.pass(10);
    const [config, ...rest] = files.held;
    config?.go();
    await time.pass(10);
    session.open(item('a.txt', mistake));
    for (const read of [...rest, ...files.held]) read.go();
    await time.pass(2000);
    for (const read of files.held) read.go();
    await time.pass(2000);
    assert.deepEqual(shown('a.txt'), found);
  });

  it('lets no late read overwrite a newer one', async () => {
    open({ 'a.txt': 'old' });
    await time.pass(1000);
    files.holds = () => true;
    files.texts.set(`${root}/a.txt`, 'older');
    session.changedOnDisk(`${root}/a.txt`, false);
    files.texts.set(`${root}/a.txt`, mistake);
    session.changedOnDisk(`${root}/a.txt`, false);
    const [first, second] = files.held;
    second?.go();
    await time.pass(1000);
    first?.go();
    await time.pass(1000);
    assert.deepEqual(shown('a.txt'), found);
  });

  it('forgets a file that vanished while it was read', async () => {
    open({ 'a.txt': mistake });
    await time.pass(1000);
    assert.deepEqual(shown('a.txt'), found);
    files.holds = () => true;
    session.changedOnDisk(`${root}/a.txt`, false);
    session.deletedOnDisk(`${root}/a.txt`);
    for (const read of files.held) read.go();
    await time.pass(1000);
    assert.deepEqual(shown('a.txt'), []);
  });

  it('judges an open document before a slow folder is loaded', async () => {
    open({ 'a.txt': mistake });
    files.listDelay = 60_000;
    session.changedOnDisk(`${root}/.gitignore`, false);
    session.open(item('b.txt', mistake));
    await time.pass(2000);
    assert.deepEqual(shown('b.txt'), found);
    session.change(`${root}/b.txt`, 2, [{ text: '' }]);
    await time.pass(100);
    assert.deepEqual(shown('b.txt'), []);
  });

  it('walks through a folder once, however many files appear', async () => {
    open({ 'a.txt': 'nothing' });
    await time.pass(5000);
    assert.equal(files.lists, 1);
    for (let i = 0; i < 500; i++) {
      files.texts.set(`${root}/new${i}.txt`, mistake);
      session.changedOnDisk(`${root}/new${i}.txt`, true);
    }
    await time.pass(5000);
    assert.deepEqual(shown('new499.txt'), found);
    assert.ok(files.lists <= 3, `${files.lists} walks`);
    session.changedOnDisk(`${root}/node_modules/x/a.txt`, true);
    session.changedOnDisk(`${root}/picture.png`, true);
    await time.pass(5000);
    assert.ok(files.lists <= 3, `${files.lists} walks`);
  });

  it('survives a disk that breaks', async () => {
    open({ 'a.txt': mistake });
    await time.pass(1000);
    files.read = () => Promise.reject(new Error(`cannot read ${mistake}`));
    files.list = () => Promise.reject(new Error(`cannot list ${mistake}`));
    session.changedOnDisk(`${root}/a.txt`, false);
    session.changedOnDisk(`${root}/.gitignore`, false);
    session.open(item('b.txt', mistake));
    await time.pass(5000);
    assert.deepEqual(shown('b.txt'), found);
    assert.ok(logs.length > 0);
    assert.equal(logs.join().includes(mistake), false);
    logs = [];
  });
});
