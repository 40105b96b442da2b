// Which keys the Compose specification knows, for the parts of a file that Authlint reads.
import table from './compose-schema.json';

/** Keys of the whole file, beside those that start with `x-`. */
export const topLevelKeys: ReadonlySet<string> = new Set(table.topLevel);
/** Keys of a service, beside those that start with `x-`. */
export const serviceKeys: ReadonlySet<string> = new Set(table.service);
/** Keys of the long form of an `env_file` entry. */
export const envFileKeys: ReadonlySet<string> = new Set(table.envFile);
/** Keys of the long form of `extends`. */
export const extendsKeys: ReadonlySet<string> = new Set(table.extends);
