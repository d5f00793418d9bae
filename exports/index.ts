/** What `superoffice-route-chat` exports: constructs for a CDK app. */

export type { HttpIntake } from '../lib/http-intake.ts';
export type { EventMapping, EventRuleProps } from '../lib/intake.ts';
export { type ResultsOf, RouteChat } from '../lib/route-chat.ts';
export type { RouteChatProps } from '../lib/route-chat-props.ts';
export {
  type ExistingSecret,
  RouteChatStack,
  type RouteChatStackProps,
} from '../lib/route-chat-stack.ts';
export type { OnlineEnvironment, Tenant } from '../lib/tenant.ts';
