import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Makes synthesis fail on a finding of cdk-nag that is not acknowledged. The variable that turns
 * off the CDK's own validation of templates turns this off as well.
 */
export function addChecks(app: App): void {
  if (process.env.CDK_VALIDATION === 'false') return;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
