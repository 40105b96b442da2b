// Of two spellings of one option the server takes the one that it comes to last, and that is chance. What it refuses only when it comes to
// them one way is no error: it may start.
import type { Report, Rule } from '../lint/rule.ts';
import type { NatsConf } from './model.ts';

/** The rule without those errors that another order of the keys would not have. */
export function inAnyOrder(rule: Rule<NatsConf>): Rule<NatsConf> {
  return {
    ...rule,
    check(conf, context) {
      const reports = rule.check(conf, context);
      return conf.otherWay ? inBothOrders(rule, reports, rule.check(conf.otherWay, context)) : reports;
    },
  };
}

function* inBothOrders(rule: Rule<NatsConf>, reports: Iterable<Report>, others: Iterable<Report>): Generator<Report> {
  const isError = ({ severity = rule.severity }: Report) => severity === 'error';
  const isSure = [...others].some(isError);
  for (const report of reports) if (isSure || !isError(report)) yield report;
}
