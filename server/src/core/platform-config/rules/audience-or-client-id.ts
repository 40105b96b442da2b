// Without a client nobody can log in, and without an audience tokens of other applications are accepted.
import { defineRule } from '../../lint/rule.ts';
import { isOn, type PlatformModel, settingAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/audience-or-client-id',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const oidc = settingAt(model, 'oidc');
    if (!oidc || isOn(model, 'oidc', 'enabled') !== true) return;
    const client = settingAt(model, 'oidc', 'client_id');
    if (!client?.text) {
      yield {
        span: client?.keySpan ?? oidc.keySpan,
        message:
          'OIDC is on and no `client_id` is given, so `nemo auth login` cannot start a login. Write the client id of the application at the identity provider.',
      };
    }
    if (!settingAt(model, 'oidc', 'audience')?.text) {
      yield {
        span: settingAt(model, 'oidc', 'audience')?.keySpan ?? oidc.keySpan,
        severity: 'information',
        message:
          'Without `audience` the platform does not look at `aud`, so a token of any other application of this issuer is accepted. Set it to the audience of your tokens.',
      };
    }
  },
});
