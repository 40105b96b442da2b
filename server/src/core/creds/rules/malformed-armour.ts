// Clients find JWT and seed by the lines of dashes around them, and give up with a word about a missing seed or a bad token.
import { mildness } from '../../jwt/file-kind.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { readNkey } from '../../nats-auth/nkey.ts';
import type { ArmourFault } from '../armour-lines.ts';
import type { CredsModel } from '../model.ts';

export default defineRule<CredsModel>({
  id: 'creds/malformed-armour',
  severity: 'error',
  since: '0.1.0',
  *check(model) {
    const forgiven = model.faults.length > 0 && isReadByGo(model);
    for (const fault of model.faults) {
      const fix = repair(model, fault);
      yield {
        span: fault.span,
        message: `${words[fault.kind]}, so ${forgiven ? 'some clients of NATS' : 'clients of NATS'} cannot read these credentials. ${advice}.`,
        ...(fix ? { fix } : {}),
        ...(forgiven ? { severity: 'warning' } : {}),
        ...mildness(model),
      };
    }
    if (model.faults.length > 0) return;
    for (const { label, content } of model.parts) {
      if (!/SEED$/i.test(model.text.slice(label.start, label.end))) continue;
      const text = model.text.slice(content.start, content.end).trimEnd();
      if (readNkey(text)?.kind === 'seed') continue;
      yield {
        span: { start: content.start, end: content.start + text.length },
        message:
          'This is no seed: a letter is wrong or missing, as after a slip in copying, so clients of NATS cannot log in. Copy the whole line again.',
        ...mildness(model),
      };
    }
  },
});

const words: Readonly<Record<ArmourFault['kind'], string>> = {
  dashes: 'A line around a JWT or seed needs three dashes or more before its words and nothing behind those at its end',
  end: 'The line of dashes that ends this part is missing',
  empty: 'There is nothing between this line and the next line of dashes',
  lines: 'Between the lines of dashes must stand one line without white space',
};

const advice = 'Write the file again by `nsc generate creds`, or copy it without changing its lines';

/** Go takes a seed without armour too, from the first line that begins with one; JavaScript and others do not. */
function isReadByGo({ text, jwt, parts }: CredsModel): boolean {
  const hasJwt = parts.some(({ label }) => /JWT$/i.test(text.slice(label.start, label.end)));
  return (jwt !== undefined || !hasJwt) && text.split(/\r?\n/).some(line => readNkey(line)?.kind === 'seed');
}

/** Writes the part as nsc does, where what stands in it is whole once the white space is gone. */
function repair({ file, text }: CredsModel, { kind, part }: ArmourFault): Fix | undefined {
  const { label, content, whole } = part;
  const inside = text.slice(content.start, content.end);
  // Where the end is missing, everything up to the next part seems to belong to this one.
  const lead = /^\s*\S+/.exec(inside)?.[0] ?? '';
  const found = kind === 'end' ? lead.trim() : inside.replace(/\s+/g, '');
  if (!isWhole(found)) return undefined;
  const words = text.slice(label.start, label.end);
  const span = { start: whole.start, end: kind === 'end' ? content.start + lead.length : whole.end };
  return {
    title: 'Write it as nsc does',
    safety: 'safe',
    edits: () => [{ file, span, newText: `-----BEGIN ${words}-----\n${found}\n------END ${words}------` }],
  };
}

function isWhole(text: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]{86}$/.test(text) || readNkey(text)?.kind === 'seed';
}
