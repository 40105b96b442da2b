// An identity provider is configured, and a switch that is off by default keeps it from being asked.
import { defineRule } from '../../lint/rule.ts';
import { isOn, type PlatformModel, settingAt, textAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/oidc-disabled-with-issuer',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const oidc = settingAt(model, 'oidc');
    if (!oidc || !textAt(model, 'oidc', 'issuer')) return;
    for (const [path, what] of [
      [['oidc', 'enabled'], 'tokens are not checked and callers are believed who they say they are'],
      [['enabled'], 'nothing is checked and everybody may do everything'],
    ] as const) {
      if (isOn(model, ...path) !== false) continue;
      const written = settingAt(model, ...path);
      const name = ['auth', ...path].join('.');
      const span = written?.valueSpan ?? oidc.keySpan;
      yield {
        span,
        message: `An issuer is configured and \`${name}\` is ${written ? 'off' : 'not set, which means off'}, so ${what}. Set it to \`true\`.`,
        ...(written?.valueSpan
          ? { fix: { title: 'Switch it on', safety: 'unsafe', edits: () => [{ file: model.file, span, newText: 'true' }] } }
          : {}),
      };
    }
  },
});
