// Threads that judge large folders: they change how long it takes and nothing else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { formatNames } from '../../server/src/cli/formats/format.ts';
import { buildPart, joinParts } from '../../server/src/cli/report.ts';
import { reportOptions } from '../../server/src/cli/report-options.ts';
import { settingsOf } from '../../server/src/cli/settings.ts';
import { Share, type ShareRequest } from '../../server/src/cli/share.ts';
import { asShare, judgeInShares } from '../../server/src/cli/shares.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { FileId } from '../../server/src/core/text/file-id.ts';
import { workspaceRules } from '../../server/src/core/workspace/index.ts';
import type { FileSource } from '../../server/src/hosts/file-source.ts';
import { Folder, tokenOf } from '../support/command-line.ts';
import { dist } from '../support/doors.ts';
import { parseRulePage } from '../support/rule-page.ts';

const folderOfPages = 'file:///page/';

/** What is printed, and what the other renderers read. */
const request: ShareRequest = {
  ...{ format: 'json', colours: false, cwd: '/', given: [], rules: undefined, now: Date.parse('2026-01-01T00:00:00Z') },
  settings: { file: `${folderOfPages}.authlint.yaml`, text: undefined, natsServer: undefined },
};

/** Each file by itself, so that the shares tear apart whatever they can. */
async function judgedInShares(files: ReadonlyMap<FileId, string>) {
  const source: FileSource = { list: async () => [], read: async id => files.get(id) };
  const shares = [1, 2, 3, 4].map(() => asShare(new Share(request, source)));
  const batches = [...files.keys()].map(id => [id]);
  return joinParts(await judgeInShares(batches, shares, request));
}

function judgedTogether(files: ReadonlyMap<FileId, string>) {
  const analyzer = new Analyzer(() => request.now, settingsOf(request.settings));
  for (const [id, text] of files) analyzer.setFile({ id, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return joinParts([buildPart({ ...reportOptions(request), analyzer, shown: files.keys(), named: new Set() })]);
}

describe('authlint check --threads', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('says the same with every number of threads, in every format', function () {
    this.timeout(240_000);
    for (let i = 0; i < 120; i++) folder.put(`src/${i}/file-${i}.txt`, `nothing of ours, number ${i}\n`);
    folder.put('nats.conf', 'include src/1/users.txt\nmax_conections: 5\n');
    folder.put('src/1/users.txt', 'authorization { user: a, password: b, pasword: c }\n');
    folder.put('src/2/notes.txt', '# authlint: allow jwt/expired -- nothing is here\n');
    folder.put('src/3/call.sh', `curl -H "Authorization: Bearer ${tokenOf({ alg: 'none' }, { sub: 'a' })}"\n`);
    const gateway =
      'services:\n  gate:\n    image: gate\n    environment:\n      JWT_SECRET: ${JWT_SECRET}\n      JWT_ISSUER: https://a.example.com/\n';
    folder.put('src/4/compose.yaml', gateway);
    folder.put('src/90/compose.yaml', gateway);
    folder.put('src/119/token.txt', `${tokenOf({ alg: 'HS256' }, { sub: 'a', iss: 'https://a.example.com' })}\n`);
    folder.put('.gitignore', 'src/5/\n');
    folder.put('picture.txt', new Uint8Array([0, 1, 2]));
    const run = (threads: number, format: string) => {
      const args = [`${dist}/cli.js`, 'check', '--threads', String(threads), '--format', format];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
      return { out: stdout.replace(/\d+\.\d+ s|time="[\d.]+"/g, 'some time'), stderr, status };
    };
    for (const format of formatNames) {
      const alone = run(1, format);
      assert.match(alone.out, /unused-suppression/);
      assert.match(alone.out, /unknown-field/);
      assert.match(alone.out, /issuer-mismatch/);
      assert.deepEqual(run(3, format), alone, format);
    }
  });

  for (const { id } of workspaceRules) {
    it(`${id} says the same of files that are spread over threads`, async () => {
      const { scenarios } = parseRulePage(readFileSync(`server/src/core/workspace/rules/${id}.md`, 'utf8'));
      for (const { files, line } of scenarios) {
        const texts = new Map(files.map(({ name, text }) => [folderOfPages + name, text]));
        assert.deepEqual(await judgedInShares(texts), judgedTogether(texts), `line ${line}`);
      }
    });
  }

  it('refuses what is no number of threads', async () => {
    for (const word of ['0', '-1', '1.5', 'many', '', '9999']) {
      const { code, err } = await folder.run(['check', '--threads', word]);
      assert.deepEqual([code, err], [2, `authlint: --threads takes a number from 1 to 256, not "${word}"\n`]);
    }
  });
});
