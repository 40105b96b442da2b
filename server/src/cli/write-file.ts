// Writes a fixed file so that it is never half written, and never over something that changed in the meantime.
import { promises } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file's content as one step. `expected` is the text the new one was made from, undefined for a file that must not
 * exist yet. Returns why it was not written, undefined when it was.
 */
export async function replaceFile(path: string, text: string, expected: string | undefined): Promise<string | undefined> {
  const { readFile, realpath, rename, rm, stat, writeFile } = promises;
  try {
    const target = await realpath(path).catch(() => path);
    const bytes = await readFile(target).catch(() => undefined);
    if (expected === undefined ? bytes !== undefined : !bytes?.equals(Buffer.from(expected))) {
      return bytes && Buffer.from(bytes.toString('utf8')).equals(bytes) ? 'changed meanwhile, left as it is' : 'is no UTF-8, left as it is';
    }
    const mode = bytes ? (await stat(target)).mode & 0o7777 : 0o666;
    const temporary = join(dirname(target), `.${basename(target)}.authlint-${process.pid}`);
    try {
      await writeFile(temporary, text, { mode, flag: 'wx' });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return undefined;
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`;
  }
}
