// Finds the configuration a command works under: the nearest `.authlint.yaml` from the current folder upwards, or the named file.
import { resolve } from 'node:path';
import { parseConfig } from '../core/lint/config.ts';
import type { RuleId, Severity } from '../core/lint/finding.ts';
import type { ServerVersion, Settings } from '../core/lint/settings.ts';
import { type FileId, joinPath } from '../core/text/file-id.ts';
import { nodeFilesAtOnce, readText, toFileId } from '../hosts/node-files.ts';
import { configName, findConfig, settingsFrom } from '../hosts/workspace.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What settings are made of, as data that can be given to another thread. */
export interface SettingsSource {
  /** Where a configuration is, or would be. */
  readonly file: FileId;
  readonly text: string | undefined;
  /** Folder that is judged, where that is not the configuration's. */
  readonly root?: FileId;
  readonly natsServer: ServerVersion | undefined;
  /** Rules asked for by name run even where the configuration switches them off, and with the severity given beside the name. */
  readonly rules?: ReadonlyMap<RuleId, Severity | undefined> | undefined;
}

export function settingsOf({ file, text, root, natsServer, rules }: SettingsSource): Settings {
  const settings = settingsFrom(file, text, natsServer);
  const severities = new Map(settings.severities);
  for (const [rule, severity] of rules ?? []) {
    if (severity) severities.set(rule, severity);
    else if (severities.get(rule) === 'off') severities.delete(rule);
  }
  return { ...settings, severities, ...(root === undefined ? {} : { root }) };
}

export interface FoundSettings {
  readonly settings: Settings;
  readonly source: SettingsSource;
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
  rules?: SettingsSource['rules'],
): Promise<FoundSettings> {
  const here = toFileId(terminal.cwd);
  const named = typeof config === 'string' ? await namedConfig(config, terminal) : undefined;
  const found = named ?? (config === false ? undefined : await findConfig(nodeFilesAtOnce.read, here));
  const { file, text } = found ?? { file: joinPath(here, configName), text: undefined };
  // A configuration that lies elsewhere brings its patterns along, not its place.
  const source = { file, text, natsServer, rules, ...(named ? { root: here } : {}) };
  return { settings: settingsOf(source), source, file: found?.file, mistakes: text === undefined ? 0 : parseConfig(text).problems.length };
}

async function namedConfig(config: string, terminal: Terminal): Promise<{ file: FileId; text: string }> {
  const path = resolve(terminal.cwd, config);
  const content = readText(path);
  if (typeof content === 'string') throw new UsageError(`--config ${config}: cannot be read`);
  return { file: toFileId(path), text: content.text };
}
