// Gives a name another one, if the configuration then still says the same: the changed texts are read again and compared, so that no scope,
// collision or option can be overlooked.
import type { BuildContext, Renaming } from '../language.ts';
import type { Finding } from '../lint/finding.ts';
import { runRules } from '../lint/run-rules.ts';
import { applyEdits, type Edit } from '../text/edit.ts';
import type { FileId } from '../text/file-id.ts';
import { placeKey } from '../text/place.ts';
import { remember } from '../text/remember.ts';
import type { Evaluation } from './evaluate.ts';
import { refusedImports } from './import-check.ts';
import type { NatsConf } from './model.ts';
import type { NameSite } from './name-sites.ts';
import { rules } from './rules/index.ts';
import { type KeyValue, pairsIn } from './tree.ts';
import { tryText } from './trial.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedValue, Place } from './values.ts';

/** All edits that write `newName` at `sites`, or why it cannot be written. */
export function renamingOf(
  conf: NatsConf,
  sites: readonly NameSite[],
  { name, newName }: { readonly name: string; readonly newName: string },
  context: BuildContext,
): Renaming {
  if (newName === name) return { edits: [] };
  const edits: Edit[] = [];
  for (const site of sites) {
    const edit = site.write(newName);
    if (!edit) return { problem: 'A key cannot hold both kinds of quotes: choose a name without one of them.' };
    edits.push(edit);
  }
  // What is asked of the configuration as it is comes before the trial and after it: while another text is tried, its parts belong to that.
  const comparison = new Comparison(conf, sites, newName);
  const tried = withEdits(conf, edits, context, after => comparison.problem(after) ?? errorsIn(after, context));
  const problem = typeof tried === 'string' ? tried : newMistake(tried, () => errorsIn(conf, context));
  return problem === undefined ? { edits } : { problem };
}

/** What `use` makes of the configuration with changed texts. */
function withEdits<Result>(conf: NatsConf, edits: readonly Edit[], context: BuildContext, use: (after: NatsConf) => Result): Result {
  const texts = new Map<FileId, string>();
  for (const { file } of conf.evaluation.files) {
    const own = edits.filter(edit => edit.file === file.id);
    texts.set(file.id, own.length > 0 ? applyEdits(file.text, own) : file.text);
  }
  const read: BuildContext['read'] = id => {
    const text = texts.get(id);
    return text === undefined ? context.read(id) : { id, text };
  };
  return tryText(conf, { id: conf.file, text: texts.get(conf.file) ?? '' }, read, use);
}

/** Rules that tell why a server refuses a configuration. A name cannot bring the errors of others: those are about seeds and JWTs. */
const refusingRules = rules.filter(({ severity }) => severity === 'error');

function errorsIn(conf: NatsConf, { settings, now }: BuildContext): readonly Finding[] {
  return runRules(conf, refusingRules, { file: conf.file, settings, now }).findings.filter(({ severity }) => severity === 'error');
}

/** An error that was not there before, in its own words. */
function newMistake(found: readonly Finding[], before: () => readonly Finding[]): string | undefined {
  if (found.length === 0) return undefined;
  const had = new Map<string, number>();
  for (const { rule } of before()) had.set(rule, (had.get(rule) ?? 0) + 1);
  for (const { rule, message } of found) {
    const left = had.get(rule) ?? 0;
    if (left === 0) return `That name would be a mistake. ${message}`;
    had.set(rule, left - 1);
  }
  return undefined;
}

const otherMeaning = 'With that name something in this configuration would get another meaning: choose one that does not occur here yet.';

/** Walks through a configuration before and after, which must differ in the name alone. */
class Comparison {
  readonly #before: NatsConf;
  /** Where the name stands, as it was before. */
  readonly #sites: ReadonlySet<string>;
  readonly #newName: string;
  /** An import may depend on the name of its account, which can be a token of a subject. */
  readonly #imports: number;

  constructor(before: NatsConf, sites: readonly NameSite[], newName: string) {
    this.#before = before;
    this.#sites = new Set(sites.map(({ place }) => placeKey(place)));
    this.#newName = newName;
    this.#imports = refusedImports(before).length;
  }

  problem(after: NatsConf): string | undefined {
    const before = this.#before;
    if (optionsIn(before) !== optionsIn(after)) {
      return `nats-server has an option \`${this.#newName}\` where this name stands: choose another.`;
    }
    const problem = this.#valueProblem(before.evaluation.root, after.evaluation.root);
    if (problem !== undefined) return problem;
    return this.#sameVariables(after) && refusedImports(after).length === this.#imports ? undefined : otherMeaning;
  }

  #valueProblem(before: EvaluatedValue, after: EvaluatedValue): string | undefined {
    // A part that was taken over.
    if (before === after) return undefined;
    // What a variable brings is looked at where it is written; that it is the same variable is looked at below.
    if (before.via && after.via) return undefined;
    if (before.kind === 'map' && after.kind === 'map') return this.#mapProblem(before, after);
    if (before.kind === 'array' && after.kind === 'array') {
      if (before.items.length !== after.items.length) return otherMeaning;
      return firstOf(before.items, (item, i) => this.#valueProblem(item, after.items[i] as EvaluatedValue));
    }
    return before.kind === after.kind && this.#isSame(plainOf(before), plainOf(after), writtenAt(before)) ? undefined : otherMeaning;
  }

  #mapProblem(before: EvaluatedMap, after: EvaluatedMap): string | undefined {
    if (before.entries.size !== after.entries.size) return `\`${this.#newName}\` is already there in the same block: choose another name.`;
    const entries = [...after.entries.values()];
    return firstOf([...before.entries.values()], (entry, i) => {
      const other = entries[i] as EvaluatedEntry;
      return this.#isSame(entry.key, other.key, entry.keyAt) ? this.#valueProblem(entry.value, other.value) : otherMeaning;
    });
  }

  /** Equal, or the new name where the old one was. */
  #isSame(before: unknown, after: unknown, place: Place): boolean {
    return before === after || (after === this.#newName && this.#sites.has(placeKey(place)));
  }

  /** Whether each variable still stands for what it stood for. */
  #sameVariables(after: NatsConf): boolean {
    const [old, now] = [this.#before.evaluation, after.evaluation];
    if (old.variables.length !== now.variables.length) return false;
    return old.variables.every(({ outcome }, i) => {
      const other = now.variables[i]?.outcome;
      if (outcome.kind !== 'resolved') return outcome.kind === other?.kind;
      return other?.kind === 'resolved' && ordinalsIn(old.files).get(outcome.entry.node) === ordinalsIn(now.files).get(other.entry.node);
    });
  }
}

/** Where a value stands, without the quotes of a string, as the sites of names do. */
function writtenAt(value: EvaluatedValue): Place {
  return value.kind === 'string' ? { file: value.origin.file, span: value.node.contentSpan } : value.origin;
}

function optionsIn({ blocks }: NatsConf): number {
  return blocks.reduce((count, { settings }) => count + settings.length, 0);
}

function plainOf(value: EvaluatedValue): unknown {
  if (value.kind === 'string' || value.kind === 'boolean' || value.kind === 'float') return value.value;
  return value.kind === 'integer' || value.kind === 'datetime' ? value.node.source : undefined;
}

function firstOf<Item>(items: readonly Item[], problemOf: (item: Item, index: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const problem = problemOf(item, i);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Pairs of all files, numbered in the order of the text. The evaluation itself is the same object for all editions of a file. */
const ordinalsIn = remember((files: Evaluation['files']): ReadonlyMap<KeyValue, number> => {
  const ordinals = new Map<KeyValue, number>();
  for (const { parsed } of files) for (const { pair } of pairsIn(parsed.tree)) ordinals.set(pair, ordinals.size);
  return ordinals;
});
