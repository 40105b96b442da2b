// Where patterns of subjects stand in a configuration.
import { isOrdinaryPattern, isPlainPattern } from '../nats-auth/subject.ts';
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

/** Those that a rule may have something to say about by themselves. A large file has 10,000s of others, and only these are written down. */
export function remarkableSubjectsIn({ index }: Pick<NatsConf, 'index'>): readonly SubjectUse[] {
  return remarkableIn(index);
}

const remarkableIn = remember((index: BlockIndex): readonly SubjectUse[] => {
  const remarkable: SubjectUse[] = [];
  for (const name of subjectOptions) {
    const settings = settingsNamed({ index }, name);
    for (let i = 0; i < settings.length; i++) {
      const setting = settings[i] as Setting;
      const values = stringsIn(setting.value);
      for (let j = 0; j < values.length; j++) {
        const value = values[j] as EvaluatedString;
        if (!isPlainPattern(value.value)) remarkable.push({ setting, value });
      }
    }
  }
  return remarkable;
});

/** Those of them that something may be wrong with. */
export function oddSubjectsIn({ index }: Pick<NatsConf, 'index'>): readonly SubjectUse[] {
  return oddIn(index);
}

const oddIn = remember((index: BlockIndex) => remarkableIn(index).filter(({ value }) => !isOrdinaryPattern(value.value)));
