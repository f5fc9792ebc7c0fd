import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'

// A process that commits events as fast as possible, one in ten failing on purpose: `event-writer.ts URL NAME COMMITS`.

const [url = '', name = '', commits = ''] = process.argv.slice(2)
const database = await openDatabase(url, systemClock)
const log = createEventLog(database, systemClock, newId(), sleep)

await Promise.all(
  Array.from({ length: Number(commits) }, async (_, n) => {
    const written = log.commit(async (tx, append) => {
      append({ type: 'zones', zoneIds: [`w${name}-${n}-a`] })
      // All writers insert neighbouring rows, so that their transactions conflict.
      await tx
        .insertInto('riders')
        .values({ id: `r${n}-${name}`, created_at: 0 })
        .execute()
      await sleep(n % 3)
      append({ type: 'zones', zoneIds: [`w${name}-${n}-b`] })
      if (n % 10 === 9) throw new Error('on purpose')
    })
    await (n % 10 === 9 ? written.catch(() => undefined) : written)
  }),
)
await database.close()
