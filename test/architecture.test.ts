// Holds the code to ARCHITECTURE.md: which way imports point, and that the core cannot reach the outside.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findWrongImports } from './support/architecture.ts';
import { findImports } from './support/imports.ts';

function sourcesBelow(...folders: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    folders.flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map(path => `${folder}/${path.replaceAll('\\', '/')}`)
        .filter(path => /\.(?:ts|md)$/.test(path))
        .sort()
        .map(path => [path, path.endsWith('.ts') ? readFileSync(path, 'utf8') : ''] as const),
    ),
  );
}

const core = 'server/src/core';

describe('architecture', () => {
  const sources = sourcesBelow('server/src', 'client/src');

  it('has imports that point left only', () => {
    assert.ok(sources.size > 50 && [...sources].filter(([, text]) => findImports(text).length > 0).length > 40, 'the sources were found');
    assert.equal(findWrongImports(sources).join('\n'), '');
  });

  describe('notices', () => {
    const wrong: readonly (readonly [path: string, text: string, fault: RegExp])[] = [
      [`${core}/text/a.ts`, "import type { X } from '../facts/rules.ts';", /:1: imports point left: facts is to the right of text/],
      [`${core}/lint/a.ts`, "\nimport { analyze } from '../analysis.ts';", /:2: imports point left: analysis is to the right of lint/],
      [`${core}/compose/a.ts`, "import {\n  type X,\n} from '../dotenv/index.ts';", /:1: compose and dotenv do not know one another/],
      [`${core}/nats-conf/a.ts`, "export * from '../workspace/index.ts';", /workspace is to the right of nats-conf/],
      [`${core}/jwt/a.ts`, "export type { X } from '../nats-conf/model.ts';", /nats-conf is to the right of jwt/],
      [`${core}/nats-auth/a.ts`, "import '../jwt/find.ts';", /jwt is to the right of nats-auth/],
      [`${core}/a.ts`, '', /a\.ts: belongs to no part/],
      [`${core}/jwt/a.ts`, "import { createHmac } from 'node:crypto';", /node:crypto may be imported in hosts/],
      [`${core}/jwt/a.ts`, "import { jwtVerify } from 'jose';", /jose may be imported in server\/src\/checks only/],
      [`${core}/jwt/a.ts`, "import picomatch from 'picomatch';", /nothing from outside but yaml, not picomatch/],
      [
        `${core}/creds/a.ts`,
        "import { fromSeed } from '@nats-io/nkeys';",
        /in server\/src\/core\/nats-auth and client\/src\/nkey-pair\.ts only/,
      ],
      [`${core}/text/a.ts`, "type X = import('vscode-languageserver').Range;", /vscode-languageserver may be imported in server\/src\/lsp/],
      ['server/src/hosts/a.ts', "import { report } from '../checks/report.ts';", /hosts and checks do not know one another/],
      ['server/src/hosts/client-files.ts', "import { readFile } from 'node:fs/promises';", /node:fs\/promises may be imported/],
      ['server/src/cli/a.ts', "import { serve } from '../lsp/server.ts';", /cli and lsp do not know one another/],
      ['server/src/lsp/a.ts', "import { x } from 'vscode';", /vscode may be imported in client\/ only/],
      ['server/src/protocol.ts', "import type { Span } from './core/text/span.ts';", /text is to the right of protocol/],
      ['client/src/a.ts', "import type { Finding } from '../../server/src/core/lint/finding.ts';", /the client knows nothing of/],
      ['client/src/a.ts', "import { x } from 'vscode-languageserver/node';", /may be imported in server\/src\/lsp/],
      ['server/src/lsp/a.ts', "import x from '../../../scripts/x.ts';", /outside of server\/src/],
    ];
    for (const [path, text, fault] of wrong) {
      it(`${path}: ${text.replace(/\s+/g, ' ').trim()}`, () => {
        const faults = findWrongImports(new Map([[path, text]]));
        assert.equal(faults.length, 1);
        assert.match(faults[0] as string, fault);
      });
    }

    it('a rule that imports another rule', () => {
      const rules = `${core}/nats-conf/rules`;
      const files = new Map([
        [`${rules}/a.ts`, "import b from './b.ts';"],
        [`${rules}/b.ts`, ''],
        [`${rules}/b.md`, ''],
        [`${rules}/index.ts`, "import a from './a.ts';\nimport b from './b.ts';"],
      ]);
      assert.deepEqual(findWrongImports(files), [`${rules}/a.ts:1: a rule never imports another rule (${rules}/b.ts)`]);
    });
  });

  describe('the core', () => {
    const impure = {
      "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;": 'TS2591',
      'export const x = process.env;': 'TS2591',
      "export const x = Buffer.from('');": 'TS2591',
      "export const x = require('os');": 'TS2591',
      "export const x = fetch('https://example.com');": 'TS2304',
      "console.log('');\nexport {};": 'TS2584',
      'setTimeout(() => undefined, 1);\nexport {};': 'TS2304',
      "export const x = new URL('https://example.com');": 'TS2304',
      'export const x = crypto.subtle;': 'TS2304',
      'export const x = performance.now();': 'TS2304',
      'export const x = document.title;': 'TS2584',
      'export const x = globalThis.process;': 'TS7017',
    };

    it('cannot name anything impure', function () {
      // The core itself is part of the program: a package that it imports could bring types of node with it.
      this.timeout(180_000);
      const folder = '.cache/purity';
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const texts = ["import { parse } from 'yaml';\nexport const x: unknown = parse('');", ...Object.keys(impure)];
      for (const [i, text] of texts.entries()) writeFileSync(`${folder}/case-${i}.ts`, text);
      const up = '../..';
      const config = {
        extends: `${up}/${core}/tsconfig.json`,
        compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true, rootDir: up },
        include: [`${up}/${core}/**/*.ts`, `${up}/${core}/**/*.json`, '*.ts'],
        exclude: [],
      };
      writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
      const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], { encoding: 'utf8' });
      const codes = texts.map((_, i) => new RegExp(`case-${i}\\.ts\\(\\d+,\\d+\\): error (TS\\d+)`).exec(stdout)?.[1]);
      assert.deepEqual(codes, [undefined, ...Object.values(impure)], stdout);
    });

    it('asks neither the clock nor chance', () => {
      // Advice may name them: code in backticks inside of a message.
      const withoutAdvice = (line: string) => line.replace(/\\`.*?\\`/g, '');
      const faults = [...sources].flatMap(([path, text]) =>
        path.startsWith(core)
          ? text
              .split('\n')
              .flatMap((line, i) =>
                /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/.test(withoutAdvice(line)) ? [`${path}:${i + 1}: ${line.trim()}`] : [],
              )
          : [],
      );
      assert.equal(faults.join('\n'), '');
    });
  });
});
