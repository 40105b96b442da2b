// What an error means, as Markdown for a person: cause, how to confirm it, what to do, and the places of this workspace behind it.
import type { Analyzer } from '../core/analyzer.ts';
import type { Explanation } from '../core/auth-errors/explain-error.ts';
import type { NatsConf } from '../core/nats-conf/model.ts';
import { answerPermission, type PermissionQuestion } from '../core/nats-conf/permission-answer.ts';
import { decisionInWords, verdictInWords } from '../core/nats-conf/permission-words.ts';
import { usersOf } from '../core/nats-conf/user-access.ts';
import { type Place, samePlace } from '../core/text/place.ts';
import { prose } from '../core/text/prose.ts';

/** A place of the workspace that explains an error, and why. */
export interface Cause {
  readonly at: Place;
  readonly message: string;
}

/** More would hide the first. */
const mostCauses = 5;

/** Places behind the first explanation: the words of a configuration that decide, and findings of the rules that know this mistake. */
export function causesOf({ error, names }: Explanation, analyzer: Analyzer): readonly Cause[] {
  const question = questionOf(error.id, names);
  const refusals = question ? refusalsOf(question, names.user, analyzer) : [];
  const rules = new Set(error.rules);
  const findings = analyzer.files().flatMap(id =>
    analyzer.settings.isExcluded(id)
      ? []
      : analyzer
          .result(id)
          .findings.filter(({ rule }) => rules.has(rule))
          .map(({ file, span, message }) => ({ at: { file, span }, message })),
  );
  const untold = findings.filter(({ at }) => !refusals.some(refusal => samePlace(refusal.at, at)));
  return [...refusals, ...untold].slice(0, mostCauses);
}

const actions: Readonly<Record<string, PermissionQuestion['action']>> = {
  'nats/publish-denied': 'publish',
  'nats/reply-denied': 'publish',
  'nats/subscribe-denied': 'subscribe',
  'nats/queue-subscribe-denied': 'subscribe',
};

function questionOf(id: string, { subject, queue }: Explanation['names']): PermissionQuestion | undefined {
  const action = actions[id];
  if (!action || subject === undefined) return undefined;
  return action === 'publish' ? { action, subject } : { action, subject, queue };
}

/** Users of the workspace's NATS configurations who are refused what the error speaks of; `name` where it says who it was. */
function refusalsOf(question: PermissionQuestion, name: string | undefined, analyzer: Analyzer): readonly Cause[] {
  // What a file includes stands in it and, once more, in the included file alone.
  const told = new Map<string, Cause>();
  for (const id of analyzer.files()) {
    const owner = analyzer.owner(id);
    if (owner?.language.id !== 'nats-conf') continue;
    const conf = owner.model as NatsConf;
    for (const user of usersOf(conf)) {
      if (name !== undefined && user.name !== name) continue;
      const answer = answerPermission(conf, user, question);
      if (answer.allowed) continue;
      const { at } = answer.decidedBy;
      const message = `${verdictInWords(user.name, question, answer)} ${decisionInWords(answer)}`;
      told.set(`${at.file} ${at.span.start} ${message}`, { at, message });
    }
  }
  return [...told.values()];
}

/** How a place is written for the reader: `nats.conf:12`, or a link to it. */
export type WritePlace = (place: Place) => string;

/** `explanations` from `explainError`, at least one; `causes` belong to the first. */
export function renderExplanations(explanations: readonly Explanation[], causes: readonly Cause[], write: WritePlace): string {
  const [first, ...others] = explanations;
  if (!first) return '';
  const { error, names } = first;
  const named = Object.entries(names).map(([name, value]) => `${name} \`${value.replaceAll('`', '')}\``);
  const blocks = [`# ${error.title.replace(/\.$/, '')}`];
  if (named.length > 0) blocks.push(`The message names the ${named.join(', ')}.`);
  blocks.push(`**Cause.** ${error.cause}`, `**Confirm it.** ${withNames(error.confirm, names)}`, `**Fix it.** ${error.fix}`);
  if (causes.length > 0)
    blocks.push(['## In this workspace', '', ...causes.map(({ at, message }) => `- ${write(at)}: ${prose(message)}`)].join('\n'));
  if (others.length > 0)
    blocks.push(['## It could also be', '', ...others.map(one => `- **${one.error.title}** ${one.error.fix}`)].join('\n'));
  const rules = error.rules.map(rule => `\`${rule}\``);
  const told = rules.length > 0 ? ` Authlint finds its causes in files: ${rules.join(', ')}.` : '';
  if (error.source || told) blocks.push(`---\n\n${error.source ? `Source: ${error.source}.` : ''}${told}`);
  return `${blocks.join('\n\n')}\n`;
}

/** Commands in our advice hold words in capitals for what the message names. */
function withNames(advice: string, { subject, user, queue }: Explanation['names']): string {
  const words = new Map([
    ['SUBJECT', subject],
    ['NAME', user],
    ['GROUP', queue],
  ]);
  return advice.replace(/`authlint can [^`]*`/g, command => command.replace(/\b[A-Z]+\b/g, word => words.get(word) ?? word));
}
