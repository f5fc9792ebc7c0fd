import { createOutlooks, OUTLOOK, OUTLOOK_SIZE, type Outlooks } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Outlooks per block. Storage grows by blocks, so that nothing is copied. */
const OUTLOOKS_PER_BLOCK = 1 << 12
const NONE = -1

/** Cache: the outlook of each requested row for the last five minutes of the week requested; 100 bytes each. */
export type RowOutlooks = {
  /** The place of a row's outlook if it is for `point` of the week, else -1. */
  find(row: number, point: number): number
  /** The place to write a row's outlook to. */
  open(row: number): number
  /** The block of a place, and its index there. */
  block(place: number): Outlooks
  within(place: number): number
  /** Invalidates the outlook of a row, or of all rows. */
  drop(row: number): void
  dropAll(): void
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** No outlooks yet. Blocks are allocated as rows are asked for. */
export function createRowOutlooks(): RowOutlooks {
  const blocks: Outlooks[] = []
  let places = new Int32Array(1024).fill(NONE)
  let used = 0

  const pointAt = (place: number): number => (place % OUTLOOKS_PER_BLOCK) * OUTLOOK_SIZE + OUTLOOK.point
  const blockOf = (place: number): Outlooks => blocks[Math.floor(place / OUTLOOKS_PER_BLOCK)]

  function reserve(rows: number): void {
    if (rows > places.length) places = copyInto(new Int32Array(rows).fill(NONE), places)
  }

  function drop(place: number): void {
    blockOf(place).numbers[pointAt(place)] = NONE
  }

  return {
    find(row, point) {
      const place = row < places.length ? places[row] : NONE
      return place !== NONE && blockOf(place).numbers[pointAt(place)] === point ? place : NONE
    },
    open(row) {
      if (row >= places.length) reserve(Math.max(row + 1, places.length * 2))
      if (places[row] === NONE) {
        if (used === blocks.length * OUTLOOKS_PER_BLOCK) blocks.push(createOutlooks(OUTLOOKS_PER_BLOCK))
        places[row] = used
        used += 1
      }
      return places[row]
    },
    block: blockOf,
    within: (place) => place % OUTLOOKS_PER_BLOCK,
    drop(row) {
      if (row < places.length && places[row] !== NONE) drop(places[row])
    },
    dropAll() {
      for (let place = 0; place < used; place += 1) drop(place)
    },
    reserve,
  }
}
