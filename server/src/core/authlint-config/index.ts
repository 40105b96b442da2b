// What people tell Authlint itself: the configuration file, and the suppression comments of any file.

import type { Language } from '../language.ts';
import { type Config, parseConfig } from '../lint/config.ts';
import { configRules } from './rules/index.ts';

/** `.authlint.yaml` as a language of its own, so that mistakes in it are findings like any other. */
export const authlintConfig: Language<Config> = {
  id: 'authlint-config',
  build: file => parseConfig(file.text),
  rules: configRules,
};
