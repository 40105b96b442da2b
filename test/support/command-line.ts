// Runs `authlint` inside of the test process, in a folder of its own, and records what it prints.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as commands from '../../server/src/cli/commands.ts';
import { main } from '../../server/src/cli/main.ts';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly env?: Record<string, string>;
  readonly colours?: boolean;
  readonly interactive?: boolean;
  /** Below the folder. */
  readonly cwd?: string;
}

/** A folder that exists while a test runs. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'authlint command ')));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.put(name, content);
  }

  put(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), content);
  }

  text(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  async run(args: readonly string[], around: Surroundings = {}): Promise<Outcome> {
    let out = '';
    let err = '';
    const terminal = {
      cwd: join(this.path, around.cwd ?? '.'),
      env: around.env ?? {},
      dist: pagesFolder(),
      colours: around.colours ?? false,
      interactive: around.interactive ?? false,
      readInput: async () => Buffer.from(around.stdin ?? ''),
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const code = await main(args, terminal, () => commands);
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

let pages: string | undefined;

/** A folder with the rules' pages, as the build makes one. */
function pagesFolder(): string {
  if (!pages) {
    const folder = mkdtempSync(join(tmpdir(), 'authlint pages '));
    const all = Object.fromEntries([...ruleFacts.values()].map(({ id, page }) => [id, readFileSync(page, 'utf8')]));
    writeFileSync(join(folder, 'rule-pages.json'), JSON.stringify(all));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    pages = folder;
  }
  return pages;
}

/** A token with a header and claims of the test's choice, and a signature that nobody made. */
export function tokenOf(header: object, claims: object, signature = 'c2lnbmF0dXJl'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}
