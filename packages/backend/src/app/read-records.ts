import { DomainError, type FigureValue } from '@kickstand/domain'
import { verifyChain } from '#audit/verify-chain.ts'
import { inspectDatabase, type InspectedDatabase } from '#db/inspect-database.ts'
import type { DbReader, Schema } from '#db/schema.ts'
import { readAdmins } from '#features/accounts/people/admin-store.ts'
import type { ReadRecord } from '#features/launch/measure-readiness.ts'
import { readFeedHealth } from '#features/sources/feed-health.ts'
import { countShownZones } from '#features/zones/read-zones.ts'
import { countJobs } from '#jobs/count-jobs.ts'

type Figures = Readonly<Record<string, FigureValue>>
type Inspected = InspectedDatabase<Figures>
/** A record: the tables that it needs, and how its figures are read. `db` only reads. */
type RecordReader = {
  readonly tables: readonly (keyof Schema)[]
  readonly read: (db: DbReader, now: number) => Promise<Figures>
}

/** What the gates know about the database of an installation, by the id of the measurement. */
const RECORDS: Readonly<Record<string, RecordReader>> = {
  zones: { tables: ['zones'], read: async (db) => ({ zones: await countShownZones(db) }) },
  admins: {
    tables: ['accounts', 'passkeys'],
    async read(db, now) {
      const admins = await readAdmins(db, now)
      const without = admins.filter(({ totp_secret, passkeys }) => totp_secret === null && passkeys === 0)
      return { admins: admins.length, withoutSecondFactor: without.length }
    },
  },
  'audit-chain': {
    tables: ['audit_entries', 'audit_links', 'audit_values', 'audit_queue'],
    async read(db) {
      const { entries, unsealed, broken } = await verifyChain(db)
      return {
        entries,
        unsealed,
        broken: broken === null ? 'none' : `${broken.fault} at link ${broken.seq ?? 'unknown'}`,
      }
    },
  },
  feeds: {
    tables: ['feed_channels'],
    async read(db, now) {
      const feeds = await readFeedHealth(db, now)
      const channels = feeds.flatMap(({ health }) => [health.static, health.live]).filter((one) => one !== null)
      const unhealthy = channels.filter(({ state }) => state !== 'ok' && state !== 'waiting')
      return { feeds: feeds.length, unhealthy: unhealthy.length }
    },
  },
  jobs: { tables: ['jobs'], read: countJobs },
}

/**
 * Reads records of the database at an address without changing it; a database that does not exist is not created. A database
 * that cannot be read, or that has no such table yet, is a fault of the measurement.
 */
export function recordReader(address: string, clock: () => number): ReadRecord {
  return async (measurement) => {
    const record = Object.hasOwn(RECORDS, measurement) ? RECORDS[measurement] : undefined
    if (record === undefined) return fault(`There is no record named ${measurement}.`)
    let inspected: Inspected
    try {
      inspected = await inspectDatabase(address, async (db, has) => {
        const missing = record.tables.filter((table) => !has(table))
        if (missing.length > 0)
          throw new DomainError('not-ready', `Its database has no table ${missing.join(', ')}: it is older.`)
        return record.read(db, clock())
      })
    } catch (error) {
      if (error instanceof DomainError) return fault(error.message)
      throw error
    }
    if (inspected.contents === null) return fault(`${inspected.label} does not exist yet.`)
    return { figures: { ...inspected.contents, weaknesses: inspected.weaknesses.length }, fault: null }
  }
}

function fault(reason: string): { figures: null; fault: string } {
  return { figures: null, fault: reason }
}
