// A token that is cut, re-encoded or written by hand looks like a token and is refused, or read differently by two verifiers.
import { defineRule } from '../../lint/rule.ts';
import type { JwtModel } from '../model.ts';
import { structureProblems } from '../structure.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/malformed',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      for (const { span, why, advice } of structureProblems(token)) yield { span, message: `${why}. ${advice}.`, ...severity };
    }
  },
});
