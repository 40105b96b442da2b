// The scanner is told to authenticate by a header and is given none.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, optionsNamed, runs } from '../model.ts';
import { insertBehind } from '../option-edits.ts';

export default defineRule<CommandModel>({
  id: 'command/header-type-without-header',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const invocation of model.invocations) {
      const [type] = optionsNamed(invocation, '--auth-type');
      if (!runs(invocation, 'nat', 'scan') || type?.value?.text !== 'header' || optionsNamed(invocation, '--header').length > 0) continue;
      yield {
        span: type.value.span,
        message:
          'The scan authenticates by a header and is given none, so the API answers every request with 401. Add `--header "Name: value"`, for instance the header of an API key.',
        fix: insertBehind(model, type.value.span, ' --header "X-API-Key: $API_KEY"', 'Add --header, read from $API_KEY'),
        ...mildness(model),
      };
    }
  },
});
