// Another text tried in the place of the one that is there, to ask something about it. What did not change is taken over, as when somebody
// types, and belongs to the text that is there again when the question is answered.
import type { BuildContext, SourceFile } from '../language.ts';
import { Edition, isLatest } from './edition.ts';
import { evaluate } from './evaluate.ts';
import { buildModel, type NatsConf } from './model.ts';
import type { Part } from './part.ts';

/**
 * What `use` makes of a configuration as it would be with another text. It must not give back anything of that configuration, since places in
 * parts of it move back. `read` gives the texts of other files.
 */
export function tryText<Result>(conf: NatsConf, file: SourceFile, read: BuildContext['read'], use: (trial: NatsConf) => Result): Result {
  const { edition, version } = conf;
  const build = (before?: Edition): NatsConf => {
    const evaluation = evaluate(file, version, read, before);
    // A lineage of its own: what rules know of the text that is there stays as it is.
    const trial = before && new Edition({}, before.number + 1, file, before.settings);
    if (trial) trial.parts = evaluation.files[0]?.parsed.parts ?? [];
    return buildModel(file.id, version, evaluation, read, trial);
  };
  if (!edition || !isLatest(edition)) return use(build());
  const states = edition.parts.flatMap(statesOf);
  try {
    return use(build(edition));
  } finally {
    for (const state of states) putBack(state);
  }
}

/** A part as it is in the text that is there. */
interface State {
  readonly part: Part;
  readonly fields: Partial<Part>;
  readonly offset: number;
  readonly cleanIn: Part['cleanIn'];
  /** What its block is in. */
  readonly around: Pick<NonNullable<Part['block']>, 'setting' | 'name'> | undefined;
}

function statesOf(part: Part): State[] {
  const { anchor, cleanIn, block } = part;
  const around = block && { setting: block.setting, name: block.name };
  return [{ part, fields: { ...part }, offset: anchor.offset, cleanIn: { ...cleanIn }, around }, ...part.parts.flatMap(statesOf)];
}

function putBack({ part, fields, offset, cleanIn, around }: State): void {
  Object.assign(part, fields);
  part.anchor.offset = offset;
  Object.assign(part.cleanIn, cleanIn);
  if (part.block && around) Object.assign(part.block, around);
}
