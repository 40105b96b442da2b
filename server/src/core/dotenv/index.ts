import type { Language } from '../language.ts';

export interface Model {
  readonly text: string;
}

export const dotenv: Language<Model> = {
  id: 'dotenv',
  build: file => ({ text: file.text }),
  rules: [],
};
