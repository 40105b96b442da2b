// A token without a signature can be written by anybody, for anybody.
import { fileKind, mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { pathOf } from '../../text/file-id.ts';
import { isOn, type PlatformModel, settingAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/unsigned-jwt-allowed',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { file, settings }) {
    const setting = settingAt(model, 'allow_unsigned_jwt');
    if (!setting?.valueSpan || isOn(model, 'allow_unsigned_jwt') !== true) return;
    const inProduction = settings.isProduction(file) || /(^|[/._-])(prod|production)([/._-]|$)/i.test(pathOf(file));
    const span = setting.valueSpan;
    yield {
      span,
      message: `Tokens without a signature are accepted, so anybody can log in as anybody${inProduction ? ' in production' : ''}. Leave it off, and use \`nemo auth login --unsigned-token\` against a platform on your own machine only.`,
      ...(inProduction ? { severity: 'error' as const } : mildness({ fileKind: fileKind(file, settings.root) })),
      fix: { title: 'Switch it off', safety: 'unsafe', edits: () => [{ file, span, newText: 'false' }] },
    };
  },
});
