// Writes a secret to a file of its own, for hosts with a disk: the editor's own file system cannot say who may read a file.
import { writeFile } from 'node:fs/promises';

/** Rejects where the file exists already: what is in it may be a secret that exists nowhere else. */
export type WriteSecretFile = (path: string, text: string) => Promise<void>;

export const writeSecretFile: WriteSecretFile = (path, text) => writeFile(path, text, { mode: 0o600, flag: 'wx' });
