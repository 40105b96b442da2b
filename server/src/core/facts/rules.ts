// The rule table as data: generated from the rules and their pages by `npm run generate`, so that the core can name a rule
// without importing it.
import table from './rules.json';

export interface RuleFact {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly stage: 'parse' | 'start' | null;
  /** First sentence of the rule's page. */
  readonly summary: string;
  /** Whether its page shows a fix. */
  readonly fixable: boolean;
  readonly since: string;
  /** Path of the page below the repository. */
  readonly page: string;
}

export const ruleFacts: ReadonlyMap<string, RuleFact> = new Map((table as RuleFact[]).map(fact => [fact.id, fact]));
