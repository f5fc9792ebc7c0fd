/** Where the server serves the console, as `base` in vite.config.ts. */
export const BASE = '/console'

/** All routes of the console, below `BASE`. The server writes the addresses of links (setup, invitation, recovery). */
export const pages = {
  start: '/',
  setup: '/setup',
  invitation: '/invitation',
  recovery: '/recovery',
  decline: '/decline',
  account: '/account',
  organisations: '/organisations',
  organisation: '/organisations/$organisationId',
  accounts: '/accounts',
  person: '/accounts/$accountId',
  audit: '/audit',
} as const
