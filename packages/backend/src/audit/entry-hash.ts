import { hash } from 'node:crypto'
import type { AuditEntriesTable } from './tables.ts'

/** The hash before the first link. */
export const NO_HASH = ''

/** The hash of a link: of the hash before it, its number and its entry. SHA-256 as base64url. */
export function hashOfLink(previous: string, seq: number, entry: AuditEntriesTable): string {
  const circumstances = [entry.organisation_id, entry.request_id, entry.network]
  const content = [
    entry.id,
    entry.at,
    entry.actor_kind,
    entry.actor,
    entry.action,
    entry.object_kind,
    entry.object_id,
    entry.value_before,
    entry.value_after,
    entry.reason,
    // Entries from before these columns existed keep their hashes.
    ...(circumstances.some((value) => value !== null) ? circumstances : []),
  ]
  return hash('sha256', `${previous}\n${seq}\n${JSON.stringify(content)}`, 'base64url')
}

/** What stands in an entry for a personal value. Without the salt, the value cannot be guessed from it. */
export function digestOf(value: string, salt: string): string {
  return hash('sha256', `${salt}\n${value}`, 'base64url')
}
