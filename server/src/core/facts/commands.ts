// Programs that people type credentials into: their options, subcommands that exist, and those that articles invent.
import data from './commands.json' with { type: 'json' };

export interface OptionFact {
  /** Its long name, or the short one where it has no other. */
  readonly name: string;
  /** What it means, in a sentence. Markdown. */
  readonly says: string;
  /** Whether a value belongs to it. */
  readonly takes: boolean;
  /** Its value is a secret by itself. */
  readonly secret: boolean;
}

export interface InventedCommand {
  /** Words behind the program, joined by a space. */
  readonly words: string;
  /** What really does it, as a command line. */
  readonly instead: string;
  /** Why, in a sentence. */
  readonly says: string;
}

export interface ProgramFact {
  readonly name: string;
  readonly says: string;
  /** By every spelling: `-H` and `--header` lead to the same. */
  readonly options: ReadonlyMap<string, OptionFact>;
  readonly subcommands: ReadonlySet<string>;
  readonly invented: readonly InventedCommand[];
  readonly source: string;
}

interface Row {
  readonly says: string;
  readonly source: string;
  readonly subcommands?: readonly string[];
  readonly invented?: readonly InventedCommand[];
  readonly options: Readonly<
    Record<string, { readonly short?: string; readonly says: string; readonly takes?: boolean; readonly secret?: boolean }>
  >;
}

function toFact(name: string, row: Row): ProgramFact {
  const options = new Map<string, OptionFact>();
  for (const [long, { short, says, takes = true, secret = false }] of Object.entries(row.options)) {
    const fact = { name: long, says, takes, secret };
    options.set(long, fact);
    if (short) options.set(short, fact);
  }
  return { name, says: row.says, options, subcommands: new Set(row.subcommands ?? []), invented: row.invented ?? [], source: row.source };
}

export const commandFacts: ReadonlyMap<string, ProgramFact> = new Map(
  Object.entries(data as Record<string, Row>).map(([name, row]) => [name, toFact(name, row)]),
);
