import { registerHooks } from 'node:module';
import { bind } from 'jest-each';

// What jest-light-runner leaves to us: tests that import Jest's globals, run side by side, and end where they hang.

const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis as unknown as typeof import('@jest/globals');
// The true ones, whatever time a test lets pass.
const { setTimeout, clearTimeout } = globalThis;
type Test = () => unknown;

/** As Jest's own: five seconds, what the file set, or what stands behind the test. */
const fileLimitsMs = new Map<string | undefined, number>();
const file = () => expect.getState().testPath;
const limitOf = (limitMs?: number) => limitMs ?? fileLimitsMs.get(file()) ?? 5_000;

async function withinLimit(test: Test, limitMs: number, what = 'test'): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const hangs = () => reject(new Error(`The ${what} was still running after ${limitMs} ms.`));
  const timer = setTimeout(hangs, limitMs);
  try {
    await Promise.race([test(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

const limitedIt = (name: string, test: Test, limitMs?: number) =>
  it(name, () => withinLimit(test, limitOf(limitMs)));

const limitedHook = (hook: typeof beforeAll) => (run: Test, limitMs?: number) =>
  hook(() => withinLimit(run, limitOf(limitMs), 'hook'));

/** The first of a file starts all of them, at most this many at once. */
const sideBySide = 5;
const waiting = new Map<string | undefined, (() => Promise<void>)[]>();

function concurrentIt(name: string, test: Test, limitMs?: number) {
  const of = file();
  const starts = waiting.get(of) ?? [];
  waiting.set(of, starts);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Whoever waits for it comes later; until then nobody has to know.
  promise.catch(() => {});
  starts.push(() => withinLimit(test, limitOf(limitMs)).then(resolve, reject));
  it(name, () => {
    startAll(starts);
    return promise;
  });
}

function startAll(starts: (() => Promise<void>)[]): void {
  const all = starts.splice(0);
  const startNext = () => void all.shift()?.().then(startNext);
  for (let one = 0; one < sideBySide; one++) startNext();
}

const eachOf = (of: typeof limitedIt) => Object.assign(of, { each: bind(of, false) });

const globals = {
  afterAll: limitedHook(afterAll),
  afterEach: limitedHook(afterEach),
  beforeAll: limitedHook(beforeAll),
  beforeEach: limitedHook(beforeEach),
  describe,
  expect,
  jest: { ...jest, setTimeout: (limitMs: number) => fileLimitsMs.set(file(), limitMs) },
  it: Object.assign(eachOf(limitedIt), { concurrent: eachOf(concurrentIt) }),
};
Object.assign(globalThis, globals);

const url = `data:text/javascript,export const { ${Object.keys(globals)} } = globalThis`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url, shortCircuit: true } : next(specifier, context),
});
