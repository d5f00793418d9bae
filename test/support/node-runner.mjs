import { availableParallelism } from 'node:os';
import LightRunner from 'jest-light-runner';

const onlyCompute = new Set(['unit', 'stack']);
const computes = ({ context }) => onlyCompute.has(context.config.displayName.name);

/**
 * Tests in threads of plain Node, each of which loads every module once. Tests that wait for real timeouts
 * have as many threads as Jest has workers. Those that only compute have one for each core, and fill
 * the gaps at the end: they begin when all others have begun.
 */
export default class NodeRunner {
  constructor(globalConfig) {
    this.globalConfig = globalConfig;
  }

  async runTests(tests, watcher, onStart, onResult, onFailure) {
    const run = (some, maxWorkers, started) =>
      new LightRunner({ ...this.globalConfig, maxWorkers }).runTests(
        some,
        watcher,
        started,
        onResult,
        onFailure,
      );
    const { maxWorkers } = this.globalConfig;
    const cores = Math.min(maxWorkers, availableParallelism());
    const computing = tests.filter(computes);
    const waiting = tests.filter((test) => !computes(test));

    const { promise: allBegun, resolve } = Promise.withResolvers();
    let notBegun = waiting.length;
    if (notBegun === 0) resolve();
    const begin = async (test) => {
      await onStart(test);
      notBegun -= 1;
      if (notBegun === 0) resolve();
    };
    await Promise.all([
      run(waiting, maxWorkers, begin),
      allBegun.then(() => run(computing, cores, onStart)),
    ]);
  }
}
