// A mistyped variable is read by nobody, and nothing says so: the service runs with its default.
import { renameEntry } from '../../../compose/edit-entry.ts';
import { productsOf } from '../../../compose/image.ts';
import type { Service } from '../../../compose/project.ts';
import { meaningOf, switchOf } from '../../../environment/meaning.ts';
import { meantName } from '../../../environment/near-name.ts';
import type { Settings } from '../../../lint/settings.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/unknown-env',
  severity: 'hint',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ services, settings }) {
    for (const { service } of services) {
      const products = productsIn(service, settings);
      for (const entry of service.environment.values()) {
        for (const product of products) {
          const meant = meantName(entry.name, product, settings);
          // Where the known name is set too, this one is something else.
          if (meant === undefined || service.environment.has(meant)) continue;
          const edit = renameEntry(entry, meant);
          yield {
            file: entry.file,
            span: entry.nameSpan,
            message: `${product ? `${product} reads no` : 'Hardly any program reads'} \`${entry.name}\`, so \`${service.name}\` probably runs with a default instead. Did you mean \`${meant}\`?`,
            ...(edit ? { fix: { title: `Rename it to ${meant}`, safety: 'unsafe' as const, edits: () => [edit] } } : {}),
          };
          break;
        }
      }
    }
  },
});

/** Products that the image or another variable speaks of; `undefined` stands for programs that read the usual names. */
function productsIn(service: Service, settings: Settings): ReadonlySet<string | undefined> {
  const products = new Set<string | undefined>(productsOf(service));
  for (const name of service.environment.keys()) {
    const fact = meaningOf(name, settings) ?? switchOf(name, settings);
    if (fact) products.add(fact.product);
  }
  return products;
}
