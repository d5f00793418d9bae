import { registerHooks } from 'node:module';
import { bind } from 'jest-each';

// What jest-light-runner leaves to us: tests that import Jest's globals, and an end for one that hangs.

const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis as unknown as typeof import('@jest/globals');
// The true ones, whatever time a test lets pass.
const { setTimeout, clearTimeout } = globalThis;
type Test = () => unknown;

/** As Jest's own, whose limit it has: five seconds, or what stands behind the test. */
const limitedIt = (name: string, test: Test, limitMs = 5_000) =>
  it(name, () => withinLimit(test, limitMs));

async function withinLimit(test: Test, limitMs: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const hangs = () => reject(new Error(`The test was still running after ${limitMs} ms.`));
  const timer = setTimeout(hangs, limitMs);
  try {
    await Promise.race([test(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

const globals = {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  it: Object.assign(limitedIt, { each: bind(limitedIt, false) }),
};
Object.assign(globalThis, globals);

const url = `data:text/javascript,export const { ${Object.keys(globals)} } = globalThis`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url, shortCircuit: true } : next(specifier, context),
});
