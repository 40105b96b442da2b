// Scopes that a login needs to be one, or to last.
import { defineRule } from '../../lint/rule.ts';
import { type PlatformModel, settingAt, textAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/missing-default-scopes',
  severity: 'hint',
  since: '0.1.0',
  *check(model) {
    const text = textAt(model, 'oidc', 'default_scopes');
    const span = settingAt(model, 'oidc', 'default_scopes')?.valueSpan;
    // `/.default` stands for all scopes that the application was granted.
    if (!text || !span || text.includes('/.default')) return;
    const scopes = text.split(/[\s,]+/).filter(Boolean);
    const missing = ['openid', 'offline_access'].filter(scope => !scopes.includes(scope));
    if (missing.length === 0) return;
    const why = missing.includes('openid')
      ? 'the provider starts no OpenID Connect login'
      : 'there is no refresh token and users log in again every hour';
    yield {
      span,
      message: `Without ${missing.map(scope => `\`${scope}\``).join(' and ')} ${why}. Add ${missing.length > 1 ? 'them' : 'it'} to the scopes.`,
      fix: {
        title: `Add ${missing.join(' and ')}`,
        safety: 'unsafe',
        edits: () => [
          {
            file: model.file,
            span,
            newText: [...missing.filter(s => s === 'openid'), ...scopes, ...missing.filter(s => s !== 'openid')].join(' '),
          },
        ],
      },
    };
  },
});
