import type { Frames } from './frames.ts'

/** A subscriber to some cells. `send` gets whole messages. */
export type LiveClient = { readonly cells: readonly number[]; send(frames: Frames): void }

/** Clients with the same cells: they are sent the same messages, which are encoded once. */
export type SubscriberGroup = { readonly cells: readonly number[]; readonly clients: Set<LiveClient> }

/** Subscribers by cell. */
export type Subscriptions = {
  join(client: LiveClient): void
  /** Idempotent. */
  leave(client: LiveClient): void
  hasSubscribers(cell: number): boolean
  cells(): Iterable<number>
  /** All groups that subscribe to any of these cells. */
  groupsOf(cells: Iterable<number>): Set<SubscriberGroup>
}

/** No subscribers yet. */
export function createSubscriptions(): Subscriptions {
  const byCells = new Map<string, SubscriberGroup>()
  const byCell = new Map<number, Set<SubscriberGroup>>()

  return {
    join(client) {
      const key = client.cells.join()
      let group = byCells.get(key)
      if (group === undefined) {
        group = { cells: client.cells, clients: new Set() }
        byCells.set(key, group)
        for (const cell of client.cells) byCell.set(cell, (byCell.get(cell) ?? new Set()).add(group))
      }
      group.clients.add(client)
    },
    leave(client) {
      const key = client.cells.join()
      const group = byCells.get(key)
      if (group === undefined || !group.clients.delete(client) || group.clients.size > 0) return
      byCells.delete(key)
      for (const cell of group.cells) {
        const listening = byCell.get(cell)
        listening?.delete(group)
        if (listening?.size === 0) byCell.delete(cell)
      }
    },
    hasSubscribers: (cell) => byCell.has(cell),
    cells: () => byCell.keys(),
    groupsOf: (cells) => new Set([...cells].flatMap((cell) => [...(byCell.get(cell) ?? [])])),
  }
}
