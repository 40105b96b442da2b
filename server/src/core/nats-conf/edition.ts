// Successive versions of one file, as somebody types: a later one takes over the parts that did not change, and what was made of them.
// What was made of an earlier version must not be used any more.
import type { BuildContext, SourceFile } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import { commonEnds } from '../text/equal-ends.ts';
import type { FileId } from '../text/file-id.ts';
import { indexBlocks } from './block-index.ts';
import type { Block } from './blocks.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { buildModel, type NatsConf } from './model.ts';
import { type Part, partsAround } from './part.ts';

type Read = readonly [file: string, found: ReturnType<BuildContext['read']>];

/** One version of a file. */
export class Edition {
  readonly lineage: object;
  readonly number: number;
  readonly text: string;
  readonly settings: Settings;
  /** The first edition since which all that is outside of parts is as it is now. */
  base: number;
  evaluation: Evaluation | undefined;
  parts: readonly Part[] = [];
  reads: readonly Read[] = [];
  readonly #since = new Map<number, NatsConf>();

  constructor(lineage: object, number: number, { text }: SourceFile, settings: Settings) {
    this.lineage = lineage;
    this.number = number;
    this.base = number;
    this.text = text;
    this.settings = settings;
  }

  /**
   * A configuration without the parts that are as they were in an earlier edition, for judging it again: only lists leave them out, the
   * root with all blocks is the same. Undefined where something outside of parts is not as it was then.
   */
  since(number: number, conf: NatsConf): NatsConf | undefined {
    if (number < this.base) return undefined;
    let rest = this.#since.get(number);
    if (!rest) {
      const index = indexBlocks(conf.root, block => isKept(block, number, conf.file));
      rest = { ...conf, index, blocks: index.blocks, users: conf.users.filter(({ block }) => !isKept(block, number, conf.file)) };
      this.#since.set(number, rest);
    }
    return rest;
  }
}

/** In an included file nothing is: what was found in its parts is not remembered with those of this one. */
function isKept(block: Block, edition: number, file: FileId): boolean {
  const { part } = block.map.node;
  return part?.block === block && part.made <= edition && part.anchor.file === file;
}

const latest = new WeakMap<object, Edition>();

/** Whether no later version has taken over the parts of an edition. */
export function isLatest(edition: Edition): boolean {
  return latest.get(edition.lineage) === edition;
}

/** The model of a file: of a version that follows another one, made of what is left of that. */
export function buildEdition(file: SourceFile, { settings, read }: BuildContext): NatsConf {
  const { lineage } = file;
  const version = settings.natsServer;
  if (!lineage) return buildModel(file.id, version, evaluate(file, version, read), read);
  const last = latest.get(lineage);
  const before = last?.settings === settings ? last : undefined;
  const reads: Read[] = [];
  const reading: BuildContext['read'] = wanted => {
    const found = read(wanted);
    reads.push([wanted, found]);
    return found;
  };
  const change = before && changeIn(before, file.text);
  const evaluation = evaluate(file, version, reading, before);
  // Numbers go on where nothing is taken over, or what was found in an earlier edition would pass for what is in this one.
  const edition = new Edition(lineage, (last?.number ?? 0) + 1, file, settings);
  edition.parts = evaluation.files[0]?.parsed.parts ?? [];
  edition.reads = reads;
  // Fixes that were found earlier look up the text of their file in here when somebody asks for them.
  edition.evaluation = before?.evaluation ? Object.assign(before.evaluation, evaluation) : evaluation;
  const conf = buildModel(file.id, version, edition.evaluation, reading, edition);
  if (before && change && areSame(before.reads, reads)) edition.base = takeOver(edition, before, change);
  latest.set(lineage, edition);
  return conf;
}

/** Where two versions differ, and the innermost part of the earlier one that all of it is in, as the distances of its ends from those of the text. */
interface Change {
  readonly isNone: boolean;
  readonly within: { readonly kind: Part['kind']; readonly start: number; readonly end: number } | undefined;
}

function changeIn(before: Edition, text: string): Change {
  if (before.text === text) return { isNone: true, within: undefined };
  const { prefix, suffix } = commonEnds(before.text, text);
  const { length } = before.text;
  // Its brackets are outside of the change.
  const part = partsAround(before.parts, { start: prefix - 1, end: length - suffix + 1 }).at(-1);
  return { isNone: false, within: part && { kind: part.kind, start: part.start, end: length - part.end } };
}

/** The first edition since which all outside of parts is as it is now; parts inside of the one that was changed may have to do with it. */
function takeOver(edition: Edition, before: Edition, { isNone, within }: Change): number {
  if (isNone) return before.base;
  if (!within) return edition.number;
  const { start } = within;
  const end = edition.text.length - within.end;
  const part = partsAround(edition.parts, { start, end }).find(one => one.kind === within.kind && one.start === start && one.end === end);
  if (!part) return edition.number;
  const changed = (inner: Part): void => {
    inner.made = edition.number;
    for (const one of inner.parts) changed(one);
  };
  for (const inner of part.parts) changed(inner);
  return before.base;
}

function areSame(a: readonly Read[], b: readonly Read[]): boolean {
  return a.length === b.length && a.every(([file, found], i) => file === b[i]?.[0] && found === b[i]?.[1]);
}
