// A suppression that allows nothing hides the next real mistake on its line.
import { defineRule } from '../../lint/rule.ts';
import type { SuppressionReview } from '../suppression-review.ts';

export default defineRule<SuppressionReview>({
  id: 'workspace/unused-suppression',
  severity: 'warning',
  tag: 'unnecessary',
  since: '0.1.0',
  *check({ unused }) {
    for (const { rule, span, wholeFile } of unused) {
      yield {
        span,
        message: `\`${rule}\` finds nothing ${wholeFile ? 'in this file' : 'here'}, so this suppression would only hide a future mistake. Remove it.`,
      };
    }
  },
});
