// Programs that use NATS: nothing is judged here, but rules over several files compare what programs do with what users may do.
import type { Language } from '../language.ts';
import { buildProgram, type SourceProgram } from './model.ts';

export const natsUsage: Language<SourceProgram | undefined> = {
  id: 'nats-usage',
  build: buildProgram,
  rules: [],
  isEmpty: source => source === undefined,
  summarize: source => source,
};
