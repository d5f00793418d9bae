/** Lets one run of `start` be under way at a time: who calls meanwhile waits for that one. */
export function singleFlight<Arguments extends unknown[], Value>(
  start: (...args: Arguments) => Promise<Value>,
) {
  let inFlight: Promise<Value> | undefined;
  return {
    run(...args: Arguments): Promise<Value> {
      inFlight ??= start(...args).finally(() => {
        inFlight = undefined;
      });
      return inFlight;
    },
    isUnderWay: () => inFlight !== undefined,
  };
}
