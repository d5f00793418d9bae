import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import {
  type CloudFormationStandIn,
  startCloudFormation,
} from '../../stand-ins/cloudformation/server.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { receivedResult } from '../support/received-result.ts';
import {
  cdkInit,
  install,
  linkedToCdkApp,
  linkedToProducer,
  pack,
  readJson,
  run,
  runNode,
} from './consumer.ts';
import { esModuleApp, exampleStacks, inCdkInitApp, producer } from './consumer-sources.ts';

jest.setTimeout(120_000);

const directory = mkdtempSync(join(tmpdir(), 'route-chat-package-'));
const commonJs = join(directory, 'consumer');
const esModule = join(directory, 'es-module');
const producers = (['commonjs', 'module'] as const).map((type) => ({
  type,
  app: join(directory, `producer-${type}`),
}));
let files: string[];

beforeAll(async () => {
  for (const app of [esModule, ...producers.map((each) => each.app)]) mkdirSync(app);
  const [{ tarball, files: packed }] = await Promise.all([pack(directory), cdkInit(commonJs)]);
  files = packed;
  const linked = linkedToCdkApp;
  const withSdk = [...linked, '@aws-sdk/client-sqs'];
  await install(commonJs, { sources: inCdkInitApp, tarball, linked: withSdk });
  await install(esModule, { sources: { ...esModuleApp, ...exampleStacks }, tarball, linked });
  for (const { type, app } of producers) {
    await install(app, { sources: producer(type), tarball, linked: linkedToProducer });
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

const awsVariables = {
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
};

const tsc = 'node_modules/typescript/bin/tsc';

/** What the CDK's CLI would run, with the context of the app's cdk.json; the bundles it would deploy. */
async function synthesize(app: string, entry: string): Promise<string[]> {
  const outdir = join(app, 'cdk.out');
  const { context = {} } = readJson(join(app, 'cdk.json'));
  await runNode(app, [entry], {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    // Of templates; it costs two seconds, and the stack's tests have it.
    CDK_VALIDATION: 'false',
  });
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
      /^((README|CHANGELOG|docs\/[\w-]+)\.md|LICENSE|package\.json|contract\/(examples\/)?[\w.-]+\.json|dist\/(index\.js|cli\/[\w-]+\.mjs|(contract|client)\.(js|mjs|d\.mts)|package\.json|functions\/[\w-]+\/index\.mjs|types\/(exports|lib|contract|client|functions|runtime|superoffice)\/.*\.d\.ts))$/;

    expect(files.filter((file) => !published.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(globSync('contract/{,examples/}*.json').sort()));
  });

  it('holds the runbook that alarms name, and what that leads to', () => {
    const links = readFileSync('docs/runbook.md', 'utf8').matchAll(/]\(([\w./-]+\.md)/g);
    const linked = Array.from(links, ([, path = '']) => join('docs', path));

    expect(linked).toEqual(expect.arrayContaining(['docs/operations.md', 'docs/credentials.md']));
    expect(files).toEqual(expect.arrayContaining(['docs/runbook.md', ...linked]));
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
  it('type-checks with our declarations, examples and all, and synthesizes our very bundles', async () => {
    await runNode(esModule, [tsc]);

    expect(await synthesize(esModule, 'app.ts')).toEqual(ourBundles());
  });

  it('handles results without an SDK', async () => {
    const program = `
      import { adviceFor, createResultHandler } from 'superoffice-route-chat/client';
      const handler = createResultHandler({ otherwise: () => undefined });
      console.log(JSON.stringify(await handler({ Records: [] })), adviceFor({ outcome: 'assigned' }).doNow);`;

    const printed = await runNode(esModule, ['--input-type=module', '--eval', program]);

    expect(printed).toBe('{"batchItemFailures":[]} nothing\n');
  });
});

describe('the command line', () => {
  let sqs: SqsStandIn;
  let cloudFormation: CloudFormationStandIn;

  beforeAll(async () => {
    const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
    sqs = await startSqs({ queues: [{ name: 'events.fifo', ...settings }] });
    const outputs = { EventQueueUrl: sqs.queueUrl('events.fifo') };
    cloudFormation = await startCloudFormation({ stacks: [{ stackName: 'Old', outputs }] });
  });
  afterAll(() => Promise.all([sqs.close(), cloudFormation.close()]));

  const runBin = (...words: string[]) =>
    run(esModule, ['node_modules/.bin/superoffice-route-chat', ...words], {
      ...awsVariables,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    });

  it('sends an event where no SDK is installed, and no dry run to a stack that would not know it', async () => {
    const printed = await runBin('send', '648', '8', '--stack', 'Old');

    expect(printed).toMatch(/^chat 648 → 8: sent, event message id /);
    await expect(runBin('send', '648', '8', '--stack', 'Old', '--dry-run')).rejects.toThrow(
      '--stack: expected a stack of route chat with the output LogGroupName; Old has none.',
    );
    expect(
      sqs
        .queue('events.fifo')
        .messages()
        .map(({ body }) => JSON.parse(body)),
    ).toEqual([{ chatSessionId: 648, toAssociate: 8 }]);
  });

  it('says what commands there are, and keeps its options from Node', async () => {
    expect(await runBin('--help')).toMatch(/^ {2}send /m);
    await expect(runBin('send', '648', '8', '--env-file', 'none.env')).rejects.toThrow(
      '--env-file: none.env cannot be read (no such file or directory).',
    );
  });
});

describe('a producer by the documentation', () => {
  let sqs: SqsStandIn;

  beforeAll(async () => {
    const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
    sqs = await startSqs({
      queues: ['events.fifo', 'results.fifo'].map((name) => ({ name, ...settings })),
    });
  });
  afterAll(() => sqs.close());

  it.each(producers)('type-checks and runs without CDK: $type', async ({ app }) => {
    const [events, results] = [sqs.queue('events.fifo'), sqs.queue('results.fifo')];
    for (const queue of [events, results]) queue.purge();
    results.send({ body: JSON.stringify(receivedResult('failed')), groupId: '648' });
    await runNode(app, [tsc]);

    const printed = await runNode(app, ['out/main.js'], {
      ...awsVariables,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      EVENT_QUEUE_URL: sqs.queueUrl('events.fifo'),
      RESULT_QUEUE_URL: sqs.queueUrl('results.fifo'),
    });

    expect(events.messages().map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ chatSessionId: 648, toAssociate: 8, requestId: 'r-1' }),
    ]);
    expect(printed).toContain('failed');
    expect(printed).toContain('{"batchItemFailures":[]}');
    expect(results.messages()).toEqual([]);
    expect(() => createRequire(join(app, 'out/main.js')).resolve('aws-cdk-lib')).toThrow();
  });
});
