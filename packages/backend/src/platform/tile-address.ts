import Type, { type Static } from 'typebox'

const Whole = Type.String({ pattern: '^(0|[1-9][0-9]{0,7})$', description: 'A whole number' })

/**
 * Path parameters of a tile. Patterns, not integers: `13`, `0xd` and `13.0` would be three URLs of one tile for caches.
 */
export const TileParams = Type.Object({
  z: Type.String({ pattern: '^(0|[1-9]|1[0-9]|2[0-4])$', description: 'Zoom, 0 to 24' }),
  x: Whole,
  y: Whole,
})
export type TileParams = Static<typeof TileParams>

export type TileAddress = { readonly z: number; readonly x: number; readonly y: number }

export function tileAddress({ z, x, y }: TileParams): TileAddress {
  return { z: Number(z), x: Number(x), y: Number(y) }
}
