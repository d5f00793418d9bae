import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cdkInit, install, pack, readJson, runNode } from './consumer.ts';
import { esModuleApp, inCdkInitApp } from './consumer-sources.ts';

jest.setTimeout(120_000);

const directory = mkdtempSync(join(tmpdir(), 'route-chat-package-'));
const commonJs = join(directory, 'consumer');
const esModule = join(directory, 'es-module');
let files: string[];

beforeAll(async () => {
  mkdirSync(esModule);
  const [packed] = await Promise.all([pack(directory), cdkInit(commonJs)]);
  files = packed.files;
  await install(commonJs, inCdkInitApp, packed.tarball);
  await install(esModule, esModuleApp, packed.tarball);
});
afterAll(() => rmSync(directory, { recursive: true }));

const tsc = 'node_modules/typescript/bin/tsc';

/** What the CDK's CLI would run, with the context of the app's cdk.json; the bundles it would deploy. */
async function synthesize(app: string, entry: string): Promise<string[]> {
  const outdir = join(app, 'cdk.out');
  const { context = {} } = readJson(join(app, 'cdk.json'));
  await runNode(app, [entry], { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) });
  const { files: assets } = readJson(join(outdir, 'ConsumerStack.assets.json'));
  return Object.values(assets as Record<string, { source: { path: string; packaging: string } }>)
    .filter(({ source }) => source.packaging === 'zip')
    .map(({ source }) => bundleIn(join(outdir, source.path)))
    .sort();
}

/** Names and content of the files of an asset. */
const bundleIn = (asset: string) =>
  globSync('**', { cwd: asset, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${name} ${hashOf(join(parentPath, name))}`)
    .join();

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const ourBundles = () =>
  globSync('dist/functions/*/index.mjs')
    .map((file) => bundleIn(dirname(file)))
    .sort();

describe('the package', () => {
  it('holds what it exports, and neither tests nor tools nor sources', () => {
    const published =
      /^((README|CHANGELOG)\.md|LICENSE|package\.json|contract\/(examples\/)?[\w.-]+\.json|dist\/(index\.js|contract\.(js|mjs|d\.mts)|package\.json|functions\/[\w-]+\/index\.mjs|types\/(exports|lib|contract|functions|runtime|superoffice)\/.*\.d\.ts))$/;

    expect(files.filter((file) => !published.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(globSync('contract/{,examples/}*.json').sort()));
  });

  it('brings no dependency along, and leaves it to a producer to have no CDK', () => {
    const manifest = readJson(join(commonJs, 'node_modules/superoffice-route-chat/package.json'));

    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    for (const peer of Object.keys(manifest.peerDependencies)) {
      expect(manifest.peerDependenciesMeta[peer]).toEqual({ optional: true });
    }
  });

  it.each(['esbuild', 'valibot', 'cdk-nag', 'ky'])(
    'cannot reach %s where it is installed',
    (name) => {
      const installed = createRequire(
        join(esModule, 'node_modules/superoffice-route-chat/dist/x.js'),
      );

      expect(() => installed.resolve(name)).toThrow('Cannot find module');
      expect(installed.resolve('aws-cdk-lib')).toMatch(/aws-cdk-lib/);
    },
  );
});

describe('an app that cdk init made', () => {
  it('type-checks under its own settings, and synthesizes our very bundles', async () => {
    // Emits as well, for Node: `cdk init` runs its app by tsx, which brings esbuild along.
    await runNode(commonJs, [tsc, '--noEmit', 'false', '--outDir', 'out']);

    expect(await synthesize(commonJs, 'out/bin/consumer.js')).toEqual(ourBundles());
  });

  it('passes its tests under its own Jest', async () => {
    await runNode(commonJs, ['node_modules/jest/bin/jest.js', '--ci']);
  });
});

describe('an app of ES modules', () => {
  it('type-checks with our declarations, and synthesizes our very bundles', async () => {
    await runNode(esModule, [tsc]);

    expect(await synthesize(esModule, 'app.ts')).toEqual(ourBundles());
  });
});
