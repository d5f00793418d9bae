import { relative } from 'node:path';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import type { SuperOfficeChoice } from '../command-line/superoffice-choice.ts';
import { logFileIn } from '../stack/log-file.ts';
import type { RunningStack } from '../stack/running-stack.ts';

/** What is real and what is a stand-in, one line each. */
export function introduce(superOffice: SuperOfficeChoice): string[] {
  const isReal = superOffice.kind === 'real';
  const tenant = isReal && Object.values(superOffice.tenant).join(', ');
  return [
    isReal
      ? `A REAL SuperOffice: ${tenant}. Your events move real chats; nothing else is sent.`
      : 'Route chat on this machine. Nothing leaves it.',
    '',
    '  real      the function          built for deployment, each sandbox a process of its own',
    '  real      the stack             synthesized now: queues, time limits, batch size, variables',
    isReal
      ? '  real      SuperOffice           with the credential you gave'
      : '  stand-in  SuperOffice           chats 640 to 660, and the people you play at the prompt',
    '  stand-in  SQS                   FIFO queues, over HTTP as AWS SDKs and CLI speak it',
    "  stand-in  event source mapping  Lambda's way from the event queue to the function",
    '  stand-in  Lambda                tells how functions are deployed, and invokes them',
    '  stand-in  Secrets Manager       holds the credential, and what signs webhooks',
    '  stand-in  API Gateway           hands what comes over HTTP to the HTTP intake',
    '  stand-in  EventBridge           hands what comes onto the bus to the intake',
    "  stand-in  CloudFormation        tells the stack's outputs",
    "  stand-in  CloudWatch            metrics: the function's, and what AWS measures; no alarms",
    "  stand-in  CloudWatch Logs       holds the function's log",
    '',
    `  The function's own log: ${relative('', logFileIn())}`,
  ];
}

/** A shell without $RANDOM leaves it out: then the second has to tell two apart. */
const deduplicationId = '"$(date +%s)-$RANDOM"';

/** What listens where, and how another terminal sends an event: lines to paste. */
export function howToUse(runningStack: RunningStack, reader: boolean): string[] {
  const { deployment, superOffice } = runningStack;
  const { eventQueueUrl, resultQueueUrls, deadLetterQueueUrl, sqs, secretsManager, httpIntake } =
    deployment;
  const chat = 648;
  const associate = superOffice ? 'ben' : 'NAME';
  const body = JSON.stringify({ chatSessionId: chat, toAssociate: associate });
  // Another one each time it is pasted: SQS takes the same twice within five minutes for one event.
  const request = JSON.stringify({
    QueueUrl: eventQueueUrl,
    MessageGroupId: String(chat),
    MessageDeduplicationId: `'${deduplicationId}'`,
    MessageBody: body,
  })
    .replaceAll(`'\\"`, `'"`)
    .replaceAll(`\\"'`, `"'`);
  return [
    `  event queue        ${eventQueueUrl}`,
    ...resultQueueUrls.map((queueUrl) => `  result queue       ${queueUrl}`),
    `  dead-letter queue  ${deadLetterQueueUrl}`,
    `  Secrets Manager    ${secretsManager.endpoint}`,
    ...(httpIntake ? [`  HTTP intake        ${httpIntake.url}`] : []),
    ...(superOffice ? [`  SuperOffice        ${superOffice.webApiUrl}`] : []),
    '',
    reader
      ? 'Results are read here; with --no-reader they are left to a consumer of yours.'
      : 'Results stay on their queue for your consumer; here they are only looked at.',
    '',
    `To send an event from another terminal: npm run send -- ${chat} ${associate} --wait`,
    '',
    'Or paste',
    '',
    `curl -s ${sqs.endpoint} -H 'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: AmazonSQS.SendMessage' -d '${request}'`,
    '',
    'or, with the AWS CLI,',
    '',
    `AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} aws sqs send-message --region ${region} --endpoint-url ${sqs.endpoint} --queue-url ${eventQueueUrl} --message-group-id ${chat} --message-deduplication-id ${deduplicationId} --message-body '${body}'`,
  ];
}
