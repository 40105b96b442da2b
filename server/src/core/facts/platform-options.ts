// The `auth` block of a NeMo Platform configuration: fields, types, defaults and what they mean.
import data from './platform-options.json' with { type: 'json' };

export type PlatformFieldType = 'boolean' | 'number' | 'string' | 'list' | 'map';

export interface PlatformField {
  readonly type: PlatformFieldType;
  /** A sentence or two. Markdown. */
  readonly says: string;
  readonly default?: boolean | number | string | readonly string[];
  /** The only values it takes. */
  readonly values?: readonly string[];
  /** Of a map. */
  readonly fields?: Readonly<Record<string, PlatformField>>;
}

/** Fields of `auth`, by name. */
export const platformFields = data.auth as unknown as Readonly<Record<string, PlatformField>>;

/** The field at a path below `auth` (`['oidc', 'issuer']`). */
export function platformField(path: readonly string[]): PlatformField | undefined {
  let fields: Readonly<Record<string, PlatformField>> | undefined = platformFields;
  let found: PlatformField | undefined;
  for (const name of path) {
    found = fields?.[name];
    if (!found) return undefined;
    fields = found.fields;
  }
  return found;
}
