// What the server cannot read was only guessed, and what is said about a guess is false as soon as the text is put right.
import type { Report, Rule } from '../lint/rule.ts';
import type { FileId } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { overlaps, type Span, span } from '../text/span.ts';
import type { NatsConf } from './model.ts';

/** Their findings are certain wherever they stand. */
const certain = new Set(['nats/syntax', 'nats/seed-in-config']);

/** The rule without what it says about places that could only be guessed. */
export function inClearText(rule: Rule<NatsConf>): Rule<NatsConf> {
  if (certain.has(rule.id)) return rule;
  return {
    ...rule,
    check(conf, context) {
      const guesses = guessesIn(conf.evaluation.files);
      const reports = rule.check(conf, context);
      return guesses.length === 0 ? reports : withoutGuesses(rule, reports, conf.file, guesses);
    },
  };
}

interface Guess {
  readonly file: FileId;
  readonly span: Span;
  /** Where only the structure was guessed, and milder findings are about values. */
  readonly onlyErrors: boolean;
}

// By the list, since an evaluation goes from one version of a text to the next.
const guessesIn = remember((files: NatsConf['evaluation']['files']): readonly Guess[] =>
  files.flatMap(({ file, parsed }) =>
    parsed.errors
      .filter(problem => problem.refused)
      .flatMap(problem => {
        const own: Guess = { file: file.id, span: problem.span, onlyErrors: false };
        const isLost = (problem.kind === 'unclosed-map' || problem.kind === 'unclosed-array') && !problem.fix;
        return isLost ? [own, { file: file.id, span: span(problem.span.start, file.text.length), onlyErrors: true }] : [own];
      }),
  ),
);

function* withoutGuesses(
  { severity: usual }: Rule<NatsConf>,
  reports: Iterable<Report>,
  main: FileId,
  guesses: readonly Guess[],
): Generator<Report> {
  for (const report of reports) {
    const { file = main, severity = usual } = report;
    const isGuess = guesses.some(
      guess => guess.file === file && (severity === 'error' || !guess.onlyErrors) && overlaps(guess.span, report.span),
    );
    if (!isGuess) yield report;
  }
}
