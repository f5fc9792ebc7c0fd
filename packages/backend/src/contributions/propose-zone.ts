import type { ContributionCreatedBody, ZoneInput } from '@kickstand/contract'
import {
  checkRiderValue,
  distance,
  DomainError,
  isSameProposal,
  matchCellsAround,
  PROPOSED_FIELDS,
  readText,
  type Proposal,
} from '@kickstand/domain'
import type { ContributionVotesTable, Tx } from '#db/schema.ts'
import { zoneIdFor } from '#platform/ids.ts'
import { RIDERS_SOURCE } from '#moderation/riders-source.ts'
import { writeIdempotently, type Writer, type Written } from '#moderation/idempotent-write.ts'
import { toContributionBody } from './contribution-body.ts'
import {
  countOpenProposals,
  findContribution,
  insertContribution,
  putVote,
  readContributionsInCells,
  readVotes,
} from './contribution-store.ts'
import { decodeProposal, rejudge } from './rejudge.ts'
import { nearness, newContribution, voteBy, type SubmitContributionDeps } from './submit-contribution.ts'

/** Metres within which a zone on the map is the one that is meant. */
const THERE_ALREADY = 15
/** Metres within which a place is looked for that others have told of. */
const LOOKED_AROUND = 50
const MOST_OPEN = 30

/**
 * Takes a place that is not on the map. Who tells of a place that others have told of agrees with them; of one that riders had taken
 * away, says that it is there. Throws `zone-there-already`, `invalid-request`, `rate-limited`, `idempotency-mismatch`.
 */
export async function proposeZone(
  deps: SubmitContributionDeps,
  writer: Writer,
  key: string | null,
  input: ZoneInput,
): Promise<Written<ContributionCreatedBody>> {
  const { board, clock, newId } = deps
  const { position, note: written = null, ...told } = input
  const note = readText(written)
  const proposal = checkProposal(told)
  const by = { ...voteBy(deps, writer, clock(), nearness(position, proposal)), note }
  const payload = JSON.stringify([proposal, note, position])
  return writeIdempotently(deps, writer, key, payload, async (tx, append) => {
    // Inside: a place that was taken as new must not be refused when it is sent again.
    refuseKnown(board, proposal)
    const now = clock()
    const cells = matchCellsAround(proposal.lat, proposal.lng, LOOKED_AROUND)
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
    const vote = await votedBefore(tx, { ...by, zone_id, field, value })
    await putVote(tx, vote)
    if (contribution === undefined) {
      if ((await countOpenProposals(tx, writer.riderId)) >= MOST_OPEN) throw tooMany()
      await insertContribution(tx, newContribution(id, vote, proposal, now))
    }
    await rejudge(tx, append, zone_id, field, now)
    const judged = await findContribution(tx, id)
    return { contribution: judged === undefined ? null : toContributionBody(judged, vote) }
  })
}

async function votedBefore(tx: Tx, vote: ContributionVotesTable): Promise<ContributionVotesTable> {
  const votes = await readVotes(tx, vote.zone_id, vote.field)
  const before = votes.find(({ rider_id }) => rider_id === vote.rider_id)
  return before === undefined ? vote : { ...vote, first_at: before.first_at }
}

function checkProposal(told: Omit<ZoneInput, 'position' | 'note'>): Proposal {
  const { lat, lng } = told
  const said = PROPOSED_FIELDS.flatMap((field) => {
    const value = told[field]
    if (value === undefined) return []
    try {
      return [[field, checkRiderValue(field, value, told)]]
    } catch (error) {
      // Said of `/value` there, of the field here.
      if (!(error instanceof DomainError)) throw error
      throw new DomainError(
        error.code,
        error.message,
        error.errors.map((one) => ({ ...one, pointer: `/${field}` })),
      )
    }
  })
  return { lat, lng, ...Object.fromEntries(said) }
}

function refuseKnown(board: SubmitContributionDeps['board'], { lat, lng }: Proposal): void {
  const found = board.nearest(lat, lng, THERE_ALREADY, 1, () => true)
  if (found.count === 0) return
  const [row] = found.rows
  const id = board.id(row)
  const metres = Math.round(distance(lat, lng, board.lat(row), board.lng(row)))
  throw new DomainError(
    'zone-there-already',
    `The zone ${id} lies ${metres} m from there. Say what is different about it, at /v1/zones/${id}/contributions, or name a place farther away.`,
    [],
    undefined,
    { zoneId: id, metres },
  )
}

function tooMany(): DomainError {
  return new DomainError(
    'rate-limited',
    `You have told of ${MOST_OPEN} places that nobody has confirmed yet. Wait until somebody does, or take some back.`,
  )
}
