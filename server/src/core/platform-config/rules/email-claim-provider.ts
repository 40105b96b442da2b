// Microsoft Entra's access tokens carry the address as `upn`; the default claim is not in them, and nobody has a role.
import { parseUrl } from '../../environment/url.ts';
import { providerOf } from '../../facts/identity-providers.ts';
import { defineRule } from '../../lint/rule.ts';
import { type PlatformModel, settingAt, textAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/email-claim-provider',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const url = parseUrl(textAt(model, 'oidc', 'issuer') ?? '');
    if (!url || !providerOf(url)?.name.startsWith('Microsoft Entra')) return;
    const claim = settingAt(model, 'oidc', 'email_claim');
    const issuer = settingAt(model, 'oidc', 'issuer');
    if ((claim && claim.text !== 'email') || !issuer?.valueSpan) return;
    const span = claim?.valueSpan ?? issuer.valueSpan;
    yield {
      span,
      message:
        "Microsoft Entra's access tokens carry the user's address as `upn` and not as `email`, so no role and no administrator fits. Set `email_claim: upn`.",
      ...(claim?.valueSpan
        ? { fix: { title: 'Read upn', safety: 'unsafe', edits: () => [{ file: model.file, span, newText: 'upn' }] } }
        : {}),
    };
  },
});
