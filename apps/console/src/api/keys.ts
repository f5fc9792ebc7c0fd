/** First parts of the query keys. */
export const KEYS = {
  accounts: 'accounts',
  audit: 'audit',
  identities: 'identities',
  invitations: 'invitations',
  members: 'members',
  notifications: 'notifications',
  organisations: 'organisations',
  sessions: 'sessions',
  tokens: 'tokens',
} as const
