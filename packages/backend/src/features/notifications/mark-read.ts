import type { UnreadBody } from '@kickstand/contract'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { countUnread, markReadUpTo } from './notification-store.ts'
import { deleteMessagesUpTo } from './push/push-store.ts'
import { recipientKey, type Person } from './recipient.ts'

/** Marks a notification of a person and all before it as read. Their push messages that have not been sent yet are dropped. */
export async function markRead(
  deps: { readonly db: Db; readonly engine: Engine; readonly clock: Clock },
  person: Person,
  upTo: string,
): Promise<UnreadBody> {
  const key = recipientKey(person)
  return runTransaction(deps, async (tx) => {
    await markReadUpTo(tx, key, upTo, deps.clock())
    await deleteMessagesUpTo(tx, key, upTo)
    return { unread: await countUnread(tx, key) }
  })
}
