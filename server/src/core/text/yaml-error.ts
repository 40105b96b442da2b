// What is wrong with a YAML text, in words for people: the parser's own speak of its grammar.

/** A reason without a full stop; the parser's own words for what is rare. */
export function describeYamlError({ code, message }: { readonly code: string; readonly message: string }): string {
  return plainWords[code] ?? message.replace(/\.$/, '');
}

const plainWords: Record<string, string> = {
  BAD_INDENT: 'This line is indented in a way that fits no line above',
  TAB_AS_INDENT: 'Tabs cannot indent YAML',
  MISSING_CHAR: 'Something is missing here: a closing quote or bracket, a comma, or a space',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line',
  BLOCK_AS_IMPLICIT_KEY: 'A map or list cannot start in the middle of a line here',
  BLOCK_IN_FLOW: 'Inside of brackets everything must be written with brackets',
  BAD_SCALAR_START: 'A plain value cannot start with this character; put it into quotes',
  BAD_DQ_ESCAPE: 'Double quotes know no such escape; use single quotes for a backslash that is meant as one',
  UNEXPECTED_TOKEN: 'This does not belong here',
  MULTIPLE_ANCHORS: 'A value can have one anchor',
  MULTIPLE_TAGS: 'A value can have one tag',
  BAD_ALIAS: 'An alias needs a name that ends before the next space',
  ALIAS_PROPS: 'An alias can have neither anchor nor tag',
  KEY_OVER_1024_CHARS: 'A key can have 1,024 characters at most',
};
