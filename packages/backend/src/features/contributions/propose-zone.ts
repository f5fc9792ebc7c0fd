import type { ContributionCreatedBody, ZoneInput } from '@kickstand/contract'
import {
  checkRiderValue,
  distance,
  DomainError,
  isSameProposal,
  matchCellsAround,
  readText,
  CONTRIBUTED_FACTS,
  type Proposal,
} from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import type { ContributionVotesTable } from './tables.ts'
import { zoneIdFor } from '#platform/ids.ts'
import { RIDERS_SOURCE } from './riders-source.ts'
import type { Writer } from './writer.ts'
import type { ScopedKey } from '#http/idempotency/scoped-key.ts'
import { writeIdempotently, type Write, type Written } from '#http/idempotency/write-idempotently.ts'
import { toContributionBody } from './contribution-body.ts'
import {
  countOpenProposals,
  findContribution,
  insertContribution,
  upsertVote,
  readContributionsInCells,
  readVotes,
} from './contribution-store.ts'
import { decodeProposal, rejudge } from './rejudge.ts'
import { nearness, newContribution, voteBy, type SubmitContributionDeps } from './submit-contribution.ts'

/** A zone on the map within this distance is taken as the proposed one. */
const EXISTING_ZONE_METRES = 15
/** Search radius for proposals of the same zone by other riders. */
const SEARCH_METRES = 50
const MAX_OPEN_PROPOSALS = 30

/**
 * Proposes a zone that is missing on the map. If other riders proposed the same place, it counts as agreement with
 * them. If riders removed it, it counts as a vote against the removal. Throws `zone-already-exists`, `invalid-request`,
 * `rate-limited`, `idempotency-mismatch`.
 */
export async function proposeZone(
  deps: SubmitContributionDeps,
  writer: Writer,
  key: ScopedKey | null,
  input: ZoneInput,
): Promise<Written<ContributionCreatedBody>> {
  const { board, clock, newId } = deps
  const { position, note: rawNote = null, ...fields } = input
  const note = readText(rawNote)
  const proposal = checkProposal(fields)
  const by = { ...voteBy(deps, writer, clock(), nearness(position, proposal)), note }
  const payload = JSON.stringify([proposal, note, position])
  const work: Write<ContributionCreatedBody>['work'] = async (tx, append) => {
    // Inside the idempotent write: a retry of an accepted proposal must not be rejected because the zone now exists.
    rejectExisting(board, proposal)
    const now = clock()
    const cells = matchCellsAround(proposal.lat, proposal.lng, SEARCH_METRES)
    const near = (spot: { value: string; lat: number; lng: number }) => isSameProposal(proposal, spot)
    const gone = (await readContributionsInCells(tx, cells, 'gone')).find(
      (contribution) => near(contribution) && contribution.state === 'shown',
    )
    const open = (await readContributionsInCells(tx, cells, 'exists')).find(
      (contribution) =>
        isSameProposal(proposal, decodeProposal(contribution.value)) && contribution.state !== 'accepted',
    )
    const contribution = gone ?? open
    const id = contribution?.id ?? newId()
    const field = contribution?.field ?? 'exists'
    const zone_id = contribution?.zone_id ?? zoneIdFor(RIDERS_SOURCE.id, id)
    const value = gone === undefined ? JSON.stringify(proposal) : 'false'
    const vote = await keepFirstAt(tx, { ...by, zone_id, field, value })
    await upsertVote(tx, vote)
    if (contribution === undefined) {
      if ((await countOpenProposals(tx, writer.riderId)) >= MAX_OPEN_PROPOSALS) throw tooMany()
      await insertContribution(tx, newContribution(id, vote, proposal, now))
    }
    await rejudge(tx, append, zone_id, field, now)
    const judged = await findContribution(tx, id)
    return { contribution: judged === undefined ? null : toContributionBody(judged, vote) }
  }
  return writeIdempotently(deps, { key, payload, work })
}

/** The vote with the time of the rider's first vote on this field. */
async function keepFirstAt(tx: Tx, vote: ContributionVotesTable): Promise<ContributionVotesTable> {
  const votes = await readVotes(tx, vote.zone_id, vote.field)
  const before = votes.find(({ rider_id }) => rider_id === vote.rider_id)
  return before === undefined ? vote : { ...vote, first_at: before.first_at }
}

function checkProposal(fields: Omit<ZoneInput, 'position' | 'note'>): Proposal {
  const { lat, lng } = fields
  const checked = CONTRIBUTED_FACTS.flatMap((field) => {
    const value = fields[field]
    if (value === undefined) return []
    try {
      return [[field, checkRiderValue(field, value, fields)]]
    } catch (error) {
      // `checkRiderValue` reports the pointer `/value`; here the value is at the field itself.
      if (!(error instanceof DomainError)) throw error
      throw new DomainError(
        error.code,
        error.message,
        error.errors.map((one) => ({ ...one, pointer: `/${field}` })),
      )
    }
  })
  return { lat, lng, ...Object.fromEntries(checked) }
}

function rejectExisting(board: SubmitContributionDeps['board'], { lat, lng }: Proposal): void {
  const found = board.nearest(lat, lng, EXISTING_ZONE_METRES, 1, () => true)
  if (found.count === 0) return
  const [row] = found.rows
  const id = board.id(row)
  const metres = Math.round(distance(lat, lng, board.lat(row), board.lng(row)))
  throw new DomainError(
    'zone-already-exists',
    `The zone ${id} is ${metres} m from there. Correct its fields at /v1/zones/${id}/contributions, or send a position farther away.`,
    [],
    undefined,
    { zoneId: id, metres },
  )
}

function tooMany(): DomainError {
  return new DomainError(
    'rate-limited',
    `${MAX_OPEN_PROPOSALS} of your proposed zones are not confirmed yet, which is the limit. Wait until some are, or undo some.`,
  )
}
