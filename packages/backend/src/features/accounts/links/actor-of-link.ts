import type { Actor } from '#audit/actor.ts'
import type { LinksTable } from '../tables.ts'

/** The person who uses a link, for the audit log: what is known of them without a session. */
export function actorOfLink({ id, purpose }: LinksTable, request: NonNullable<Actor['request']>): Actor {
  return { kind: 'link', name: `${purpose} link ${id}`, id, request }
}
