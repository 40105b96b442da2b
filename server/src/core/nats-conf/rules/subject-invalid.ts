// Subjects are checked when permissions are read; one that can never match keeps nats-server from starting.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isLiteralSubject, isValidSubject, type SubjectProblem, subjectProblem } from '../../nats-auth/subject.ts';
import type { Block, Setting } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { quoted } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';
import { oddSubjectsIn } from '../subject-options.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/subject-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  check: byPart(function* (conf) {
    const strict = behaves(conf.version, 'queue-in-publish-refused');
    for (const setting of settingsNamed(conf, 'account.msg_trace', 'message_trace.dest')) {
      for (const value of stringsIn(setting.value)) yield* judgeDestination(value);
    }
    for (const { setting, value } of oddSubjectsIn(conf)) {
      const problem = subjectProblem(value.value);
      if (problem) yield* judge(value, problem, queueAllowed(setting, strict), strict);
    }
  }),
});

/** Whether a "subject queue" is taken at this place. */
function queueAllowed({ block, option }: Setting, strict: boolean): boolean {
  if (!strict) return true;
  if (block.fact.name === 'leafnode_remote') return false;
  const direction = block.fact.name === 'permissions' ? option : block.setting?.option;
  const permissions = block.fact.name === 'permissions' ? block : block.setting?.block;
  return direction?.key === 'subscribe' && permissions !== undefined && !isOfCluster(permissions);
}

/** Permissions of a cluster, or of the `authorization` in one, are about subjects that cross routes, without queues. */
function isOfCluster(block: Block): boolean {
  for (let outer = block.setting?.block; outer; outer = outer.setting?.block) {
    if (outer.fact.name === 'cluster') return true;
    if (outer.fact.name !== 'authorization') return false;
  }
  return false;
}

/** Traces are published, so that their subject has no wildcards. */
function* judgeDestination(value: EvaluatedString): Generator<Report> {
  if (isLiteralSubject(value.value)) return;
  const problem = subjectProblem(value.value);
  yield {
    ...value.at,
    message: `${problem ? explain(problem, false, 0) : 'Traces go to one subject without wildcards'}, so nats-server refuses the configuration. Write such a subject.`,
  };
}

function* judge(value: EvaluatedString, problem: SubjectProblem, queue: boolean, strict: boolean): Generator<Report> {
  const text = value.value;
  const fields = text.split(/[\s\u0085]+/).filter(Boolean);
  const [subject = '', group = ''] = fields;
  if (queue && fields.length === 2 && isValidSubject(subject) && (!strict || isValidSubject(group))) return;
  const repaired = repair(text, problem);
  const { file, span } = value.origin;
  yield {
    ...value.at,
    message: `${explain(problem, queue, fields.length)}, so nats-server refuses the configuration. ${repaired === undefined ? advice(problem, queue) : `Did you mean ${quoted(repaired)}?`}`,
    ...(repaired === undefined
      ? {}
      : { fix: { title: `Write ${quoted(repaired)}`, safety: 'unsafe', edits: () => [{ file, span, newText: quoted(repaired) }] } }),
  };
}

function explain(problem: SubjectProblem, queue: boolean, fields: number): string {
  switch (problem) {
    case 'empty':
      return 'An empty subject matches nothing';
    case 'empty-token':
      return 'A subject has no empty parts: something must stand before, between and after its dots';
    case 'wildcard-not-last':
      return 'The wildcard `>` stands for all the rest of a subject and must be its last part';
    case 'space':
      if (queue && fields > 2) return 'A subject may be followed by one queue group, but here stand more words';
      return queue ? 'This is no valid subject with a queue group' : 'A subject has no spaces, and a queue group has no effect here';
  }
}

function advice(problem: SubjectProblem, queue: boolean): string {
  if (problem === 'empty') return 'Remove it, or write `>` for all subjects.';
  if (problem === 'space')
    return queue ? 'Write "subject queue", or several subjects as a list.' : 'Write only the subject; several of them go into a list.';
  return problem === 'wildcard-not-last' ? 'Use `*` for a single part in the middle.' : 'Remove the surplus dots.';
}

/** What was probably meant, where a valid subject comes out. */
function repair(text: string, problem: SubjectProblem): string | undefined {
  const repaired =
    problem === 'empty-token'
      ? text.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '')
      : problem === 'wildcard-not-last'
        ? text
            .split('.')
            .map((token, i, all) => (token === '>' && i < all.length - 1 ? '*' : token))
            .join('.')
        : text.trim();
  return repaired !== text && isValidSubject(repaired) ? repaired : undefined;
}
