import { type SeedAssociate, toAssociateCarrier } from './associates.ts';
import { isActive } from './chat-session.ts';
import type { Tenant } from './tenant.ts';

/** A system user is no chat user. */
const chatUsers = ({ associates }: Tenant) => associates.filter(({ system }) => !system);

/** What `Agents/Chat/GetChatPresence` answers: all chat users, whoever asks. */
export function toChatPresenceBody(tenant: Tenant) {
  const { answers, presence } = tenant;
  const isTheirs = (associateId: number) => (session: { owner: number | null }) =>
    session.owner === associateId;
  return chatUsers(tenant).map((who) => ({
    UserId: who[answers.presenceUserId],
    DisplayName: toAssociateCarrier(who).FullName,
    OngoingChats: tenant.sessions().filter(isActive).filter(isTheirs(who.associateId)).length,
    Present: presence.of(who.associateId).isPresent,
    ChatTopics: presence.of(who.associateId).topics,
    TableRight: null,
    FieldProperties: {},
  }));
}

/** What `MDOList/chatuser` answers: ejUser ids, unless `associate=True` asks for associates. */
export function toChatUserList(query: URLSearchParams, caller: number, tenant: Tenant) {
  const isAsked = (name: string) => query.get(name)?.toLowerCase() === 'true';
  const topicId = query.get('topicId');
  const isListed = ({ associateId }: SeedAssociate) => {
    const { isPresent, topics } = tenant.presence.of(associateId);
    if (isAsked('onlyPresent') && !isPresent) return false;
    if (isAsked('removeSelf') && associateId === caller) return false;
    return topicId === null || topics.includes(Number(topicId));
  };
  return chatUsers(tenant)
    .filter(isListed)
    .map((who) => ({
      Id: isAsked('associate') ? who.associateId : who.ejUserId,
      Name: toAssociateCarrier(who).FullName,
      ToolTip: '',
      Deleted: false,
      Rank: who.associateId,
      Type: 'chatuser',
      ChildItems: [],
      IconHint: '',
      ColorBlock: 0,
      ExtraInfo: '',
      StyleHint: '',
      FullName: toAssociateCarrier(who).FullName,
    }));
}
