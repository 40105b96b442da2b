// Sentences of `scripts/new-rule.mjs` that a finished rule does not have any more.
export const scaffoldPhrases: readonly string[] = [
  'What goes wrong for somebody who has this in a file, in one sentence.',
  'What is wrong here, in one sentence, as it will stand in the table of rules.',
  'What happens to somebody who leaves it as it is.',
  '# a text with the mistake',
  '«what is underlined»',
  '# the same text without the mistake',
  'Where the fact is written down.',
];
