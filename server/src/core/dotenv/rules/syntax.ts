// Compose refuses the whole project for one line of `.env` that it cannot read.
import { malformedInEnvFile } from '../../environment/env-file.ts';
import { defineRule } from '../../lint/rule.ts';
import type { DotenvModel } from '../model.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/syntax',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check({ file, malformed, purpose, besideCompose }) {
    if (!besideCompose || purpose === 'example') return;
    const problem = file.problem ?? (malformed && { span: malformed, ...malformedInEnvFile });
    if (problem) yield { span: problem.span, message: `${problem.message}, so Compose refuses the project. ${problem.advice}` };
  },
});
