// Services that check the same tokens must agree on the audience letter for letter.
import { sourceOf } from '../../../compose/auth-variables.ts';
import { replaceValue } from '../../../compose/edit-entry.ts';
import { defineComposeRule } from '../../compose-projects.ts';
import { comparedValues, nearMisses } from '../../near-misses.ts';

export default defineComposeRule({
  id: 'compose/audience-mismatch',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'the project',
  regards: service => comparedValues(service, 'audience'),
  *check(project) {
    for (const { entry, service, other, otherService, by } of nearMisses(project, 'audience')) {
      yield {
        ...sourceOf(entry).place,
        message: `The audience of \`${service}\` differs from the one of \`${otherService}\` ${by}, and it is compared letter for letter, so a token that one takes the other refuses. Write the same in both.`,
        related: [{ ...sourceOf(other).place, message: `\`${otherService}\` has this one.` }],
        fix: { title: `Take the audience of ${otherService}`, safety: 'unsafe', edits: () => [replaceValue(entry, other.value as string)] },
      };
    }
  },
});
