import { paths, type AppConfigBody } from '@kickstand/contract'
import type { Call } from '../call.ts'
import { accountCalls } from './accounts.ts'
import { auditCalls } from './audit.ts'
import { linkCalls } from './links.ts'
import { organisationCalls } from './organisations.ts'
import { ownAccountCalls } from './own-account.ts'
import { signInCalls } from './sign-in.ts'
import { tokenCalls } from './tokens.ts'

/**
 * The API for one person who has an account. `call` sends the cookie of the session; a page on the server's own origin
 * does so by itself.
 */
export function createConsoleClient(call: Call) {
  return {
    ...signInCalls(call),
    ...linkCalls(call),
    ...ownAccountCalls(call),
    ...accountCalls(call),
    ...organisationCalls(call),
    ...tokenCalls(call),
    ...auditCalls(call),
    getAppConfig: (signal?: AbortSignal) => call<AppConfigBody>(paths.appConfig(), { signal }),
    /** Whether the service is ready to answer. */
    getReadiness: (signal?: AbortSignal) => call<unknown>(paths.readyz(), { signal }),
  }
}

export type ConsoleClient = ReturnType<typeof createConsoleClient>
