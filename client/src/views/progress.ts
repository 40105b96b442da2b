// Work that may take a while: after a moment the person sees it, and can stop it. What is done at once shows nothing.
import { type CancellationToken, CancellationTokenSource, ProgressLocation, window } from 'vscode';

/** Milliseconds. */
const moment = 700;

/** The answer, or undefined where the person stopped the work. */
export async function withProgress<Result>(
  title: string,
  work: (cancellation: CancellationToken) => Promise<Result>,
): Promise<Result | undefined> {
  const stop = new CancellationTokenSource();
  const result = work(stop.token).catch(error => {
    if (stop.token.isCancellationRequested) return undefined;
    throw error;
  });
  const isLate = await Promise.race([
    result.then(
      () => false,
      () => false,
    ),
    new Promise<boolean>(resolve => setTimeout(() => resolve(true), moment)),
  ]);
  if (isLate) {
    const options = { location: ProgressLocation.Notification, title: `Authlint: ${title}`, cancellable: true };
    await window.withProgress(options, (_, cancellation) => {
      cancellation.onCancellationRequested(() => stop.cancel());
      return result.then(
        () => undefined,
        () => undefined,
      );
    });
  }
  return result;
}
