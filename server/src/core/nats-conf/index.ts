// The configuration of nats-server as a language: how it is read, and which rules judge it.
import type { Language } from '../language.ts';
import { completeAt } from './completion.ts';
import { evaluate } from './evaluate.ts';
import { hoverAt } from './hover.ts';
import { inspectValue } from './inspect.ts';
import { buildModel, type NatsConf } from './model.ts';
import { rules } from './rules/index.ts';

export const natsConf: Language<NatsConf> = {
  id: 'nats-conf',
  build(file, { settings, read }) {
    return buildModel(file.id, settings.natsServer, evaluate(file, settings.natsServer, read), read);
  },
  rules,
  /** Included files are judged as parts of the file that includes them: alone they may make no sense. */
  parts: ({ evaluation }) => evaluation.files.slice(1).map(({ file }) => file.id),
  hover: hoverAt,
  complete: completeAt,
  inspect: ({ evaluation }) => inspectValue(evaluation.root),
};
