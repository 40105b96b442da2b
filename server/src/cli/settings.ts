// Finds the configuration a command works under: the nearest `.authlint.yaml` from the current folder upwards, or the named file.
import { resolve } from 'node:path';
import { parseConfig } from '../core/lint/config.ts';
import type { ServerVersion, Settings } from '../core/lint/settings.ts';
import { type FileId, joinPath } from '../core/text/file-id.ts';
import { nodeFiles, readText, toFileId } from '../hosts/node-files.ts';
import { configName, findConfig, settingsFrom } from '../hosts/workspace.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface FoundSettings {
  readonly settings: Settings;
  /** The configuration that counts, if any. */
  readonly file: FileId | undefined;
  /** How many mistakes are in it; its findings say which. */
  readonly mistakes: number;
}

/** `config` is a path, true for the nearest configuration, or false for none. */
export async function findSettings(
  config: string | boolean,
  natsServer: ServerVersion | undefined,
  terminal: Terminal,
): Promise<FoundSettings> {
  const here = toFileId(terminal.cwd);
  if (config === false) return { settings: settingsFrom(joinPath(here, configName), undefined, natsServer), file: undefined, mistakes: 0 };
  const found = typeof config === 'string' ? await namedConfig(config, terminal) : await findConfig(nodeFiles.read, here);
  if (!found) return { settings: settingsFrom(joinPath(here, configName), undefined, natsServer), file: undefined, mistakes: 0 };
  const { file } = found;
  const settings = settingsFrom(file, found.text, natsServer);
  // A configuration that lies elsewhere brings its patterns along, not its place.
  return {
    settings: typeof config === 'string' ? { ...settings, root: here } : settings,
    file,
    mistakes: parseConfig(found.text).problems.length,
  };
}

async function namedConfig(config: string, terminal: Terminal): Promise<{ file: FileId; text: string }> {
  const path = resolve(terminal.cwd, config);
  const content = await readText(path);
  if (typeof content === 'string') throw new UsageError(`--config ${config}: cannot be read`);
  return { file: toFileId(path), text: content.text };
}
