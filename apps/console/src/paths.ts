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

/** The parameter of the address of any page that names the organisation whose sign-in is offered. */
export const ORGANISATION = 'organisation'

/** The address that an organisation gives its people, so that they are offered its sign-in. */
export function signInAddress(origin: string, organisationId: string): string {
  return `${origin}${BASE}/?${new URLSearchParams({ [ORGANISATION]: organisationId })}`
}
