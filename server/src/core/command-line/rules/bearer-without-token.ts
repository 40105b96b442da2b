// Bearer authentication without a token: every request is answered with 401.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, headersOf, optionsNamed } from '../model.ts';
import { insertBehind } from '../option-edits.ts';
import { scansBy } from '../scans.ts';

export default defineRule<CommandModel>({
  id: 'command/bearer-without-token',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { scan, said } of scansBy('bearer', model)) {
      if (optionsNamed(scan, '--token').length > 0) continue;
      yield {
        span: said.span,
        message:
          'The scan uses bearer authentication and is given no token, so the API answers every request with 401. Add `--token`, or let the scanner fetch tokens itself with `--auth-type oauth2`.',
        fix: insertBehind(model, said.span, ' --token "$API_TOKEN"', 'Add --token, read from $API_TOKEN'),
        ...mildness(model),
      };
    }
    for (const invocation of model.invocations) {
      for (const { nameSpan, value } of optionsNamed(invocation, '--token')) {
        if (value && value.text !== '') continue;
        yield {
          span: nameSpan,
          message: 'This option has no token behind it, so the API answers with 401. Write the variable that holds the token.',
          ...mildness(model),
        };
      }
      for (const { name, nameSpan, value } of headersOf(invocation)) {
        if (!/^authorization$/i.test(name) || !/^(bearer)?\s*$/i.test(value.text)) continue;
        yield {
          span: nameSpan,
          message:
            'This header carries no token, so the API answers with 401. Write `Authorization: Bearer` and the variable that holds the token.',
          ...mildness(model),
        };
      }
    }
  },
});
