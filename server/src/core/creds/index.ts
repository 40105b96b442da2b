// NATS credentials as a language: seeds in any text, and the files that are made to hold them.
import type { Language, OutlineEntry } from '../language.ts';
import { looksLikeCreds } from './detect.ts';
import { hoverAt } from './hover.ts';
import { buildModel, type CredsModel } from './model.ts';
import { rules } from './rules/index.ts';

export type { CredsModel } from './model.ts';
export { userOf } from './model.ts';
export { looksLikeCreds };

interface CredsLanguage extends Language<CredsModel> {
  summarize(model: CredsModel): CredsModel;
}

export const creds: CredsLanguage = {
  id: 'creds',
  build: buildModel,
  rules,
  isEmpty: ({ secrets, isCreds }) => !isCreds && secrets.length === 0,
  summarize: model => model,
  hover: hoverAt,
  outline: outlineOf,
};

/** The parts by the words of their lines; what stands in them is secret. */
function outlineOf({ parts, text }: CredsModel): readonly OutlineEntry[] {
  return parts.map(({ label, content }) => ({
    name: text.slice(label.start, label.end),
    kind: 'block',
    span: { start: label.start, end: content.end },
    nameSpan: label,
    children: [],
  }));
}
