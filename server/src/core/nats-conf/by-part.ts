// What a rule found in parts of a configuration that did not change since, it need not find again.
import type { Report, Rule, RuleContext } from '../lint/rule.ts';
import type { NatsConf } from './model.ts';
import { type Part, partsAround } from './part.ts';

/** What a rule has found in one edition, by the innermost part that it is in. */
interface Found {
  readonly edition: number;
  readonly reports: ReadonlyMap<Part, readonly Report[]>;
}

/**
 * A check whose findings in a part depend on nothing in other parts. It gets configurations whose lists (`blocks`, `index`, `users`) leave
 * out parts that have been judged already. Edits of its fixes read places when they are asked for, since parts move.
 */
export function byPart(check: Rule<NatsConf>['check']): Rule<NatsConf>['check'] {
  const known = new WeakMap<object, Found>();
  return (conf, context) => (conf.edition ? judgeAnew(check, conf, conf.edition, known, context) : check(conf, context));
}

function* judgeAnew(
  check: Rule<NatsConf>['check'],
  conf: NatsConf,
  edition: NonNullable<NatsConf['edition']>,
  known: WeakMap<object, Found>,
  context: RuleContext,
): Generator<Report> {
  const before = known.get(edition.lineage);
  const rest = before && edition.since(before.edition, conf);
  const isKept = (part: Part) => before !== undefined && part.seen === edition.number && part.made <= before.edition;
  const reports = new Map<Part, Report[]>();
  for (const report of check(rest ?? conf, context)) {
    const around = report.file === undefined || report.file === conf.file ? partsAround(edition.parts, report.span) : [];
    const part = around.at(-1);
    if (rest && part && isKept(part)) continue;
    yield report;
    if (!part) continue;
    const own = reports.get(part);
    if (own) own.push(report);
    else reports.set(part, [report]);
    // What a report shows elsewhere does not move with it: such a part is judged again each time.
    const staysInside = (report.related ?? []).every(
      ({ file, span }) => file === conf.file && part.start <= span.start && span.end <= part.end,
    );
    if (!staysInside) for (const one of around) one.isRestless = true;
  }
  if (before && rest) {
    for (const [part, own] of before.reports) {
      if (!isKept(part)) continue;
      yield* own;
      reports.set(part, [...own]);
    }
  }
  known.set(edition.lineage, { edition: edition.number, reports });
}
