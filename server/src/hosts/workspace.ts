// Fills an Analyzer from a FileSource: the configuration, the files, and every file that those turn out to need.
import picomatch from 'picomatch';
import type { Analyzer } from '../core/analyzer.ts';
import { detectLanguage } from '../core/detect.ts';
import { parseConfig, toSettings } from '../core/lint/config.ts';
import type { ServerVersion, Settings } from '../core/lint/settings.ts';
import { directoryOf, type FileId, joinPath } from '../core/text/file-id.ts';
import type { FileSource } from './file-source.ts';

export const configName = '.authlint.yaml';

/** Files that are read at the same time. */
const readAtOnce = 32;

/** Settings from a configuration's text; the defaults when there is none. `natsServer` overrides what it says. */
export function settingsFrom(configFile: FileId, text: string | undefined, natsServer?: ServerVersion): Settings {
  const match = (pattern: string, path: string) => picomatch.isMatch(path, pattern, { dot: true });
  const settings = toSettings(parseConfig(text ?? ''), configFile, match);
  return natsServer ? { ...settings, natsServer } : settings;
}

/** What a configuration's text means: two texts with the same meaning give the same settings. */
export function meaningOf(text: string | undefined): { readonly all: string; readonly exclude: string } {
  const { severities, natsServer, production, environment, exclude } = parseConfig(text ?? '');
  return { all: JSON.stringify([[...severities], natsServer, production, environment, exclude]), exclude: JSON.stringify(exclude) };
}

/** The configuration that counts for a folder: the nearest one, from the folder upwards. */
export async function findConfig(
  read: FileSource['read'],
  folder: FileId,
): Promise<{ readonly file: FileId; readonly text: string } | undefined> {
  for (let at = folder; ; at = directoryOf(at)) {
    const file = joinPath(at, configName);
    const text = await read(file);
    if (text !== undefined) return { file, text };
    if (directoryOf(at) === at) return undefined;
  }
}

export async function readSettings(source: FileSource, root: FileId, natsServer?: ServerVersion): Promise<Settings> {
  const config = await findConfig(file => source.read(file), root);
  return settingsFrom(config?.file ?? joinPath(root, configName), config?.text, natsServer);
}

/** The files below `root` that are to be judged. */
export async function listFiles(source: FileSource, root: FileId, settings: Settings): Promise<readonly FileId[]> {
  return (await source.list(root)).filter(file => !settings.isExcluded(file));
}

/** Loads files into the analyzer; a file that cannot be read is absent. */
export async function loadFiles(analyzer: Analyzer, source: FileSource, files: Iterable<FileId>): Promise<void> {
  const ids = [...files];
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const batch = ids.slice(at, at + readAtOnce);
    const texts = await Promise.all(batch.map(id => (source.readNow ? source.readNow(id) : source.read(id))));
    batch.forEach((id, i) => {
      const text = texts[i];
      if (text === undefined) analyzer.setAbsent(id);
      else analyzer.setFile({ id, text });
    });
    await Promise.all(batch.map(id => lookOnDisk(analyzer, source, id)));
  }
}

/** Tells the analyzer what the disk knows of a file, where that matters: of one that is made to hold secrets. Says whether it is news. */
export async function lookOnDisk(analyzer: Analyzer, source: FileSource, id: FileId): Promise<boolean> {
  const text = analyzer.textOf(id);
  if (text === undefined || detectLanguage({ id, text }) !== 'creds') return false;
  const onDisk = await source.about?.(id);
  return onDisk !== undefined && analyzer.setOnDisk(id, onDisk);
}

/** Loads what analyses ask for until nothing is missing. A file is asked for once, so this ends. */
export async function loadWanted(analyzer: Analyzer, source: FileSource): Promise<void> {
  const found: FileId[] = [];
  const readNow = (id: FileId) => {
    const text = source.readNow?.(id);
    if (text !== undefined) found.push(id);
    return text;
  };
  const ask = () => analyzer.wanted(source.readNow && readNow);
  for (let wanted = ask(); wanted.length > 0; wanted = ask()) await loadFiles(analyzer, source, wanted);
  await Promise.all(found.map(id => lookOnDisk(analyzer, source, id)));
}
