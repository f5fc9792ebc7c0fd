import type { Db, DbReader } from '#db/schema.ts'
import { findRemovedWaiting, findStrayEntry, readLinks, readUnsealed, readValues } from './audit-store.ts'
import { digestOf, hashOfLink, NO_HASH } from './entry-hash.ts'
import { digestInEntry } from './personal-values.ts'
import type { AuditEntriesTable } from './tables.ts'

const PAGE = 500
const MAX_COUNTED_UNSEALED = 10_000

/** The first fault of the chain. `seq`: null for an entry that is not in it. */
export type BrokenLink = {
  readonly seq: number | null
  readonly entryId: string | null
  readonly fault: 'changed' | 'removed' | 'inserted'
}

export type Link = { readonly seq: number; readonly hash: string }

/** `head`: number and hash of the last link, to compare with a copy that is kept elsewhere. */
export type VerifiedChain = {
  readonly entries: number
  readonly unsealed: number
  readonly head: Link | null
  readonly broken: BrokenLink | null
}

/**
 * Recomputes the chain of the audit log from its entries. A deleted personal value is no fault, a changed one is. Entries
 * removed from the end, and a chain that was computed anew, can only be noticed with `known`: a link that an earlier
 * run returned as head.
 */
export async function verifyChain(db: Db, known: Link | null = null): Promise<VerifiedChain> {
  const unsealed = (await readUnsealed(db, MAX_COUNTED_UNSEALED)).length
  let head: Link | null = null
  for (;;) {
    const page = await readLinks(db, head?.seq ?? 0, PAGE)
    const changed = await entriesWithChangedValues(
      db,
      page.flatMap(({ entry }) => entry ?? []),
    )
    for (const { link, entry } of page) {
      const seq: number = (head?.seq ?? 0) + 1
      const result = (fault: BrokenLink['fault'], entryId: string | null): VerifiedChain => {
        return { entries: seq - 1, unsealed, head, broken: { seq, entryId, fault } }
      }
      if (link.seq !== seq) return result('removed', null)
      if (entry === null) return result('removed', link.entry_id)
      const hash = hashOfLink(head?.hash ?? NO_HASH, seq, entry)
      const isKnown = known?.seq !== seq || known.hash === hash
      if (hash !== link.hash || !isKnown || changed.has(entry.id)) return result('changed', entry.id)
      head = { seq, hash }
    }
    if (page.length < PAGE) break
  }
  if (known !== null && known.seq > (head?.seq ?? 0)) {
    const broken = { seq: (head?.seq ?? 0) + 1, entryId: null, fault: 'removed' } as const
    return { entries: head?.seq ?? 0, unsealed, head, broken }
  }
  return { entries: head?.seq ?? 0, unsealed, head, broken: await findFaultOutside(db) }
}

/** The first entry outside of the chain that was inserted there, or removed while it waited. */
async function findFaultOutside(db: Db): Promise<BrokenLink | null> {
  const stray = await findStrayEntry(db)
  if (stray !== undefined) return { seq: null, entryId: stray.id, fault: 'inserted' }
  const removed = await findRemovedWaiting(db)
  return removed === undefined ? null : { seq: null, entryId: removed.id, fault: 'removed' }
}

/** Ids of the entries whose stored personal values do not have the digests in the entries. */
async function entriesWithChangedValues(db: DbReader, entries: readonly AuditEntriesTable[]): Promise<Set<string>> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const values = await readValues(db, [...byId.keys()])
  const changed = values.filter(({ entry_id, field, salt, value }) => {
    const entry = byId.get(entry_id)
    return entry !== undefined && digestInEntry(entry, field) !== digestOf(value, salt)
  })
  return new Set(changed.map(({ entry_id }) => entry_id))
}
