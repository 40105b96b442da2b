// Work that may take a while: after a moment the person sees it, and can stop it.
import { type CancellationToken, ProgressLocation, window } from 'vscode';

/** The answer, or undefined where the person stopped the work. */
export async function withProgress<Result>(
  title: string,
  work: (cancellation: CancellationToken) => Promise<Result>,
): Promise<Result | undefined> {
  const options = { location: ProgressLocation.Notification, title: `Authlint: ${title}`, cancellable: true };
  return window.withProgress(options, async (_, cancellation) => {
    try {
      return await work(cancellation);
    } catch (error) {
      if (cancellation.isCancellationRequested) return undefined;
      throw error;
    }
  });
}
