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

/** The query parameter with the organisation whose sign-in a page offers. */
export const ORGANISATION = 'organisation'

/** The address that an organisation gives its people, with which the page offers its sign-in. */
export function signInAddress(origin: string, organisationId: string): string {
  return `${origin}${BASE}/?${new URLSearchParams({ [ORGANISATION]: organisationId })}`
}
