// The secrets that are written in a configuration, so that nobody repeats one where it is no secret any more.
import { namesSecret } from '../environment/secret-name.ts';
import { type NatsConf, secretFormats, settingsOfFormat } from './model.ts';
import type { EvaluatedValue } from './values.ts';

/** Values of options that hold secrets, and of unknown keys whose name says so; numbers as they are written. */
export function secretTextsOf(conf: NatsConf, formats: Iterable<string> = secretFormats): ReadonlySet<string> {
  const secrets = new Set<string>();
  const add = (value: EvaluatedValue): void => {
    if (value.kind === 'string') secrets.add(value.value);
    else if (value.kind === 'integer') secrets.add(value.node.source);
    else if (value.kind === 'array') value.items.forEach(add);
  };
  for (const { value } of settingsOfFormat(conf, ...formats)) add(value);
  for (const { unknown } of conf.index.withUnknown) for (const { key, value } of unknown) if (namesSecret(key)) add(value);
  secrets.delete('');
  return secrets;
}
