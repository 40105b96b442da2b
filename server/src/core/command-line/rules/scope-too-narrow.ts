// A login for reading only, in a script that goes on to write: the writing is answered with 403.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, optionsNamed, runs } from '../model.ts';
import { literalOf } from '../shell.ts';
import { isWriting } from '../writing.ts';

export default defineRule<CommandModel>({
  id: 'command/scope-too-narrow',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { file }) {
    for (const [i, invocation] of model.invocations.entries()) {
      const value = runs(invocation, 'nemo', 'auth', 'login') ? optionsNamed(invocation, '--scope')[0]?.value : undefined;
      const scopes = value && literalOf(value)?.split(/[\s,]+/);
      if (!value || !scopes?.includes('platform:read') || scopes.includes('platform:write')) continue;
      const writing = model.invocations.slice(i + 1).find(isWriting);
      if (!writing) continue;
      yield {
        span: value.span,
        message:
          'The token of this login may only read, and the script goes on to write, which is answered with 403. Ask for `platform:write` as well.',
        related: [{ file, span: writing.span, message: 'This writes.' }],
        fix: {
          title: 'Ask for platform:write as well',
          safety: 'unsafe',
          edits: () => [{ file, span: value.span, newText: `"${[...scopes, 'platform:write'].join(' ')}"` }],
        },
        ...mildness(model),
      };
    }
  },
});
