// A variable that the server cannot find keeps it from starting; most are defined, only where the server does not look.
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { VariableUse } from '../evaluate.ts';
import { quoted } from '../mistakes.ts';
import type { NatsConf } from '../model.ts';
import { isBcryptName } from '../variables.ts';

export default defineRule<NatsConf>({
  id: 'nats/unresolved-variable',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check({ evaluation }) {
    const said = new Set<string>();
    for (const use of evaluation.variables) {
      if (isBcryptName(use.node.name)) continue;
      if (use.outcome.kind === 'environment') {
        // Once is enough for a variable that may well be set.
        const once = `${use.file} ${use.node.name}`;
        if (!said.has(once)) yield fromEnvironment(use);
        said.add(once);
      } else if (use.outcome.kind === 'impossible') yield impossible(use);
      else if (use.outcome.kind === 'out-of-scope') {
        const { why, definition } = use.outcome;
        yield {
          file: use.file,
          span: use.node.span,
          message: outOfScope[why],
          related: [{ file: definition.file, span: definition.span, message: 'It is defined here.' }],
        };
      }
    }
  },
});

const outOfScope = {
  later:
    'This variable is defined only further down, and nats-server reads from top to bottom, so it refuses the file. Move the definition up.',
  elsewhere:
    'This variable is defined in another block, and nats-server looks only in the blocks around this place, so it refuses the file. Move the definition to the top level.',
  includer:
    'This variable is defined in the file that includes this one, and nats-server reads an included file without sight of that, so it refuses the configuration. Move the definition here.',
} as const;

// No message names the variable: what was meant as a secret with a `$` at its beginning looks just the same.
function fromEnvironment(use: VariableUse): Report {
  const near = nearest(use.node.name, use.visible);
  const report = {
    file: use.file,
    span: use.node.span,
    severity: 'information',
    stage: null,
  } as const;
  const start = 'Nothing here defines this variable, so nats-server takes it from its environment and does not start without it.';
  if (near === undefined) return { ...report, message: `${start} Set it there, or put the value in quotes if it is no variable.` };
  const { nameSpan } = use.node;
  return {
    ...report,
    message: `${start} Did you mean \`$${near}\`?`,
    fix: { title: `Replace by $${near}`, safety: 'unsafe', edits: () => [{ file: use.file, span: nameSpan, newText: near }] },
  };
}

function impossible({ node, file }: VariableUse): Report {
  const { start, end } = node.span;
  return {
    file,
    span: node.span,
    message:
      node.name === ''
        ? 'A `$` alone is a variable without a name to nats-server, so it refuses the file. Put the `$` in quotes, or write the name behind it.'
        : 'Without quotes a value that begins with `$` is a variable, and none of the environment can have such a name, so nats-server refuses the file. Put the value in quotes.',
    fix: {
      title: 'Put the value in quotes',
      safety: 'safe',
      edits: () => [{ file, span: { start, end }, newText: quoted(`$${node.name}`) }],
    },
  };
}
