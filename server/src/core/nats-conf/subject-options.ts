// Where patterns of subjects stand in a configuration.
import { remember } from '../text/remember.ts';
import type { BlockIndex } from './block-index.ts';
import type { Setting } from './blocks.ts';
import { type NatsConf, settingsNamed } from './model.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedString } from './values.ts';

/** Options, as block and key, whose subjects nats-server checks when it reads the configuration. */
const subjectOptions: readonly string[] = [
  'permissions.publish',
  'permissions.subscribe',
  'subject_permission.allow',
  'subject_permission.deny',
  'leafnode_remote.deny_imports',
  'leafnode_remote.deny_exports',
];

/** A pattern, and the setting that it belongs to. */
export interface SubjectUse {
  readonly setting: Setting;
  readonly value: EvaluatedString;
}

/** All of them: several rules ask for the 10,000s of a large file. */
export function subjectsIn({ index }: Pick<NatsConf, 'index'>): readonly SubjectUse[] {
  return usesIn(index);
}

const usesIn = remember((index: BlockIndex): readonly SubjectUse[] =>
  settingsNamed({ index }, ...subjectOptions).flatMap(setting => stringsIn(setting.value).map(value => ({ setting, value }))),
);
