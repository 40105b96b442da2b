// The rules' pages, which the build puts beside the bundles.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Markdown of every page by rule id; empty where the command line runs without its other files. */
export function readRulePages(dist: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(dist, 'rule-pages.json'), 'utf8'));
  } catch {
    return {};
  }
}
