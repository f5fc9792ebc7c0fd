import { once } from 'node:events'
import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'

// A process that changes each of its own zones once and shared zones repeatedly, one commit in eight failing on
// purpose: `zone-writer.ts URL NAME COMMITS SHARED`. It starts on a message from its parent.

const [url = '', name = '', commits = '', shared = ''] = process.argv.slice(2)
const database = await openDatabase(url, systemClock)
const log = createEventLog(database, systemClock, newId(), sleep)

process.send?.('ready')
await once(process, 'message')
await Promise.all(
  Array.from({ length: Number(commits) }, async (_, n) => {
    const own = `own${name}${String(n).padStart(5, '0')}`
    const other = `shared00${(n * 7) % Number(shared)}`
    const written = log.commit(async (tx, append) => {
      await tx
        .updateTable('zones')
        .set(n % 5 === 4 ? { status: 'retired' } : { capacity: 2 })
        .where('id', '=', own)
        .execute()
      // Transactions of several processes overlap and end in another order than they began.
      await sleep((n * 5) % 13)
      await tx
        .updateTable('zones')
        .set(({ eb }) => ({ capacity: eb('capacity', '+', 1) }))
        .where('id', '=', other)
        .execute()
      append({ type: 'zones', zoneIds: [own, other] })
      if (n % 8 === 7) throw new Error('on purpose')
    })
    await (n % 8 === 7 ? written.catch(() => undefined) : written)
  }),
)
await database.close()
process.disconnect()
