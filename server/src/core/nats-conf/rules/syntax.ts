// What the server cannot read it refuses as a whole, and what it reads differently than it was meant is worse.

import { defineRule, type Report } from '../../lint/rule.ts';
import type { FileId } from '../../text/file-id.ts';
import { placeKey } from '../../text/place.ts';
import { misnamedBlocks } from '../misnamed-blocks.ts';
import type { NatsConf } from '../model.ts';
import type { SyntaxFix, SyntaxProblem } from '../tree.ts';

export default defineRule<NatsConf>({
  id: 'nats/syntax',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const { evaluation } = conf;
    const misnamed = new Map(misnamedBlocks(conf).map(entry => [placeKey(entry.keyAt), entry]));
    for (const { file, parsed } of evaluation.files) {
      for (const problem of parsed.errors) {
        const isMisnamed = problem.kind === 'missing-value' && misnamed.delete(placeKey({ file: file.id, span: problem.span }));
        yield report(file.id, isMisnamed ? { ...problem, refused: true } : problem);
      }
    }
    for (const { keyAt, node } of misnamed.values()) {
      yield {
        file: keyAt.file,
        span: node.value.span,
        message:
          'This number ends with a unit that does not exist, so the value is lost and nats-server stores the whole block around it under this key. Units are K, M, G, T, P and E, each alone or with B, i or iB.',
      };
    }
  },
});

function report(file: FileId, { kind, span, message, refused, related, fix }: SyntaxProblem): Report {
  const milder = kind === 'too-deep' ? ('information' as const) : ('warning' as const);
  return {
    file,
    span,
    message,
    ...(refused ? {} : { severity: milder, stage: null }),
    related: related.map(place => ({ file, ...place })),
    ...(fix ? { fix: toFix(file, fix) } : {}),
  };
}

function toFix(file: FileId, { title, safety, edits }: SyntaxFix) {
  return { title, safety, edits: () => edits.map(edit => ({ file, ...edit })) };
}
