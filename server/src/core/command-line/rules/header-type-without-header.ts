// The scanner is told to authenticate by a header and is given none.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, optionsNamed } from '../model.ts';
import { insertBehind } from '../option-edits.ts';
import { scansBy } from '../scans.ts';

export default defineRule<CommandModel>({
  id: 'command/header-type-without-header',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { scan, said } of scansBy('header', model)) {
      if (optionsNamed(scan, '--header').length > 0) continue;
      yield {
        span: said.span,
        message:
          'The scan authenticates by a header and is given none, so the API answers every request with 401. Add `--header "Name: value"`, for instance the header of an API key.',
        fix: insertBehind(model, said.span, ' --header "X-API-Key: $API_KEY"', 'Add --header, read from $API_KEY'),
        ...mildness(model),
      };
    }
  },
});
