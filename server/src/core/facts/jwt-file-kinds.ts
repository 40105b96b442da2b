// Names by which people mark files whose tokens are not for use: fixtures, tests, examples, documentation; and logs.
import table from './jwt-file-kinds.json';

const patterns = (sources: readonly string[], flags = 'i') => sources.map(source => new RegExp(source, flags));

/** Names of folders are compared in lower case; patterns are for file names. */
export const fileKindFacts = {
  fixture: { folders: new Set(table.fixtureFolders), names: patterns(table.fixtureNames) },
  test: { folders: new Set(table.testFolders), names: [...patterns(table.testNames), ...patterns(table.testClassNames, '')] },
  example: { folders: new Set(table.exampleFolders), names: patterns(table.exampleNames) },
  documentation: { folders: new Set(table.documentationFolders), names: patterns(table.documentationNames) },
  log: { folders: new Set<string>(), names: patterns(table.logNames) },
} as const;
