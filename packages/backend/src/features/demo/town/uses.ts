import type { Random } from '#features/demo/random.ts'
import type { Block } from './blocks.ts'
import type { Land } from './land.ts'
import { contains, distance, distanceToLine, type Point } from './plane.ts'
import type { StreetField } from './street-field.ts'
import type { Common, TownEdge } from './streets.ts'

/** The use of a block that is not just built on. */
export const BLOCK_USES = [
  'square',
  'park',
  'school',
  'hospital',
  'university',
  'cemetery',
  'stadium',
  'market',
  'works',
] as const
export type BlockUse = (typeof BLOCK_USES)[number]

export type UsedBlock = Block & { readonly use: BlockUse }

type Site = {
  readonly random: Random
  readonly land: Land
  readonly field: StreetField
  readonly rail: readonly Point[]
  readonly edge: TownEdge
  readonly commons: readonly Common[]
}

type Wish = {
  readonly use: BlockUse
  readonly count: number
  /** Minimum and maximum in square metres. */
  readonly area: readonly [number, number]
  /** Minimum distance in metres to others of the same use. */
  readonly apart: number
  /** Lower is better. */
  cost(block: Block): number
}

/** Assigns uses to blocks; each wish takes the best block that is left. */
export function chooseUses({ random, land, field, rail, edge, commons }: Site, blocks: readonly Block[]): UsedBlock[] {
  const used: UsedBlock[] = []
  for (const block of blocks)
    if (block.area < 160_000 && commons.some((common) => contains(block.ring, common.center)))
      used.push({ ...block, use: 'park' })
  const dry = blocks.filter(
    (block) =>
      land.fromRiver.at(block.center) > 40 &&
      land.fromSea.at(block.center) > 30 &&
      distanceToLine(block.center, rail) > 45 &&
      !land.river.some((point) => contains(block.ring, point)),
  )
  const noise = (): number => random() * 0.3
  const wishes: Wish[] = [
    { use: 'square', count: 1, area: [900, 14_000], apart: 0, cost: (b) => distance(b.center, field.oldTown) },
    { use: 'market', count: 1, area: [2500, 14_000], apart: 0, cost: (b) => distance(b.center, land.bayHead) },
    { use: 'square', count: 1, area: [2000, 12_000], apart: 300, cost: (b) => distance(b.center, field.newTown) },
    {
      use: 'hospital',
      count: 1,
      area: [9000, 40_000],
      apart: 0,
      cost: (b) => Math.abs(edge(b.center) - 0.6) + noise(),
    },
    {
      use: 'university',
      count: 2,
      area: [6000, 30_000],
      apart: 0,
      cost: (b) => Math.abs(edge(b.center) - 0.4) + noise(),
    },
    { use: 'park', count: 9, area: [4500, 45_000], apart: 330, cost: (b) => edge(b.center) * 0.4 + noise() },
    { use: 'square', count: 3, area: [1500, 6000], apart: 420, cost: (b) => edge(b.center) + noise() },
    { use: 'school', count: 5, area: [5000, 16_000], apart: 450, cost: noise },
    {
      use: 'stadium',
      count: 1,
      area: [14_000, 60_000],
      apart: 0,
      cost: (b) => Math.abs(edge(b.center) - 0.85) + noise(),
    },
    {
      use: 'cemetery',
      count: 1,
      area: [9000, 40_000],
      apart: 0,
      cost: (b) => Math.abs(edge(b.center) - 0.9) + noise(),
    },
    {
      use: 'works',
      count: 4,
      area: [6000, 60_000],
      apart: 0,
      cost: (b) => distanceToLine(b.center, rail) + land.fromSea.at(b.center) * 0.2,
    },
  ]
  for (const wish of wishes) grant(wish, dry, used)
  return used
}

function grant(wish: Wish, blocks: readonly Block[], used: UsedBlock[]): void {
  const [minArea, maxArea] = wish.area
  const ranked = blocks
    .filter((block) => block.area >= minArea && block.area <= maxArea)
    .map((block) => ({ block, cost: wish.cost(block) }))
    .toSorted((a, b) => a.cost - b.cost)
  let granted = 0
  for (const { block } of ranked) {
    if (granted === wish.count) return
    if (used.some((other) => other.ring === block.ring)) continue
    if (used.some((other) => other.use === wish.use && distance(other.center, block.center) < wish.apart)) continue
    used.push({ ...block, use: wish.use })
    granted++
  }
}
