// How a scan proves who it is: three rules ask what its kind of authentication lacks.
import { type CommandModel, type Invocation, optionsNamed, runs } from './model.ts';
import type { Word } from './shell.ts';

/** Scans that are told to authenticate in a certain way, each with the word that says so. */
export function* scansBy(authType: string, { invocations }: CommandModel): Generator<{ readonly scan: Invocation; readonly said: Word }> {
  for (const scan of invocations) {
    const said = runs(scan, 'nat', 'scan') ? optionsNamed(scan, '--auth-type')[0]?.value : undefined;
    if (said?.text === authType) yield { scan, said };
  }
}
