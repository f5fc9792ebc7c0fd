import { DomainError, readEmail } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { readInvitedByEmail, updateOpenPerson } from '#features/accounts/predecessor/predecessor-people.ts'
import { checkImportId } from '../import-predecessor/import-predecessor.ts'
import { importObject, type PeopleDeps } from './people-deps.ts'

/** `unknown`: lines that are no e-mail address of somebody who was invited and is waiting. */
export type MarkedBounced = { readonly id: string; readonly bounced: number; readonly unknown: readonly string[] }

/** Marks people as bounced whose invitations came back. `lines`: an e-mail address each; empty ones are skipped. */
export async function markBounced(deps: PeopleDeps, id: string, lines: readonly string[]): Promise<MarkedBounced> {
  checkImportId(id)
  const read = lines.filter((line) => line.trim() !== '').map((line) => ({ line, email: emailOf(line) }))
  const emails = [...new Set(read.flatMap(({ email }) => email ?? []))]
  return runTransaction(deps.database, async (tx) => {
    const people = await readInvitedByEmail(tx, id, emails)
    for (const person of people) await updateOpenPerson(tx, person.id, { state: 'bounced', ended_at: deps.clock() })
    if (people.length > 0) {
      await writeEntry(tx, deps, {
        action: 'legacy-people:bounce',
        object: importObject(id),
        before: null,
        after: { bounced: people.length },
      })
    }
    const found = new Set(people.map(({ email }) => email))
    const unknown = read.filter(({ email }) => email === null || !found.has(email)).map(({ line }) => line)
    return { id, bounced: people.length, unknown }
  })
}

function emailOf(line: string): string | null {
  try {
    return readEmail(line)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
