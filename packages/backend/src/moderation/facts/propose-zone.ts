import type { FactCreatedBody, ZoneInput } from '@kickstand/contract'
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
import type { FactVotesTable, Tx } from '#db/schema.ts'
import { zoneIdFor } from '#platform/ids.ts'
import { RIDERS_SOURCE } from '../riders-source.ts'
import { writeOnce, type Writer, type Written } from '../write-once.ts'
import { toFactBody } from './fact-body.ts'
import { countOpenProposals, findFact, insertFact, putVote, readFactsInCells, readVotes } from './fact-store.ts'
import { decodeProposal, rejudge } from './rejudge.ts'
import { nearness, newFact, voteBy, type StateFactDeps } from './state-fact.ts'

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
  deps: StateFactDeps,
  writer: Writer,
  key: string | null,
  input: ZoneInput,
): Promise<Written<FactCreatedBody>> {
  const { board, clock, newId } = deps
  const { position, note: written = null, ...told } = input
  const note = readText(written)
  const proposal = checkProposal(told)
  const by = { ...voteBy(deps, writer, clock(), nearness(position, proposal)), note }
  const payload = JSON.stringify([proposal, note, position])
  return writeOnce(deps, writer, key, payload, async (tx, append) => {
    // Inside: a place that was taken as new must not be refused when it is sent again.
    refuseKnown(board, proposal)
    const now = clock()
    const cells = matchCellsAround(proposal.lat, proposal.lng, LOOKED_AROUND)
    const near = (spot: { value: string; lat: number; lng: number }) => isSameProposal(proposal, spot)
    const gone = (await readFactsInCells(tx, cells, 'gone')).find((fact) => near(fact) && fact.state === 'shown')
    const open = (await readFactsInCells(tx, cells, 'exists')).find(
      (fact) => isSameProposal(proposal, decodeProposal(fact.value)) && fact.state !== 'accepted',
    )
    const fact = gone ?? open
    const id = fact?.id ?? newId()
    const field = fact?.field ?? 'exists'
    const zone_id = fact?.zone_id ?? zoneIdFor(RIDERS_SOURCE.id, id)
    const value = gone === undefined ? JSON.stringify(proposal) : 'false'
    const vote = await votedBefore(tx, { ...by, zone_id, field, value })
    await putVote(tx, vote)
    if (fact === undefined) {
      if ((await countOpenProposals(tx, writer.riderId)) >= MOST_OPEN) throw tooMany()
      await insertFact(tx, newFact(id, vote, proposal, now))
    }
    await rejudge(tx, append, zone_id, field, now)
    const judged = await findFact(tx, id)
    return { fact: judged === undefined ? null : toFactBody(judged, vote) }
  })
}

async function votedBefore(tx: Tx, vote: FactVotesTable): Promise<FactVotesTable> {
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

function refuseKnown(board: StateFactDeps['board'], { lat, lng }: Proposal): void {
  const found = board.nearest(lat, lng, THERE_ALREADY, 1, () => true)
  if (found.count === 0) return
  const [row] = found.rows
  const id = board.id(row)
  const metres = Math.round(distance(lat, lng, board.lat(row), board.lng(row)))
  throw new DomainError(
    'zone-there-already',
    `The zone ${id} lies ${metres} m from there. Say what is different about it, at /v1/zones/${id}/facts, or name a place farther away.`,
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
