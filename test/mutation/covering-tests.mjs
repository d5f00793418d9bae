import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

// Stryker's runner for jest loads every test file that imports the mutant's, and skips in it the
// tests that do not cover the mutant; loading costs ten times what the tests do. Here only files
// with covering tests are loaded, the likeliest first: most mutants die in their own file's tests.

const [jest] = jestPlugins;

/** In the sandbox, which is every runner's working directory: which files a test stands in. */
const testFilesPath = 'test-files.json';

function createRunner(injector) {
  const runner = jest.factory(injector);
  const { jestTestAdapter } = runner;
  const dryRun = runner.dryRun.bind(runner);
  const mutantRun = runner.mutantRun.bind(runner);
  const run = jestTestAdapter.run.bind(jestTestAdapter);
  let testFiles;

  jestTestAdapter.run = (settings) => run(testFiles ? { ...settings, testFiles } : settings);

  runner.dryRun = async (options) => {
    const result = await dryRun(options);
    const standsIn = {};
    for (const { id, fileName } of result.tests ?? []) {
      standsIn[id] = [...new Set([...(standsIn[id] ?? []), fileName])];
    }
    await writeFile(testFilesPath, JSON.stringify(standsIn));
    return result;
  };

  runner.mutantRun = async (options) => {
    const standsIn = JSON.parse(await readFile(testFilesPath, 'utf8'));
    const ids = options.testFilter ?? Object.keys(standsIn);
    const covering = new Set(ids.flatMap((id) => standsIn[id] ?? []));
    const distance = distanceFrom(options.sandboxFileName);
    const byDistance = Object.groupBy(covering, distance);

    let result;
    for (const files of Object.values(byDistance)) {
      testFiles = files;
      result = await mutantRun(options);
      if (result.status !== 'survived') break;
    }
    return result;
  };

  return runner;
}
createRunner.inject = jest.factory.inject;

/** 0 for a file's own tests, 1 for those of its folder, 2 for all others. */
function distanceFrom(mutated) {
  const own = new RegExp(`^${basename(mutated, '.ts')}(-.*)?\\.test\\.ts$`);
  const folder = basename(dirname(mutated));
  return (file) => (own.test(basename(file)) ? 0 : basename(dirname(file)) === folder ? 1 : 2);
}

export const strykerPlugins = [{ ...jest, name: 'covering-tests', factory: createRunner }];
export { strykerValidationSchema } from '@stryker-mutator/jest-runner';
