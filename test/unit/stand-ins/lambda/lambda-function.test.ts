import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AccountConcurrency } from '../../../../stand-ins/lambda/account-concurrency.ts';
import {
  type LambdaCount,
  type LambdaFunction,
  startLambdaFunction,
} from '../../../../stand-ins/lambda/lambda-function.ts';

const handlerFile = (name: string) =>
  fileURLToPath(new URL(`../../../support/sandbox-handlers/${name}.mjs`, import.meta.url));

type Description = {
  pid: number;
  handled: number;
  context: Record<string, unknown>;
  remaining: number;
  environment: Record<string, string>;
};

describe('startLambdaFunction', () => {
  let fn: LambdaFunction;
  let lines: string[];
  let counts: LambdaCount[];
  let concurrency: AccountConcurrency;
  let lineCame = Promise.withResolvers<void>();

  const start = (options: { file?: string; timeoutSeconds?: number } = {}) => {
    lines = [];
    counts = [];
    concurrency = new AccountConcurrency();
    fn = startLambdaFunction({
      handlerFile: handlerFile(options.file ?? 'plain'),
      environment: { GREETING: 'hello' },
      timeoutSeconds: options.timeoutSeconds ?? 5,
      memoryMegabytes: 256,
      functionName: 'RouteChat',
      concurrency,
      asynchronous: { retryWaitsMs: [1, 1] },
      count: (metric) => counts.push(metric),
      logs: (line) => {
        lines.push(line);
        lineCame.resolve();
        lineCame = Promise.withResolvers();
      },
    });
    return fn;
  };

  const line = async (text: string) => {
    while (!lines.includes(text)) await lineCame.promise;
  };

  const describeSandbox = async () => (await fn.invoke({ do: 'describe' })) as Description;

  afterEach(() => fn.close());

  it('answers with what the handler returns, and null for nothing', async () => {
    start();

    const answers = [await fn.invoke({ do: 'wait', ms: 0 }), await fn.invoke({ do: 'nothing' })];

    expect(answers).toEqual([{ pid: expect.any(Number) }, null]);
  });

  it('tells the handler about itself and its time', async () => {
    start();

    const { context, remaining, environment } = await describeSandbox();

    expect(context).toMatchObject({
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
      functionName: 'RouteChat',
      invokedFunctionArn: expect.stringMatching(/function:RouteChat$/),
      memoryLimitInMB: '256',
    });
    expect(remaining).toBeGreaterThan(3000);
    expect(remaining).toBeLessThanOrEqual(5000);
    expect(environment).toMatchObject({ GREETING: 'hello', AWS_LAMBDA_LOG_FORMAT: 'JSON' });
  });

  it('hands down none of the variables of this process', async () => {
    process.env.NOT_FOR_THE_SANDBOX = 'secret';
    start();

    const { environment } = await describeSandbox();

    delete process.env.NOT_FOR_THE_SANDBOX;
    expect(environment).not.toHaveProperty('NOT_FOR_THE_SANDBOX');
    expect(environment).not.toHaveProperty('HOME');
  });

  it('reuses an idle sandbox, which has loaded its module once', async () => {
    start();

    const first = await describeSandbox();
    const second = await describeSandbox();

    expect(second).toMatchObject({ pid: first.pid, handled: 2 });
    expect(lines).toEqual(['loaded']);
    expect(fn.sandboxes).toBe(1);
  });

  it('runs what comes side by side in sandboxes of their own', async () => {
    start();

    const answers = await Promise.all([1, 2].map(() => fn.invoke({ do: 'wait', ms: 50 })));

    expect(new Set(answers.map((answer) => (answer as Description).pid)).size).toBe(2);
    expect(fn.sandboxes).toBe(2);
  });

  it('rejects with what the handler threw, and keeps the sandbox', async () => {
    start();

    await expect(fn.invoke({ do: 'throw' })).rejects.toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'too much',
    });
    expect(await describeSandbox()).toMatchObject({ handled: 2 });
  });

  it('rejects an answer that is not JSON', async () => {
    start();

    await expect(fn.invoke({ do: 'circular' })).rejects.toMatchObject({
      errorType: 'Runtime.MarshalError',
    });
  });

  it('kills what exceeds its time, even where it never yields', async () => {
    start({ timeoutSeconds: 0.3 });

    await expect(fn.invoke({ do: 'spin' })).rejects.toThrow(/Task timed out after 0.30 seconds/);
    expect(fn.sandboxes).toBe(0);
    expect(await describeSandbox()).toMatchObject({ handled: 1 });
  });

  it('rejects when the process ends by itself', async () => {
    start();

    await expect(fn.invoke({ do: 'exit' })).rejects.toThrow(/Runtime exited.*exit status 3/);
    expect(fn.sandboxes).toBe(0);
  });

  it('kills a busy sandbox before an idle one', async () => {
    start();
    await Promise.all([1, 2].map(() => fn.invoke({ do: 'wait', ms: 50 })));
    const hanging = fn.invoke({ do: 'hang' });
    const rejected = expect(hanging).rejects.toThrow(/Runtime exited.*signal: killed/);
    await line('hanging');

    const killed = fn.killOne();

    await rejected;
    expect(killed).toBe(true);
    expect(fn.sandboxes).toBe(1);
  });

  it('has nobody to kill before its first invocation', () => {
    start();

    expect(fn.killOne()).toBe(false);
  });

  it('rejects while the module cannot be loaded, and leaves no sandbox behind', async () => {
    start({ file: 'broken' });

    await expect(fn.invoke({})).rejects.toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'cannot load',
    });
    expect(fn.sandboxes).toBe(0);
  });

  it('runs nothing where the account has no concurrency left', async () => {
    start();
    const first = fn.invoke({ do: 'wait', ms: 0 });
    concurrency.takenByOthers = 999;

    await expect(fn.invoke({ do: 'wait', ms: 0 })).rejects.toThrow('Rate Exceeded');
    await first;
    await fn.invoke({ do: 'wait', ms: 0 });

    expect(counts).toEqual(['Throttles', 'Invocations', 'Invocations']);
    expect(lines).toEqual(['loaded']);
  });

  it('makes three attempts, asynchronously', async () => {
    start();

    await expect(fn.enqueue({ do: 'throw' })).rejects.toThrow('too much');

    const attempt: LambdaCount[] = ['Invocations', 'Errors'];
    expect(counts).toEqual([...attempt, ...attempt, ...attempt, 'AsyncEventsDropped']);
  });

  it('rejects what is under way when it is closed', async () => {
    start();
    const hanging = fn.invoke({ do: 'hang' });
    const rejected = expect(hanging).rejects.toThrow(/Runtime exited/);
    await line('hanging');

    await fn.close();

    await rejected;
    expect(fn.sandboxes).toBe(0);
  });
});
