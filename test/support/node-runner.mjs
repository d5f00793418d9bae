import { availableParallelism } from 'node:os';
import LightRunner from 'jest-light-runner';

/** No more threads than cores: each loads every module once, and its tests never wait. */
export default class extends LightRunner {
  constructor({ maxWorkers, ...config }, ...more) {
    super({ ...config, maxWorkers: Math.min(maxWorkers, availableParallelism()) }, ...more);
  }
}
