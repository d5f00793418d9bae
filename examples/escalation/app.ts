import { App, Duration } from 'aws-cdk-lib/core';
import { RouteChatStack } from 'superoffice-route-chat';

const app = new App();
const { webApiUrl, customerId } = app.node.getAllContext();

new RouteChatStack(app, 'Escalation', {
  tenant: webApiUrl ? { webApiUrl } : { customerId },
  // Register its address (output HttpIntakeUrl) as a webhook for the event routechat.requested, with
  // a secret, and put that secret where the output HttpIntakeSecretArn says.
  httpIntake: true,
  // Whatever a script says: who has waited for longer is better off where the chat is.
  eventTimeToLive: Duration.minutes(1),
});
