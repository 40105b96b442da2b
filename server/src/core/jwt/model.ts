// The tokens of one text, and what the text is: the model of every rule about tokens.
import type { BuildContext, LanguageId, SourceFile } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { parseTokens, type Token } from './parser.ts';

export interface JwtModel {
  readonly file: FileId;
  readonly fileKind: FileKind;
  /** Language that owns the file around the tokens. */
  readonly owner: LanguageId | undefined;
  readonly tokens: readonly Token[];
}

export function buildModel(file: SourceFile, context: Pick<BuildContext, 'settings' | 'owner'>): JwtModel {
  const tokens = parseTokens(file.text);
  return { file: file.id, fileKind: fileKind(file.id, context.settings.root), owner: context.owner, tokens };
}
