// Auth0 gives a token for an API only to who names its audience; a scope alone brings an error or an opaque token.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, type Invocation, optionsNamed } from '../model.ts';
import { insertBehind } from '../option-edits.ts';
import type { Word } from '../shell.ts';

const tokenEndpoint = /^https:\/\/[\w.-]+\.auth0\.com\/oauth\/token/;
const fields = ['--data', '--data-raw', '--data-binary', '--data-urlencode', '--json'];

export default defineRule<CommandModel>({
  id: 'command/auth0-needs-audience',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const invocation of model.invocations) {
      const [url] = optionsNamed(invocation, '--oauth2-token-url');
      if (url?.value && tokenEndpoint.test(url.value.text)) {
        if (optionsNamed(invocation, '--oauth2-audience').length > 0) continue;
        const [scope] = optionsNamed(invocation, '--oauth2-scope');
        const span = scope?.nameSpan ?? url.nameSpan;
        const behind = scope?.value?.span ?? url.value.span;
        yield {
          span,
          message:
            'Auth0 wants the audience of the API and not a scope, so this request brings no usable token. Give `--oauth2-audience` the identifier of the API as the Auth0 dashboard shows it.',
          fix: insertBehind(model, behind, ' --oauth2-audience "$API_AUDIENCE"', 'Add --oauth2-audience, read from $API_AUDIENCE'),
          ...mildness(model),
        };
      }
      const request = clientCredentials(invocation);
      if (!request) continue;
      yield {
        span: request.span,
        message:
          'Auth0 wants the audience of the API in this request, so it brings no usable token. Add the field `audience` with the identifier of the API.',
        ...mildness(model),
      };
    }
  },
});

/** The address of a token request by curl that names no audience. */
function clientCredentials(invocation: Invocation): Word | undefined {
  if (invocation.program !== 'curl') return undefined;
  const addresses = [...invocation.arguments, ...optionsNamed(invocation, '--url').flatMap(({ value }) => value ?? [])];
  const address = addresses.find(({ text }) => tokenEndpoint.test(text));
  const body = optionsNamed(invocation, ...fields)
    .map(({ value }) => value?.text ?? '')
    .join('&');
  // A body from a file may hold anything.
  return /client_credentials/.test(body) && !/(^|&)@|audience/.test(body) ? address : undefined;
}
