import type { Language } from '../language.ts';

export interface Model {
  readonly text: string;
}

export const compose: Language<Model> = {
  id: 'compose',
  build: file => ({ text: file.text }),
  rules: [],
};
