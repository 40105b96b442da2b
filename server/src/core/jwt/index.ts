import type { Language } from '../language.ts';

export interface Model {
  readonly text: string;
}

export const jwt: Language<Model> = {
  id: 'jwt',
  build: file => ({ text: file.text }),
  rules: [],
};
