// The model that rules over a NATS configuration judge: values by block, and the things that NATS talks about (accounts, users, …).
import type { BuildContext } from '../language.ts';
import type { ServerVersion } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { type Account, readAccounts, readUsers, type User } from './accounts.ts';
import { type BlockIndex, indexBlocks } from './block-index.ts';
import { type Block, buildBlocks, buildBlocksTheOtherWay, type Setting, settingOf } from './blocks.ts';
import type { Edition } from './edition.ts';
import type { Evaluation } from './evaluate.ts';
import { type NamedFile, namedFilesIn } from './named-files.ts';
import { type OperatorMode, operatorModeOf } from './operator-mode.ts';

export interface NatsConf {
  /** The file that was asked about; includes are in `evaluation.files`. */
  readonly file: FileId;
  /** The server that is judged for. */
  readonly version: ServerVersion;
  readonly evaluation: Evaluation;
  /** The configuration as nested blocks. */
  readonly root: Block;
  readonly index: BlockIndex;
  /** `root` and every block inside of it, outer before inner, in the order of the text. */
  readonly blocks: readonly Block[];
  readonly accounts: readonly Account[];
  /** Users of `authorization` and of all accounts; not those of leafnodes. */
  readonly users: readonly User[];
  /** Files that the configuration names beside its includes. */
  readonly namedFiles: readonly NamedFile[];
  /** Undefined for a server that keeps its users itself. */
  readonly operatorMode: OperatorMode | undefined;
  /** Undefined where no later version of the file will take anything over from this one. */
  readonly edition: Edition | undefined;
  /**
   * Where options are written in two spellings, the configuration as the server reads it when it comes to them the other way round; it goes
   * over the keys of a block in no fixed order. Undefined where there is but one way.
   */
  readonly otherWay: NatsConf | undefined;
}

/** Builds the model; never throws for what a file holds. `read` is asked whether files exist, and for operator JWTs. */
export function buildModel(
  file: FileId,
  version: ServerVersion,
  evaluation: Evaluation,
  read: BuildContext['read'],
  edition?: Edition,
): NatsConf {
  const root = buildBlocks(evaluation.root, version, edition?.number);
  const context = { file, version, evaluation };
  const conf = modelOf(context, root, read, edition);
  if (conf.index.repeating.length === 0) return conf;
  return { ...conf, otherWay: modelOf(context, buildBlocksTheOtherWay(evaluation.root, version), read) };
}

function modelOf(
  context: Pick<NatsConf, 'file' | 'version' | 'evaluation'>,
  root: Block,
  read: BuildContext['read'],
  edition?: Edition,
): NatsConf {
  const index = indexBlocks(root);
  const { blocks } = index;
  const accounts = readAccounts(root);
  const conf = { ...context, root, index, blocks, accounts, users: readUsers(root, accounts), edition, otherWay: undefined };
  const named = { ...conf, namedFiles: namedFilesIn(conf, read) };
  return { ...named, operatorMode: operatorModeOf(named, read) };
}

/** All blocks of a kind, for instance every `tls`, in the order of the text. */
export function blocksNamed({ index }: Pick<NatsConf, 'index'>, name: string): readonly Block[] {
  return index.byName.get(name) ?? [];
}

/** All settings of some options, given as `block.option`, for instance `cluster.routes`. */
export function settingsNamed({ index }: Pick<NatsConf, 'index'>, ...names: readonly string[]): readonly Setting[] {
  return joined(names.map(name => index.byOption.get(name) ?? []));
}

/** Formats of options whose values nobody should see. */
export const secretFormats: ReadonlySet<string> = new Set(['password', 'token', 'secret', 'user-seed']);

/** All settings whose option has one of some formats. */
export function settingsOfFormat({ index }: Pick<NatsConf, 'index'>, ...formats: readonly string[]): readonly Setting[] {
  const lists = [...index.byOption.values()];
  return joined(lists.filter(([first]) => first?.option.format !== undefined && formats.includes(first.option.format)));
}

/** A list that is the only one with anything in it is not copied: a large file has thousands of settings of one option. */
function joined(lists: readonly (readonly Setting[])[]): readonly Setting[] {
  const filled = lists.filter(list => list.length > 0);
  return filled.length === 1 ? (filled[0] as readonly Setting[]) : filled.flat();
}

/** Whether there may be accounts that cannot be seen here: in a file that is not loaded, or behind a variable of the environment. */
export function accountsMayBeMore({ root }: NatsConf): boolean {
  const setting = settingOf(root, 'accounts');
  if (!setting) return root.map.incomplete;
  const { value } = setting;
  return (
    value.kind === 'unknown' ||
    (value.kind === 'map' && value.incomplete) ||
    (value.kind === 'array' && value.items.some(item => item.kind === 'unknown'))
  );
}
