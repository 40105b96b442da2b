// Headers of the development mode are sent to a gateway whose development mode is off: it ignores them and answers 401.
import { type CommandSummary, isDevelopmentHeader } from '../../../command-line/index.ts';
import { defineRule } from '../../../lint/rule.ts';
import { composeProjects } from '../../compose-projects.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'command/dev-header-without-dev-mode',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    const sent = summariesOf<CommandSummary>(view, 'command-line');
    if (!sent.some(({ summary }) => summary.headers.some(isDevelopmentHeader))) return;
    const services = composeProjects(view).flatMap(project => project.services);
    const bypasses = services.flatMap(({ service, auth }) =>
      auth.switches.filter(({ fact }) => fact.kind === 'bypass').map(one => ({ ...one, service: service.name })),
    );
    // One file that switches it on is enough: that is the one for development.
    const off = bypasses.find(({ open, entry }) => !open && !entry.guess && entry.value !== undefined);
    if (!off || bypasses.some(({ open, entry }) => open || entry.guess)) return;
    for (const { file, summary } of sent) {
      for (const { header, span, forShow } of summary.headers.filter(isDevelopmentHeader)) {
        yield {
          file,
          span,
          message: `\`${header}\` counts only while the gateway's development mode is on, and \`${off.entry.name}\` of \`${off.service}\` is off, so the answer is 401. Switch it on in an override file for development, or send a token.`,
          related: [{ file: off.entry.file, span: off.entry.nameSpan, message: 'The development mode is off here.' }],
          ...(forShow ? { severity: 'information' as const } : {}),
        };
      }
    }
  },
});
