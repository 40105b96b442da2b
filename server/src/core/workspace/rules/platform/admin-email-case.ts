// The administrator's address is compared with the token's letter for letter: one capital, and the platform has no administrator.
import type { TokenSummary } from '../../../jwt/index.ts';
import { defineRule } from '../../../lint/rule.ts';
import type { PlatformSummary } from '../../../platform-config/index.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'platform/admin-email-case',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    const tokens = summariesOf<readonly TokenSummary[]>(view, 'jwt').flatMap(({ file, summary }) =>
      summary.map(token => ({ file, token })),
    );
    for (const { file, summary } of summariesOf<PlatformSummary>(view, 'platform-config')) {
      const { adminEmail, adminEmailSpan, emailClaim } = summary;
      if (!adminEmail || !adminEmailSpan) continue;
      const addresses = tokens.map(({ file, token }) => ({
        file,
        span: token.span,
        address: token.emails[emailClaim] ?? token.emails.upn,
      }));
      const same = addresses.filter(({ address }) => address?.toLowerCase() === adminEmail.toLowerCase());
      const [other] = same;
      if (!other?.address || same.some(({ address }) => address === adminEmail)) continue;
      const { address } = other;
      yield {
        file,
        span: adminEmailSpan,
        message: `The administrator's address is compared letter for letter, and a token here carries \`${address}\`, so that user is no administrator. Write the address as the token has it.`,
        related: [{ file: other.file, span: other.span, message: 'This token carries the address in other capitals.' }],
        fix: { title: `Write ${address}`, safety: 'unsafe', edits: () => [{ file, span: adminEmailSpan, newText: address }] },
      };
    }
  },
});
