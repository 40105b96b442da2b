import type { NamedSpan } from '../lint/config.ts';
import type { Suppression } from '../lint/suppression.ts';

/** The suppression comments of one file, after they were applied to its findings. */
export interface SuppressionReview {
  /** Every rule named in a comment. */
  readonly ruleNames: readonly NamedSpan[];
  /** Suppressions of known rules that allowed nothing. */
  readonly unused: readonly Suppression[];
}
