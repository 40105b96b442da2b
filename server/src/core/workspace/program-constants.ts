// Constants that one program of the workspace takes from another: subjects often stand together in a file of their own.
import { constantIn, type SourceProgram } from '../nats-usage/model.ts';
import type { Piece, Unknown } from '../nats-usage/values.ts';
import { directoryOf, nameOf } from '../text/file-id.ts';

export class ProgramConstants {
  readonly #sources: readonly SourceProgram[];
  readonly #known = new Map<string, string | undefined>();

  constructor(sources: readonly SourceProgram[]) {
    this.#sources = sources;
  }

  /** The pieces of an expression of `asker`, with the constants of other files in place of their names. */
  fill(asker: SourceProgram, pieces: readonly Piece[]): readonly Piece[] {
    if (pieces.every(piece => typeof piece === 'string' || !piece.name)) return pieces;
    return pieces.map(piece => (typeof piece === 'string' ? piece : (this.#find(asker, piece) ?? piece)));
  }

  #find(asker: SourceProgram, { name, from }: Unknown): string | undefined {
    if (!name || from === undefined) return undefined;
    const key = `${asker.facts.syntax} ${from === '.' ? directoryOf(asker.file) : from} ${name.join('.')}`;
    if (!this.#known.has(key)) {
      const holders = this.#sources.filter(source => source !== asker && mayHold(source, asker, name, from));
      const values = new Set(holders.flatMap(source => constantIn(source, name) ?? []));
      // Two files of one name may stand for two programs: then nobody knows which is meant.
      this.#known.set(key, values.size === 1 ? [...values][0] : undefined);
    }
    return this.#known.get(key);
  }
}

/** Whether a file is one that the name may come from. */
function mayHold({ file, text, facts }: SourceProgram, asker: SourceProgram, name: readonly string[], from: string): boolean {
  if (facts.syntax !== asker.facts.syntax) return false;
  if (from === '') return new RegExp(`\\b(?:class|interface|enum|record|struct)\\s+${name.at(-2)}\\b`).test(text);
  if (from === '.') return directoryOf(file) === directoryOf(asker.file);
  if (facts.syntax === 'go') return new RegExp(`^package ${from}\\b`, 'm').test(text);
  const module = nameOf(file).replace(/\.\w+$/, '');
  const folder = nameOf(directoryOf(file));
  return [from, name[0]].includes(/^(?:index|__init__|mod)$/.test(module) ? folder : module);
}
