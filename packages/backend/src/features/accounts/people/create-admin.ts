import { DomainError, type PlatformRole } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { NewId } from '#platform/ids.ts'
import { createLink, type CreatedLink } from '../links/create-link.ts'
import { revokeLinks } from '../links/revoke-links.ts'
import { readAccountByEmail } from './account-store.ts'
import { changeRoles } from './change-roles.ts'
import { lockRights } from './lock-rights.ts'
import type { PeopleDeps } from './people-deps.ts'
import { rolesOf } from './roles-of.ts'
import { isSuspended } from './suspension.ts'

/** A link with which the person becomes an admin, or the existing account with this address, which is now an admin. */
export type CreatedAdmin = { readonly link: CreatedLink } | { readonly accountId: string; readonly wasAdmin: boolean }

/**
 * Makes the person with an e-mail address an admin, from the command line. `email`: as `readEmail` returns it. Throws
 * `not-allowed` for a suspended account.
 */
export async function createAdmin(
  deps: PeopleDeps & { readonly newId: NewId },
  email: string,
  reason: string,
): Promise<CreatedAdmin> {
  const account = await readAccountByEmail(deps.db, email)
  if (account === undefined) return { link: await createAdminLink(deps, email) }
  if (isSuspended(account, deps.clock())) {
    const command = `npx kickstand accounts restore ${email}`
    throw new DomainError('not-allowed', `The account ${email} is suspended. Restore it first: ${command}`)
  }
  const former = rolesOf(account)
  const roles: PlatformRole[] = [...former, 'admin']
  await changeRoles(deps, null, account.id, { roles, reason })
  return { accountId: account.id, wasAdmin: former.includes('admin') }
}

async function createAdminLink(deps: PeopleDeps & { readonly newId: NewId }, email: string): Promise<CreatedLink> {
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    await revokeLinks(tx, { purpose: 'setup', email }, deps.clock())
    const link = await createLink(tx, deps, {
      purpose: 'setup',
      email,
      role: 'admin',
      organisation: null,
      accountId: null,
      createdBy: null,
    })
    await writeEntry(tx, deps, {
      action: 'links:create',
      object: { kind: 'link', id: link.id },
      before: null,
      after: { purpose: 'setup', role: 'admin', email: personal(email, link.id), expiresAt: link.expiresAt },
    })
    return link
  })
}
