// Quoted values and brackets whose lines stand further left than YAML's grammar asks for: a key pasted as it came, say. The reader that Compose
// uses takes them, and so it is no mistake.
import { Composer, type Document, Lexer, type ParsedNode, type ParseOptions, Parser } from 'yaml';

/** What the library's lexer keeps to itself: how far in the next line of a value has to stand, and how it goes on. */
interface Within {
  indentNext: number;
  parseNext(state: string): Generator<string, string>;
  parseQuotedScalar(): Generator<string, string>;
}

/** The documents of a text; undefined where it is wrong in other ways too. */
export function parseUnindented(text: string, options: ParseOptions): readonly Document.Parsed<ParsedNode>[] | undefined {
  const lexer = unindentedLexer();
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
    yield* parser.end();
  }
  const documents = [...new Composer<ParsedNode>(options).compose(tokens())];
  return documents.some(({ errors }) => errors.length > 0) ? undefined : documents;
}

/** Asks for no indentation within quotes and brackets. */
function unindentedLexer(): Lexer {
  const lexer = new Lexer();
  const within = lexer as unknown as Within;
  const { parseNext, parseQuotedScalar } = within;
  within.parseNext = state => (state === 'flow' ? anywhere(within, parseNext.call(within, state)) : parseNext.call(within, state));
  within.parseQuotedScalar = () => anywhere(within, parseQuotedScalar.call(within));
  return lexer;
}

function* anywhere(lexer: Within, steps: Generator<string, string>): Generator<string, string> {
  const { indentNext } = lexer;
  lexer.indentNext = 0;
  const next = yield* steps;
  lexer.indentNext = indentNext;
  return next;
}
