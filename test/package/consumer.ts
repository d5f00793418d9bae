import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Sources } from './consumer-sources.ts';

const ours = resolve('node_modules');

/**
 * What an app installs beside our package, linked to what is installed here, so that no registry is
 * asked: CDK or SDK, compiler and Jest. Our own package is really packed and installed. Its real path is
 * outside the checkout, so that nothing of ours is reachable from it but what an app has, too.
 */
const compiler = ['typescript', '@types/node'];
export const linkedToCdkApp = [...compiler, 'aws-cdk-lib', 'constructs', 'jest', '@types/jest'];
export const linkedToProducer = [
  ...compiler,
  '@aws-sdk/client-sqs',
  // Of an example.
  '@aws-sdk/client-secrets-manager',
];

/**
 * Stands for @swc/jest, which `cdk init` wants and which is large: it does the same, TypeScript to
 * CommonJS. By its path, so that the app cannot reach esbuild.
 */
const swcJest = `
const { transformSync } = require(${JSON.stringify(join(ours, 'esbuild'))});
exports.process = (source) => transformSync(source, { loader: 'ts', format: 'cjs' });
`;

/** Runs what an app would run: with no command of ours on its path, and nothing of npm's or Jest's. */
export async function run(cwd: string, command: string[], env: NodeJS.ProcessEnv = {}) {
  const [file = '', ...args] = command;
  try {
    const { stdout } = await promisify(execFile)(file, args, {
      cwd,
      env: {
        HOME: process.env.HOME,
        PATH: systemPath(),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        ...env,
      },
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}

export const runNode = (cwd: string, args: string[], env?: NodeJS.ProcessEnv) =>
  run(cwd, [process.execPath, ...args], env);

const systemPath = () =>
  process.env.PATH?.split(':')
    .filter((directory) => !directory.includes('node_modules'))
    .join(':');

/** Packs the checkout. */
export async function pack(directory: string): Promise<{ tarball: string; files: string[] }> {
  const options = [
    '--offline',
    '--ignore-scripts=false',
    '--json',
    '--pack-destination',
    directory,
  ];
  // Its build is run by our Node, as in `npm run`.
  const PATH = `${dirname(process.execPath)}:${systemPath()}`;
  const [packed] = JSON.parse(await run('.', ['npm', 'pack', '--silent', ...options], { PATH }));
  return {
    tarball: join(directory, packed.filename),
    files: packed.files.map(({ path }: { path: string }) => path),
  };
}

/** Makes the app that `cdk init` makes, from the templates the CDK's CLI brings along. */
export async function cdkInit(directory: string): Promise<void> {
  mkdirSync(directory);
  const cli = join(ours, 'aws-cdk/bin/cdk');
  const options = ['--language', 'typescript', '--generate-only', '--no-notices'];
  await runNode(directory, [cli, 'init', 'app', ...options]);
}

/** Writes the sources into the app, and installs the package there. */
export async function install(
  directory: string,
  { sources, tarball, linked }: { sources: Sources; tarball: string; linked: string[] },
) {
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const manifest = readJson(join(directory, 'package.json'));
  const dependencies = { 'superoffice-route-chat': `file:${tarball}` };
  // Without those of `cdk init`, which are linked.
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, devDependencies: {} }),
  );
  await run(directory, ['npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent']);

  const modules = join(directory, 'node_modules');
  for (const name of linked) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ours, name), join(modules, name));
  }
  mkdirSync(join(modules, '@swc/jest'), { recursive: true });
  writeFileSync(join(modules, '@swc/jest/index.js'), swcJest);
}

export const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
