/** Names us in SuperOffice's logs. The version is package.json's; a test holds them together. */
export const userAgent = 'superoffice-route-chat/0.1.0';
