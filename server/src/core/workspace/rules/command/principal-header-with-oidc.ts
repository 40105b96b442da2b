// A header that names the caller does not count while the platform checks tokens.
import type { CommandSummary } from '../../../command-line/index.ts';
import { defineRule } from '../../../lint/rule.ts';
import type { PlatformSummary } from '../../../platform-config/index.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'command/principal-header-with-oidc',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    const platforms = summariesOf<PlatformSummary>(view, 'platform-config');
    const on = platforms.find(({ summary }) => summary.checksTokens);
    // One platform without tokens is enough: that may be the one that is meant.
    if (!on || platforms.some(({ summary }) => !summary.checksTokens)) return;
    const related = on.summary.oidcSwitch
      ? [{ file: on.file, span: on.summary.oidcSwitch, message: 'Tokens are checked because of this.' }]
      : [];
    for (const { file, summary } of summariesOf<CommandSummary>(view, 'command-line')) {
      for (const { header, span, forShow } of summary.headers) {
        if (!/^x-nmp-principal-id$/i.test(header)) continue;
        yield {
          file,
          span,
          message: `\`${header}\` does not count while OIDC is on, so the answer is 401. Log in with \`nemo auth login\`, and send \`Authorization: Bearer\` with the token.`,
          related,
          ...(forShow ? { severity: 'information' as const } : {}),
        };
      }
    }
  },
});
