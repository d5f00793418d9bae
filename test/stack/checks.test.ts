import { afterEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { addChecks } from '../../bin/checks.ts';
import { createOutdir } from './synthesize.ts';

/** With a queue that has no dead-letter queue and answers without TLS. */
function createCarelessApp(): App {
  const app = new App({ outdir: createOutdir(), builtinCloudFormationValidation: false });
  new Queue(new Stack(app, 'Careless'), 'Queue');
  return app;
}

afterEach(() => {
  delete process.env.CDK_VALIDATION;
});

describe('addChecks', () => {
  it('fails the synthesis of a stack with findings', () => {
    const app = createCarelessApp();

    addChecks(app);

    expect(() => app.synth()).toThrow(/AwsSolutions-SQS3[\s\S]*AwsSolutions-SQS4/);
  });

  it('is turned off with the validation of templates', () => {
    process.env.CDK_VALIDATION = 'false';
    const app = createCarelessApp();

    addChecks(app);

    expect(() => app.synth()).not.toThrow();
  });
});
