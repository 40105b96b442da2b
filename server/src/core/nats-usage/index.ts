// Programs that use NATS: nothing is judged here, but rules over several files compare what programs do with what users may do.
import type { Language } from '../language.ts';
import { buildUsage, type NatsUsage } from './model.ts';

export type { NatsUsage } from './model.ts';

export const natsUsage: Language<NatsUsage | undefined> = {
  id: 'nats-usage',
  build: buildUsage,
  rules: [],
  isEmpty: usage => usage === undefined,
  summarize: usage => usage,
};
