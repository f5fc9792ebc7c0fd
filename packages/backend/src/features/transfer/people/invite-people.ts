import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import { addressOfLink, createLink } from '#features/accounts/links/create-link.ts'
import { countWave, markInvited, readUninvited } from '#features/accounts/predecessor/predecessor-people.ts'
import { queueMail } from '#features/mail/queue-mail.ts'
import type { Config } from '#platform/config.ts'
import { hashOfKey, newSecret, type NewId } from '#platform/ids.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { checkImportId } from '../import-predecessor/import-predecessor.ts'
import { ANSWER_DAYS, ANSWER_MS } from './expire-people.ts'
import { importObject, type PeopleDeps } from './people-deps.ts'

/** One transaction holds a wave. */
const MAX_LIMIT = 1000
const MAX_WAVE = 9999

export type InviteDeps = PeopleDeps & { readonly newId: NewId; readonly config: Pick<Config, 'publicUrl' | 'port'> }

/** `limit`: people in the wave, with those whom an earlier call of the same wave invited. */
export type WaveInput = {
  readonly id: string
  readonly wave: number
  readonly limit: number
  readonly dryRun: boolean
}

/** `invited`: by this call; in a dry run, who would be. `before`: by earlier calls of this wave. */
export type InvitedWave = WaveInput & { readonly invited: number; readonly before: number }

/**
 * Invites people of the predecessor by mail, each with a link to take over the account, which works once, and one to decline.
 * A wave has at most `limit` people, however often it is called. Throws `invalid-request`.
 */
export async function invitePeople(deps: InviteDeps, input: WaveInput): Promise<InvitedWave> {
  checkWave(input)
  const { id, wave, limit, dryRun } = input
  if (dryRun) {
    const { db } = deps.database
    const before = await countWave(db, id, wave)
    const people = before < limit ? await readUninvited(db, id, limit - before) : []
    return { ...input, invited: people.length, before }
  }
  return runTransaction(deps.database, async (tx) => {
    const before = await countWave(tx, id, wave)
    const people = before < limit ? await readUninvited(tx, id, limit - before) : []
    for (const { id: personId, account_id: accountId, email, language } of people)
      if (accountId !== null) await inviteOne(tx, deps, { personId, accountId, email, language, wave })
    if (people.length > 0) {
      await writeEntry(tx, deps, {
        action: 'legacy-people:invite',
        object: importObject(id),
        before: { wave, invited: before },
        after: { wave, invited: before + people.length },
      })
    }
    return { ...input, invited: people.length, before }
  })
}

function checkWave({ id, wave, limit }: WaveInput): void {
  checkImportId(id)
  if (!Number.isInteger(wave) || wave < 1 || wave > MAX_WAVE)
    throw new DomainError('invalid-request', `--wave must be a number from 1 to ${MAX_WAVE}.`)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new DomainError('invalid-request', `--limit must be a number from 1 to ${MAX_LIMIT}. Make several waves.`)
}

type Invitee = {
  readonly personId: string
  readonly accountId: string
  readonly email: string
  readonly language: string
  readonly wave: number
}

async function inviteOne(
  tx: Tx,
  deps: InviteDeps,
  { personId, accountId, email, language, wave }: Invitee,
): Promise<void> {
  const origin = ownOrigin(deps.config)
  // The person sets up the account as one who has lost every credential does.
  const link = await createLink(tx, deps, {
    purpose: 'recovery',
    email: null,
    role: null,
    organisation: null,
    accountId,
    createdBy: null,
    lifetimeMs: ANSWER_MS,
  })
  const optOut = newSecret()
  const mailId = await queueMail(
    tx,
    deps,
    { email, language },
    {
      kind: 'predecessor-invitation',
      link: addressOfLink(origin, 'recovery', link.secret),
      declineLink: `${origin}/console/decline#${optOut}`,
      days: ANSWER_DAYS,
    },
  )
  const invitation = { wave, invited_at: deps.clock(), opt_out_hash: hashOfKey(optOut), mail_id: mailId }
  // Two calls at the same moment: the other one has invited them, and this one starts over.
  if (!(await markInvited(tx, personId, invitation)))
    throw new DomainError('changed-meanwhile', 'Another command invites people at this moment. Run this one again.')
}
