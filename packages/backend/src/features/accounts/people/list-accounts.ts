import type { AccountListBody, AccountsQuery } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { readPageCursor, writePageCursor } from '#http/page-cursor.ts'
import type { Clock } from '#platform/clock.ts'
import { accountBodies } from './account-body.ts'
import { readAccountPage } from './account-list-store.ts'

const LIST = 'accounts'
const DEFAULT_LIMIT = 50

/** A page of accounts in the order of their e-mail addresses. Throws `invalid-request` for a cursor of another list. */
export async function listAccounts(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { q, role, state, cursor, limit = DEFAULT_LIMIT }: AccountsQuery,
): Promise<AccountListBody> {
  const now = clock()
  const after = readPageCursor(LIST, cursor)?.sort ?? null
  const text = q === undefined || q.trim() === '' ? undefined : q.trim()
  const rows = await readAccountPage(db, { text, role, state }, { after, limit: limit + 1, now })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return {
    accounts: await accountBodies(db, page, now),
    nextCursor: hasMore ? writePageCursor(LIST, { sort: last.email, id: last.id }) : null,
  }
}
