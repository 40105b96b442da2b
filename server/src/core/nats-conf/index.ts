import type { Language } from '../language.ts';

export interface Model {
  readonly text: string;
}

export const natsConf: Language<Model> = {
  id: 'nats-conf',
  build: file => ({ text: file.text }),
  rules: [],
};
