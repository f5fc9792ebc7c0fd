/** An outline, or the start of one, as points in pixels: clockwise from the top centre; y points down. */
export type Path = readonly (readonly [number, number])[]

/** A rectangle with rounded corners; (`x`, `y`) is its top left. */
export function platePath(x: number, y: number, width: number, height: number, radius: number): Path {
  const right = x + width
  const bottom = y + height
  const corner = (cx: number, cy: number, from: number) => arc(cx, cy, radius, from, from + Math.PI / 2, 6)
  const top: [number, number] = [x + width / 2, y]
  return [
    top,
    ...corner(right - radius, y + radius, -Math.PI / 2),
    ...corner(right - radius, bottom - radius, 0),
    ...corner(x + radius, bottom - radius, Math.PI / 2),
    ...corner(x + radius, y + radius, Math.PI),
    top,
  ]
}

/** A rectangle with its four corners cut off diagonally; (`x`, `y`) is its top left. */
export function cutPath(x: number, y: number, width: number, height: number, cut: number): Path {
  const right = x + width
  const bottom = y + height
  const top: [number, number] = [x + width / 2, y]
  return [
    top,
    [right - cut, y],
    [right, y + cut],
    [right, bottom - cut],
    [right - cut, bottom],
    [x + cut, bottom],
    [x, bottom - cut],
    [x, y + cut],
    [x + cut, y],
    top,
  ]
}

/** A circle of the diameter `size`; (`x`, `y`) is the top left of the square around it. */
export function roundPath(x: number, y: number, size: number): Path {
  const radius = size / 2
  return arc(x + radius, y + radius, radius, -Math.PI / 2, Math.PI * 1.5, 48)
}

/**
 * The start of a path, up to a share of its length; the share is clamped to [0, 1]. Empty for a path without length.
 */
export function pathStart(path: Path, share: number): Path {
  const lengths = path.slice(1).map((point, i) => distance(path[i] ?? point, point))
  let remaining = lengths.reduce((sum, length) => sum + length, 0) * Math.max(0, Math.min(1, share))
  const [first] = path
  if (!first || remaining === 0) return []
  const start: (readonly [number, number])[] = [first]
  for (const [i, length] of lengths.entries()) {
    const from = path[i]
    const to = path[i + 1]
    if (!from || !to) break
    if (length >= remaining) {
      const part = length === 0 ? 0 : remaining / length
      start.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
      break
    }
    start.push(to)
    remaining -= length
  }
  return start
}

function arc(cx: number, cy: number, radius: number, from: number, to: number, steps: number): [number, number][] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = from + ((to - from) * i) / steps
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]
  })
}

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1])
}
