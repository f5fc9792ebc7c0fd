import type { Frames } from './frames.ts'

/** Somewhere that messages of some cells are written. `send` gets whole messages. */
export type LiveClient = { readonly cells: readonly number[]; send(frames: Frames): void }

/** Those who look at the same cells: what they are sent is the same, and is made once. */
export type Audience = { readonly cells: readonly number[]; readonly clients: Set<LiveClient> }

/** Who listens to which cell. */
export type Audiences = {
  join(client: LiveClient): void
  /** Once or again: who has left has left. */
  leave(client: LiveClient): void
  hears(cell: number): boolean
  cells(): Iterable<number>
  /** All who listen to any of these cells. */
  of(cells: Iterable<number>): Set<Audience>
}

export function createAudiences(): Audiences {
  const byCells = new Map<string, Audience>()
  const byCell = new Map<number, Set<Audience>>()

  return {
    join(client) {
      const key = client.cells.join()
      let audience = byCells.get(key)
      if (audience === undefined) {
        audience = { cells: client.cells, clients: new Set() }
        byCells.set(key, audience)
        for (const cell of client.cells) byCell.set(cell, (byCell.get(cell) ?? new Set()).add(audience))
      }
      audience.clients.add(client)
    },
    leave(client) {
      const key = client.cells.join()
      const audience = byCells.get(key)
      if (audience === undefined || !audience.clients.delete(client) || audience.clients.size > 0) return
      byCells.delete(key)
      for (const cell of audience.cells) {
        const listening = byCell.get(cell)
        listening?.delete(audience)
        if (listening?.size === 0) byCell.delete(cell)
      }
    },
    hears: (cell) => byCell.has(cell),
    cells: () => byCell.keys(),
    of: (cells) => new Set([...cells].flatMap((cell) => [...(byCell.get(cell) ?? [])])),
  }
}
