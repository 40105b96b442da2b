// Whoever the open folders configure to check tokens, with how their files are shown and where they are.
import type { Verifier } from '../checks/token-report.ts';
import { directoryOf, nameOf, pathWithin } from '../core/text/file-id.ts';
import type { Session } from './session.ts';

export interface VerifiersHere {
  readonly verifiers: readonly Verifier[];
  /** URI of a file by the path that it is shown with. */
  readonly uris: ReadonlyMap<string, string>;
}

/** Those of the document's folder come first. Waits until the folders are loaded. */
export async function verifiersHere(session: Session, token: string, uri: string | undefined): Promise<VerifiersHere> {
  const { workspaceVerifiers } = await import('../checks/workspace-verifiers.ts');
  const subjects = session.subjects();
  // Whose document it is, is known when its folder is loaded.
  await Promise.all(subjects.map(({ scope }) => scope.loaded()));
  const here = uri === undefined ? undefined : session.subjectOf(uri)?.scope;
  const ordered = [...subjects.filter(({ scope }) => scope === here), ...subjects.filter(({ scope }) => scope !== here)];
  const uris = new Map<string, string>();
  const verifiers: Verifier[] = [];
  for (const { scope, places } of ordered) {
    const { analyzer } = scope;
    verifiers.push(
      ...(await workspaceVerifiers(analyzer, token, {
        show(file) {
          const path = pathWithin(scope.root, file) ?? nameOf(file);
          uris.set(path, places.uriOf(file));
          return path;
        },
        listFolder: async folder => analyzer.files().filter(file => directoryOf(file) === folder),
        read: async file => analyzer.textOf(file),
      })),
    );
  }
  return { verifiers, uris };
}
