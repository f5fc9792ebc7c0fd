import {
  basePrior,
  createState,
  decodeZone,
  qualifiesForPrior,
  learnPrior,
  type EstimatorState,
  type ProfilePrior,
} from '@kickstand/domain'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import type { Tail } from '#read-model/tail.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import { advanceCut, PRIORS_CUT, readCut } from './estimate-store.ts'
import { deleteUnusedPriors, insertPriors, readActivePriors, type LearnedPrior } from './prior-store.ts'

const DAY = 24 * 60 * 60_000
/** Minimum number of well-observed zones to learn a prior from. */
const MIN_ZONES = 8
/** Maximum number of zones to learn a prior from: more hardly improve it. */
const MAX_ZONES = 1_000

export type LearnPriorsDeps = {
  readonly database: Database
  readonly eventLog: EventLog
  readonly board: ZoneReader & EstimateReader
  readonly tail: Tail
}

/**
 * Learns priors once a night from the checkpoints up to `cutAt` (epoch milliseconds): the global one, then one per
 * city, then one per kind and tile, each drawn towards the one before. If several servers do so at the same time, one
 * stores its result and all use that. Returns whether this one did.
 */
export async function learnPriors(deps: LearnPriorsDeps, cutAt: number): Promise<boolean> {
  const { database, eventLog, board, tail } = deps
  const last = await readCut(database.db, PRIORS_CUT)
  if (Math.floor(cutAt / DAY) <= Math.floor(last / DAY)) return false
  await tail.catchUp()
  const active = await readActivePriors(database.db)
  const learned = await learn(board, cutAt, (place) => active.get(place) ?? null)
  return eventLog.commit(async (tx, append) => {
    if (!(await advanceCut(tx, database.engine, PRIORS_CUT, cutAt))) return false
    const numbers = await insertPriors(tx, learned)
    await deleteUnusedPriors(tx, [...[...active.values()].map(({ number }) => number), ...numbers], cutAt)
    if (numbers.length > 0) append({ type: 'priors', numbers })
    return numbers.length > 0
  })
}

type ActivePrior = { readonly number: number; readonly cutAt: number }

async function learn(
  board: ZoneReader & EstimateReader,
  cutAt: number,
  active: (place: number) => ActivePrior | null,
): Promise<LearnedPrior[]> {
  const rowsOf = rowsByPlace(board)
  const priors = new Map<number, ProfilePrior>()
  const base = basePrior()
  const learned: LearnedPrior[] = []
  // Coarse places first: their priors are the parents of the finer ones.
  const byLevel = [...rowsOf].toSorted(([, a], [, b]) => b.level - a.level)
  for (const [place, { rows, parents }] of byLevel) {
    if (rows.length < MIN_ZONES) continue
    const before = active(place)
    // None of them has a new checkpoint.
    if (before !== null && !rows.some((row) => (board.checkpoint(row)?.cutAt ?? 0) > before.cutAt)) {
      priors.set(place, board.priors[before.number])
      continue
    }
    const parent = parents.map((one) => priors.get(one)).find((one) => one !== undefined) ?? base
    const state = readRows(board, everyNth(rows))
    const prior = learnPrior(parent, state, [...state.columns.at.keys()])
    priors.set(place, prior)
    learned.push({ place, zones: rows.length, cutAt, prior })
    // Yields to requests.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return learned
}

type Group = { readonly level: number; readonly parents: readonly number[]; readonly rows: number[] }

/** Well-observed rows, by the places whose priors they contribute to. */
function rowsByPlace(board: ZoneReader & EstimateReader): Map<number, Group> {
  const groups = new Map<number, Group>()
  const scratch = createState(1, board.priors)
  for (let row = 0; row < board.rows(); row += 1) {
    const checkpoint = board.checkpoint(row)
    if (checkpoint === null || !decodeZone(scratch, 0, checkpoint.state) || !qualifiesForPrior(scratch, 0)) continue
    const places = board.places(row)
    for (const [level, place] of places.entries()) {
      const group = groups.get(place) ?? { level, parents: places.slice(level + 1), rows: [] }
      groups.set(place, group)
      group.rows.push(row)
    }
  }
  return groups
}

function everyNth(rows: readonly number[]): readonly number[] {
  const step = Math.ceil(rows.length / MAX_ZONES)
  return rows.filter((_, i) => i % step === 0)
}

function readRows(board: ZoneReader & EstimateReader, rows: readonly number[]): EstimatorState {
  const state = createState(rows.length, board.priors)
  for (const [place, row] of rows.entries()) {
    const checkpoint = board.checkpoint(row)
    if (checkpoint !== null) decodeZone(state, place, checkpoint.state)
  }
  return state
}
