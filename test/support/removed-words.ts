// Measures completion of nats.conf: takes keys and values out of configurations that others wrote, and looks whether they are proposed again.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { detectLanguage } from '../../server/src/core/detect.ts';
import type { Setting } from '../../server/src/core/nats-conf/blocks.ts';
import type { NatsConf } from '../../server/src/core/nats-conf/model.ts';
import { secretTextsOf } from '../../server/src/core/nats-conf/secret-texts.ts';
import type { EvaluatedValue } from '../../server/src/core/nats-conf/values.ts';

/** A folder of files that belong together, as an editor opens one: mostly a repository that somebody has cloned. */
export interface Workspace {
  /** Id of the folder, with a slash behind. */
  readonly root: string;
  /** Texts by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Removal {
  readonly workspace: Workspace;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** The key, or the value without its quotes. */
  readonly text: string;
  /** `block.option`. */
  readonly option: string;
  readonly what: 'key' | 'closed value' | 'value seen elsewhere' | 'secret' | 'invented';
}

/** Configurations below a folder, those of one repository together. */
export function readWorkspaces(corpus: string): readonly Workspace[] {
  const folders = ['nats-b/wild', 'nats-b/docs', 'nats-a/repo'].map(name => join(corpus, name)).filter(existsSync);
  return folders.flatMap(folder => readdirSync(folder).map(name => readFolder(join(folder, name)))).filter(({ files }) => files.size > 0);
}

/** Repositories have names such as `owner+name`; a single file is a part of a page, and its own name says nothing. */
function readFolder(folder: string): Workspace {
  if (!statSync(folder).isDirectory()) return { root: 'file:///w/', files: new Map([['nats.conf', readFileSync(folder, 'utf8')]]) };
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(entry => join(entry.parentPath, entry.name)).sort();
  const texts = paths.map(path => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const);
  return { root: `file:///${folder.replace(/^.*[\\/+]/s, '')}/`, files: new Map(texts) };
}

function analyzerOf({ root, files }: Workspace): Analyzer {
  const analyzer = new Analyzer(() => 0);
  for (const [name, text] of files) analyzer.setFile({ id: root + name, text });
  for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) for (const id of wanted) analyzer.setAbsent(id);
  return analyzer;
}

/** Every key and value that could be taken out. */
export function removalsIn(workspace: Workspace): readonly Removal[] {
  const analyzer = analyzerOf(workspace);
  const { root, files } = workspace;
  const found: Omit<Removal, 'what'>[] = [];
  const open = new Map<Omit<Removal, 'what'>, { setting: Setting; value: EvaluatedValue }>();
  for (const [name, text] of files) {
    if (detectLanguage({ id: root + name, text }) !== 'nats-conf') continue;
    const conf = analyzer.owner(root + name)?.model as NatsConf | undefined;
    for (const setting of [...(conf?.index.byOption.values() ?? [])].flat()) {
      if (setting.entry.keyAt.file !== root + name) continue;
      const option = `${setting.block.fact.name}.${setting.option.key}`;
      const { keySpan } = setting.entry.node;
      found.push({ workspace, file: name, start: keySpan.start, end: keySpan.end, text: setting.entry.key, option });
      const add = (value: EvaluatedValue): void => {
        if (value.kind === 'array') value.items.forEach(add);
        if (value.via || value.at.file !== root + name) return;
        if (value.kind !== 'string' && value.kind !== 'integer' && value.kind !== 'float' && value.kind !== 'boolean') return;
        const { start, end } = value.at.span;
        const removal = { workspace, file: name, start, end, text: value.kind === 'string' ? value.value : value.node.source, option };
        if (removal.text === '') return;
        found.push(removal);
        open.set(removal, { setting, value });
      };
      add(setting.value);
    }
  }
  const secrets = new Set(analyzer.files().flatMap(id => secretsIn(analyzer, id)));
  const counts = new Map<string, number>();
  for (const { text } of open.keys()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return found.map(removal => ({ ...removal, what: kindOf(removal, open.get(removal), counts, secrets) }));
}

function secretsIn(analyzer: Analyzer, id: string): readonly string[] {
  const owner = analyzer.owner(id);
  return owner?.language.id === 'nats-conf' ? [...secretTextsOf(owner.model as NatsConf)] : [];
}

/**
 * What can be expected. A key and a value of a closed set are words that the server defines: whoever knows the server can propose them. Another
 * value can be proposed where it stands in another place of the workspace, or names a file in it. A secret must not be proposed by
 * anybody, and what its author made up for this one place (a name, a host, a path, a number) cannot be.
 */
function kindOf(
  { text, workspace }: Omit<Removal, 'what'>,
  place: { readonly setting: Setting; readonly value: EvaluatedValue } | undefined,
  counts: ReadonlyMap<string, number>,
  secrets: ReadonlySet<string>,
): Removal['what'] {
  if (!place) return 'key';
  const { option } = place.setting;
  // An address may hold the password of somebody.
  const holdsPassword = /\/\/[^/\s@]*:[^/\s]*@/.test(text);
  if (option.format === 'jwt' || holdsPassword || (place.value.kind !== 'boolean' && secrets.has(text))) return 'secret';
  const isClosed =
    place.value.kind === 'boolean' || option.forms.some(form => form.kind === 'enum' && form.values.includes(text.toLowerCase()));
  if (isClosed) return 'closed value';
  const names = workspace.files.has(text.replace(/^\.\//, ''));
  return names || (counts.get(text) ?? 0) > 1 ? 'value seen elsewhere' : 'invented';
}

/** Where among the proposals the text stands, from 0; -1 where it is not among them. */
export function placeAmongProposals({ workspace, file, start, end, text }: Removal): number {
  const { root, files } = workspace;
  const whole = files.get(file) as string;
  const analyzer = analyzerOf(workspace);
  // The editor has called it a NATS configuration when it was whole.
  analyzer.setFile({ id: root + file, text: whole.slice(0, start) + whole.slice(end) }, 'nats-conf');
  const bare = (word: string) => word.replace(/^(["'])(.*)\1$/s, '$2');
  return analyzer.completions(root + file, start).findIndex(({ label, insertText }) => bare(label) === text || bare(insertText) === text);
}
