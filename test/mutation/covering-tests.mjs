import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

// Stryker's runner for jest loads every test file that imports the mutant's, and skips in it the
// tests that do not cover the mutant; loading costs ten times what the tests do. Here only files
// with covering tests are loaded, and first the mutant's own: most mutants die there.

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
    const covering = [...new Set(ids.flatMap((id) => standsIn[id] ?? []))];
    const mutated = basename(options.sandboxFileName, '.ts');
    const isOwn = (file) => new RegExp(`^${mutated}(-.*)?\\.test\\.ts$`).test(basename(file));

    let result;
    for (const files of [covering.filter(isOwn), covering.filter((file) => !isOwn(file))]) {
      if (files.length > 0) {
        testFiles = files;
        result = await mutantRun(options);
        if (result.status !== 'survived') {
          return result;
        }
      }
    }
    return result;
  };

  return runner;
}
createRunner.inject = jest.factory.inject;

export const strykerPlugins = [{ ...jest, name: 'covering-tests', factory: createRunner }];
export { strykerValidationSchema } from '@stryker-mutator/jest-runner';
