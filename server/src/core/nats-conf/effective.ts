// The configuration as it takes effect, for a person: includes and variables resolved, beside each value where it is written. Secrets are redacted.
import { namesSecret } from '../environment/secret-name.ts';
import { looksSecret } from '../jwt/redact.ts';
import { directoryOf, type FileId, nameOf, pathWithin } from '../text/file-id.ts';
import { LineMap } from '../text/line-map.ts';
import { placeKey } from '../text/place.ts';
import { enumerated } from '../text/prose.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { type NatsConf, secretFormats, settingsOfFormat } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import { asValue, isBareKey } from './source-edits.ts';
import { isBcryptHash } from './strings.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedValue, Place } from './values.ts';
import { isBcryptName, isEnvironmentName } from './variables.ts';

/** What stands in place of a secret. */
const hidden = '<redacted>';
const hiddenHash = '<redacted bcrypt hash>';
/** A few lines of variables can stand for billions of values; nobody reads more lines than this. */
const mostLines = 20_000;
/** Columns that a list may take on one line, and up to which comments are moved right to stand below each other. */
const widestList = 90;
const widestAligned = 56;

interface Line {
  readonly text: string;
  /** Where the value is written. */
  readonly note: string;
}

/** A text in the syntax of nats-server that reads as what the server holds. */
export function effectiveConf(conf: NatsConf): string {
  const writer = new Writer(conf);
  writer.entries(conf.evaluation.root, '');
  return `${[...preface(conf, writer), '', ...aligned(writer.lines)].join('\n')}\n`;
}

function preface(conf: NatsConf, writer: Writer): string[] {
  const { files, includes, variables } = conf.evaluation;
  const names = files.map(({ file }) => writer.pathOf(file.id));
  const lines = [
    `What nats-server ${conf.version.join('.')} holds once it has read ${enumerated(names)}: includes and variables are resolved.`,
    'The comments say where each value is written. Secrets are redacted, so this is to be read and not to be started.',
  ];
  const broken = files.filter(({ parsed }) => parsed.errors.some(error => error.refused)).map(({ file }) => writer.pathOf(file.id));
  if (broken.length > 0) lines.push(`The server refuses ${enumerated(broken)}: what follows is the part that could be read.`);
  for (const { node, file, outcome } of includes) {
    if (outcome === 'absent')
      lines.push(`${node.path} is missing: ${writer.pathOf(file)} includes it, and the server refuses to go on without.`);
    if (outcome === 'cycle')
      lines.push(`${writer.pathOf(file)} includes ${node.path}, which is already being read: the server would not come to an end.`);
  }
  const environment = new Set(variables.filter(({ outcome }) => outcome.kind === 'environment').map(({ node }) => `$${node.name}`));
  if (environment.size > 0) lines.push(`From the environment of the server: ${enumerated([...environment])}.`);
  return lines.map(line => `# ${line}`);
}

class Writer {
  readonly lines: Line[] = [];
  readonly #main: FileId;
  readonly #maps = new Map<FileId, LineMap>();
  /** Places and texts of values that no option shows openly, wherever else they are used. */
  readonly #secretPlaces = new Set<string>();
  readonly #secretTexts: ReadonlySet<string>;
  /** Places of keys that are options: those say by themselves whether they hold a secret, of others the name tells. */
  readonly #options = new Set<string>();

  constructor(conf: NatsConf) {
    this.#main = conf.file;
    for (const { file } of conf.evaluation.files) this.#maps.set(file.id, new LineMap(file.text));
    for (const settings of conf.index.byOption.values()) for (const { entry } of settings) this.#options.add(placeKey(entry.keyAt));
    for (const { value } of settingsOfFormat(conf, ...secretFormats)) this.#secretPlaces.add(placeKey(value.origin));
    this.#secretTexts = secretTextsOf(conf);
  }

  entries(map: EvaluatedMap, indent: string): void {
    for (const entry of map.entries.values()) {
      if (this.#isFull(indent)) return;
      this.#entry(entry, indent);
    }
  }

  /** Path of a file as seen from the configuration. */
  pathOf(file: FileId): string {
    return pathWithin(directoryOf(this.#main), file) ?? nameOf(file);
  }

  #entry(entry: EvaluatedEntry, indent: string): void {
    const { value } = entry;
    const key = isBareKey(entry.key) ? entry.key : `"${entry.key}"`;
    const note = this.#noteOf(value, entry);
    const secret = value.kind !== 'map' && !this.#options.has(placeKey(entry.keyAt)) && namesSecret(entry.key);
    const list = value.kind === 'array' && !secret ? this.#shortList(value.items, entry) : undefined;
    if (list !== undefined) this.lines.push({ text: `${indent}${key}: ${list}`, note });
    else if ((value.kind === 'map' || value.kind === 'array') && !secret)
      this.#brackets(`${indent}${key}${value.kind === 'map' ? '' : ':'} `, value, indent, note);
    else this.lines.push({ text: `${indent}${key}: ${secret ? this.#hide(value) : this.#scalar(value)}`, note });
  }

  #brackets(lead: string, value: EvaluatedValue & { kind: 'map' | 'array' }, indent: string, note: string): void {
    const [open, close] = value.kind === 'map' ? '{}' : '[]';
    const isEmpty = value.kind === 'map' ? value.entries.size === 0 : value.items.length === 0;
    if (isEmpty) {
      this.lines.push({ text: `${lead}${open}${close}`, note });
      return;
    }
    this.lines.push({ text: `${lead}${open}`, note: '' });
    if (value.kind === 'map') this.entries(value, `${indent}  `);
    else this.#items(value.items, `${indent}  `);
    this.lines.push({ text: `${indent}${close}`, note: '' });
  }

  #items(items: readonly EvaluatedValue[], indent: string): void {
    for (const item of items) {
      if (this.#isFull(indent)) return;
      if (item.kind === 'map' || item.kind === 'array') this.#brackets(indent, item, indent, '');
      else this.lines.push({ text: `${indent}${this.#scalar(item)}`, note: this.#noteOf(item) });
    }
  }

  /** A list of plain values that are all written at one place, on one line; undefined where it is none. */
  #shortList(items: readonly EvaluatedValue[], { value }: EvaluatedEntry): string | undefined {
    const isPlain = (item: EvaluatedValue) =>
      item.kind !== 'map' && item.kind !== 'array' && item.kind !== 'unknown' && !item.via && item.origin.file === value.origin.file;
    if (!items.every(isPlain)) return undefined;
    const text = `[${items.map(item => this.#scalar(item)).join(', ')}]`;
    return text.length <= widestList ? text : undefined;
  }

  #scalar(value: EvaluatedValue): string {
    if (this.#secretPlaces.has(placeKey(value.origin))) return this.#hide(value);
    switch (value.kind) {
      case 'string':
        return this.#string(value.value);
      case 'integer':
        return `${value.node.exact}`;
      case 'float':
      case 'boolean':
        return `${value.value}`;
      case 'datetime':
        return value.node.source;
      default:
        return this.#hide(value);
    }
  }

  #string(text: string): string {
    if (this.#secretTexts.has(text) || looksSecret(text)) return hidden;
    const open = withoutUrlCredentials(text);
    return asValue(open);
  }

  /** A reference to the environment hides nothing; what only looks like one, such as a hash without quotes, is hidden. */
  #hide(value: EvaluatedValue): string {
    if (value.kind === 'string') return isBcryptHash(value.value) ? hiddenHash : hidden;
    if (value.kind !== 'unknown') return hidden;
    if (!value.via) return '<unreadable>';
    if (isBcryptName(value.via.name)) return hiddenHash;
    return isEnvironmentName(value.via.name) ? `$${value.via.name}` : hidden;
  }

  #noteOf(value: EvaluatedValue, entry?: EvaluatedEntry): string {
    const notes: string[] = [];
    if (value.kind === 'integer' && value.node.suffix && !this.#secretPlaces.has(placeKey(value.origin))) notes.push(value.node.source);
    if (value.via && value.kind !== 'unknown') notes.push(`$${value.via.name}`);
    if (value.kind === 'unknown' && value.why === 'environment') notes.push('from the environment of the server');
    if (value.kind === 'unknown' && value.why === 'unresolved') notes.push('not defined here, so the server refuses it');
    notes.push(this.#lineOf(value.origin));
    const replaced = entry?.replaces ?? [];
    if (replaced.length > 0) notes.push(`replaces ${enumerated(replaced.map(({ keyAt }) => this.#lineOf(keyAt)))}`);
    return notes.join(', ');
  }

  #lineOf({ file, span }: Place): string {
    const line = (this.#maps.get(file)?.positionAt(span.start).line ?? 0) + 1;
    return file === this.#main ? `line ${line}` : `${this.pathOf(file)}:${line}`;
  }

  /** Says once that there is more. */
  #isFull(indent: string): boolean {
    if (this.lines.length === mostLines) this.lines.push({ text: `${indent}# …`, note: '' });
    return this.lines.length > mostLines;
  }
}

function aligned(lines: readonly Line[]): string[] {
  const result: string[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from + 1;
    while (to < lines.length && lines[from]?.note !== '' && lines[to]?.note !== '') to++;
    const run = lines.slice(from, to);
    const column = Math.max(...run.map(({ text }) => (text.length > widestAligned ? 0 : text.length)));
    for (const { text, note } of run) result.push(note === '' ? text : `${text.padEnd(column)}  # ${note}`);
    from = to;
  }
  return result;
}
