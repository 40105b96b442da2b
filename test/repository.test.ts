// What must be true of the repository as a whole: names in the documents exist, rules are complete, nothing strange is committed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ruleFacts } from '../server/src/core/facts/rules.ts';
import { findLongFiles, findMissingNames, findStrangeText, findUnnamed } from './support/repository.ts';
import { scaffoldPhrases } from './support/scaffold-phrases.ts';

const own = ['test/support/repository.ts', 'test/repository.test.ts'];
const binary = /\.(?:png|ico|gif|jpe?g|svg|woff2?)$/;

/** Every file that is committed or would be, as path to text. */
const files: ReadonlyMap<string, string> = new Map(
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\0')
    .filter(path => path !== '' && existsSync(path) && statSync(path).isFile() && !binary.test(path))
    .map(path => [path, readFileSync(path, 'utf8')]),
);
const textOf = (path: string): string => files.get(path) ?? assert.fail(`there is no ${path}`);
const isCode = (path: string) => /^(?:server|client|scripts|test)\/.*\.(?:ts|mjs)$/.test(path);
const code = new Map([...files].filter(([path]) => isCode(path)));
const listed = (faults: Iterable<string>) => assert.equal([...faults].join('\n'), '');

describe('repository', () => {
  describe('documents', () => {
    for (const page of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']) {
      it(`${page} names what exists`, () => {
        listed(findMissingNames(textOf(page), new Set(files.keys()), [...code.values()].join('\n')));
      });
    }

    it('links to pages that exist', () => {
      const faults: string[] = [];
      for (const [page, text] of files) {
        if (!page.endsWith('.md')) continue;
        for (const [, target = ''] of text.replace(/^(`{3,})[\s\S]*?^\1/gm, '').matchAll(/\]\((?!\w+:|#)([^)\s#]+)(?:#[^)]*)?\)/g)) {
          const path = join(dirname(page), decodeURIComponent(target));
          if (!existsSync(path)) faults.push(`${page}: ${target}`);
        }
      }
      listed(faults);
    });

    it('names scripts that package.json has', () => {
      const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
      const faults: string[] = [];
      for (const page of ['README.md', 'CONTRIBUTING.md']) {
        for (const [, name = ''] of textOf(page).matchAll(/npm run ([\w-]+)/g))
          if (!(name in scripts)) faults.push(`${page}: npm run ${name}`);
      }
      for (const [name, command] of Object.entries(scripts)) {
        const path = /^node (\S+\.mjs)/.exec(command)?.[1];
        if (path && !files.has(path)) faults.push(`package.json: ${name}: ${path}`);
      }
      listed(faults);
    });
  });

  describe('rules', () => {
    const pages = [...files.keys()].filter(path => /^server\/src\/core\/.*\/rules\/.*\.md$/.test(path));

    it('have each a page, a module of the same name and a row in the table', () => {
      const table = textOf('docs/rules.md');
      const faults: string[] = [];
      for (const { id, page } of ruleFacts.values()) {
        const name = id.split('/')[1];
        if (!page.endsWith(`/${name}.md`)) faults.push(`${id}: its page is ${page}`);
        if (!files.has(page) || !files.has(page.replace(/\.md$/, '.ts'))) faults.push(`${id}: page or module is missing`);
        if (!new RegExp(`^# ${id}$`, 'm').test(files.get(page) ?? '')) faults.push(`${id}: its page has another heading`);
        if (!table.includes(`| [${id}](../${page}) |`)) faults.push(`${id}: no row in docs/rules.md; npm run generate`);
      }
      for (const page of pages) {
        if (![...ruleFacts.values()].some(fact => fact.page === page)) faults.push(`${page}: not in the facts; npm run generate`);
      }
      listed(faults);
    });

    it('are of a known family, and workspace-wide ones of any', () => {
      const families = new Set(['nats', 'compose', 'dotenv', 'jwt', 'creds', 'platform', 'command', 'workspace']);
      listed(
        [...ruleFacts.keys()].filter(
          id => !/^[a-z]+\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || !families.has(id.split('/')[0] as string),
        ),
      );
    });

    it('are finished: nothing of the scaffold is left', () => {
      const parts = [...files].filter(([path]) => /^server\/src\/core\/.*\/rules\//.test(path));
      listed(parts.flatMap(([path, text]) => scaffoldPhrases.filter(phrase => text.includes(phrase)).map(phrase => `${path}: ${phrase}`)));
    });
  });

  describe('manifest', () => {
    const manifest = JSON.parse(textOf('package.json'));

    it('has nothing to install at run time', () => {
      for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) assert.equal(manifest[kind], undefined, kind);
    });

    it('has a lock file that names the packages of every platform: npm ci refuses one that lacks some', () => {
      const { packages } = JSON.parse(textOf('package-lock.json')) as {
        packages: Record<string, { optionalDependencies?: Record<string, string> }>;
      };
      const faults = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies)
          .filter(name => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
          .map(name => `${path}: ${name}`),
      );
      listed(faults);
    });

    it('names files that the build writes', async () => {
      const { bundles, pairs } = (await import(pathToFileURL('scripts/bundle.mjs').href)) as {
        bundles: readonly { entryPoints: Record<string, string> }[];
        pairs: readonly { name: string; entries: readonly string[]; shared: readonly string[] }[];
      };
      const written = [
        ...bundles.flatMap(({ entryPoints }) => Object.keys(entryPoints).map(name => `dist/${name}.js`)),
        ...pairs.flatMap(({ name }) => [`dist/${name}.js`, `dist/${name}.browser.js`]),
      ];
      const named = [manifest.main, manifest.browser, ...Object.values(manifest.bin)].map(path => String(path).replace(/^\.\//, ''));
      assert.deepEqual(
        named.filter(path => !written.includes(path)),
        [],
      );
      const entries = [
        ...bundles.flatMap(({ entryPoints }) => Object.values(entryPoints)),
        ...pairs.flatMap(({ entries, shared }) => [...entries, ...shared]),
      ];
      for (const entry of entries) assert.ok(files.has(entry), entry);
    });

    it('names files that exist', () => {
      const faults: string[] = [];
      const visit = (value: unknown): void => {
        if (typeof value === 'string' && /^\.\/(?!dist\/)/.test(value) && !existsSync(value)) faults.push(value);
        else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
      };
      visit(manifest.contributes);
      visit(manifest.icon);
      listed(faults);
    });
  });

  describe('files', () => {
    it('say in their first line why they exist', () => {
      // A few lines that only connect others explain themselves.
      const faults = [...code].filter(([, text]) => text.split('\n').length > 15 && !/^(?:\/\/|#!|\/\*)/.test(text)).map(([path]) => path);
      listed(faults);
    });

    it('are named after what is in them', () => listed(findUnnamed(files.keys())));

    it('are short, or there is a reason', () => listed(findLongFiles(code)));

    it('hold no key, no host of a package registry and no path of somebody’s machine', () => {
      listed([...files].filter(([path]) => !own.includes(path)).flatMap(([path, text]) => findStrangeText(path, text)));
    });
  });

  describe('notices', () => {
    it('a name that does not exist', () => {
      const text =
        '`server/src/gone.ts` and `server/src/main.ts`, `gone.ts`, `runGone`, `runHere`, `Here.gone`, `setTimeout`, `nats/some-rule`, `<name>.ts`';
      const faults = findMissingNames(text, new Set(['server/src/main.ts']), 'export function runHere() {}\ninterface Here { x(): void }');
      assert.deepEqual(faults, ['server/src/gone.ts', 'gone.ts', 'runGone', 'Here.gone']);
    });

    it('a bad file name', () => {
      assert.deepEqual(
        findUnnamed(['server/src/core/fooBar.ts', 'server/src/utils/a.ts', 'server/src/core/string-helpers.ts', 'server/src/core/span.ts']),
        [
          'server/src/core/fooBar.ts: not kebab-case',
          'server/src/utils/a.ts: "utils" says nothing',
          'server/src/core/string-helpers.ts: "helpers" says nothing',
        ],
      );
    });

    it('a long file', () => {
      const long = 'x\n'.repeat(301);
      assert.deepEqual(findLongFiles(new Map([['server/src/core/new.ts', long]]), {}), [
        'server/src/core/new.ts: 301 lines, more than 300',
      ]);
      assert.deepEqual(findLongFiles(new Map([['a.ts', 'x\n']]), { 'a.ts': 'was long' }), [
        'a.ts: 1 lines, and still has a reason to be long',
      ]);
    });

    it('keys, hosts and paths', () => {
      const seed = `SU${'A'.repeat(56)}`;
      const cases: readonly (readonly [path: string, text: string, count: number])[] = [
        ['server/src/a.ts', `const seed = '${seed}';`, 1],
        ['server/src/core/creds/rules/seed.md', seed, 0],
        ['test/a.test.ts', seed, 0],
        ['scripts/a.mjs', 'https://registry.acme-mirror.dev/x', 1],
        ['scripts/a.mjs', 'https://registry.example.com/x', 0],
        ['docs/a.md', 'see /root/project/x', 1],
        ['examples/a.txt', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n`, 1],
        ['examples/a.txt', `AKIA${'A'.repeat(16)}`, 1],
      ];
      for (const [path, text, count] of cases) assert.equal(findStrangeText(path, text).length, count, `${path}: ${text}`);
    });
  });
});
