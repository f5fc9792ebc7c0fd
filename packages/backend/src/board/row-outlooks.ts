import { createOutlooks, OUTLOOK, OUTLOOK_SIZE, type Outlooks } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Outlooks of a block. It grows by blocks, so that nothing is copied and little is held for later. */
const BLOCK = 1 << 12
const NONE = -1

/** The outlook of each row that was asked for, for the five minutes it was asked for last; 100 bytes each. */
export type RowOutlooks = {
  /** A row's place, where its outlook for `point` of the week is written; else -1. */
  find(row: number, point: number): number
  /** A place for a row's outlook, to be written. */
  open(row: number): number
  /** Where a place lies: its block, and the number there. */
  block(place: number): Outlooks
  within(place: number): number
  /** What is written of a row holds no longer; or of any. */
  drop(row: number): void
  dropAll(): void
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

export function createRowOutlooks(): RowOutlooks {
  const blocks: Outlooks[] = []
  let places = new Int32Array(1024).fill(NONE)
  let used = 0

  const pointAt = (place: number): number => (place % BLOCK) * OUTLOOK_SIZE + OUTLOOK.point
  const blockOf = (place: number): Outlooks => blocks[Math.floor(place / BLOCK)]

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
        if (used === blocks.length * BLOCK) blocks.push(createOutlooks(BLOCK))
        places[row] = used
        used += 1
      }
      return places[row]
    },
    block: blockOf,
    within: (place) => place % BLOCK,
    drop(row) {
      if (row < places.length && places[row] !== NONE) drop(places[row])
    },
    dropAll() {
      for (let place = 0; place < used; place += 1) drop(place)
    },
    reserve,
  }
}
