// Of two spellings of one option the server takes the one that it comes to last, and that is chance. What it refuses only when it comes to
// them one way is no error: it may start.
import type { Rule } from '../lint/rule.ts';
import type { NatsConf } from './model.ts';

/** The rule without those errors that another order of the keys would not have. */
export function inAnyOrder(rule: Rule<NatsConf>): Rule<NatsConf> {
  return {
    ...rule,
    *check(conf, context) {
      const reports = rule.check(conf, context);
      if (!conf.otherWay) return yield* reports;
      const isError = ({ severity = rule.severity }: { readonly severity?: typeof rule.severity }) => severity === 'error';
      const isSure = [...rule.check(conf.otherWay, context)].some(isError);
      for (const report of reports) if (isSure || !isError(report)) yield report;
    },
  };
}
