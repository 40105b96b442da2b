// Which rules there are, and where their pages lie: all that an editor's server needs of the rule table, whose sentences would be a hundredth of
// its size. Generated with it by `npm run generate`.
import table from './rule-paths.json';

/** Path of each rule's page below the repository, by the rule's id. */
export const rulePaths: ReadonlyMap<string, string> = new Map(
  Object.entries<Record<string, readonly string[]>>(table).flatMap(([folder, families]) =>
    Object.entries(families).flatMap(([family, names]) => names.map(name => [`${family}/${name}`, `${folder}/${name}.md`] as const)),
  ),
);
