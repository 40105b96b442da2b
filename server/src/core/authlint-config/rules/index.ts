import type { Config } from '../../lint/config.ts';
import type { Rule } from '../../lint/rule.ts';
import type { SuppressionReview } from '../suppression-review.ts';
import invalidConfig from './invalid-config.ts';
import unknownRule from './unknown-rule.ts';
import unusedSuppression from './unused-suppression.ts';

export const configRules: readonly Rule<Config>[] = [invalidConfig, unknownRule];
export const suppressionRules: readonly Rule<SuppressionReview>[] = [unknownRule, unusedSuppression];
