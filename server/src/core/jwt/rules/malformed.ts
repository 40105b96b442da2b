// A token that is cut, re-encoded or written by hand looks like a token and is refused, or read differently by two verifiers.
import { defineRule } from '../../lint/rule.ts';
import type { FileId } from '../../text/file-id.ts';
import type { JwtModel } from '../model.ts';
import { structureProblems } from '../structure.ts';
import { judged } from '../weight.ts';

/** Elsewhere, as in a mail, whoever copies a token takes line breaks out of it. */
function isYaml(file: FileId): boolean {
  return /\.ya?ml$/i.test(file);
}

export default defineRule<JwtModel>({
  id: 'jwt/malformed',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      for (const { span, why, advice } of structureProblems(token)) yield { span, message: `${why}. ${advice}.`, ...severity };
      if (token.unwrapped?.isFolded && isYaml(model.file)) {
        yield {
          span: token.span,
          message:
            'YAML makes a space or a line break of each line end in this token, so every verifier refuses it. Write it on one line, or in double quotes with `\\` at the end of each line.',
          ...severity,
        };
      }
    }
  },
});
