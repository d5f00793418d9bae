/**
 * Opens the connection that the next call to this origin takes, and sends nothing on it. Resolves when
 * it stands, or could not be made: whoever calls next makes its own, or finds why not. Never rejects.
 *
 * fetch has no word for that. Its dispatcher is given a request, which is taken back the moment it
 * could leave. Sent, it would take an answer's time, a HEAD would close the connection
 * (https://github.com/nodejs/undici/issues/258), and it would be one more call that SuperOffice gets.
 */
export async function openConnection(origin: string): Promise<void> {
  // fetch makes its dispatcher as it is loaded, which this does.
  new Headers();
  const dispatcher = (globalThis as { [fetchDispatcher]?: Dispatcher })[fetchDispatcher];
  await new Promise<void>((resolve) => {
    dispatcher?.dispatch(
      { origin, path: '/', method: 'GET' },
      {
        onRequestStart() {
          throw new Error('Taken back.');
        },
        onResponseError: () => resolve(),
      },
    ) ?? resolve();
  }).catch(() => undefined);
}

/** Where undici, which is Node's fetch, keeps it. */
const fetchDispatcher = Symbol.for('undici.globalDispatcher.1');

/** As much of undici's Dispatcher as is needed. */
type Dispatcher = {
  dispatch(
    request: { origin: string; path: string; method: string },
    handler: { onRequestStart(): void; onResponseError(): void },
  ): boolean;
};
