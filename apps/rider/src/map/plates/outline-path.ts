/** A closed outline as points in pixels, clockwise from the top centre (y points down). */
export type Path = readonly (readonly [number, number])[]

/** A rectangle with rounded corners. */
export function platePath(x: number, y: number, width: number, height: number, radius: number): Path {
  const right = x + width
  const bottom = y + height
  const turn = (cx: number, cy: number, from: number) => arc(cx, cy, radius, from, from + Math.PI / 2, 6)
  const top: [number, number] = [x + width / 2, y]
  return [
    top,
    ...turn(right - radius, y + radius, -Math.PI / 2),
    ...turn(right - radius, bottom - radius, 0),
    ...turn(x + radius, bottom - radius, Math.PI / 2),
    ...turn(x + radius, y + radius, Math.PI),
    top,
  ]
}

/** A rectangle with its four corners cut off. */
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

export function roundPath(x: number, y: number, size: number): Path {
  const radius = size / 2
  return arc(x + radius, y + radius, radius, -Math.PI / 2, Math.PI * 1.5, 48)
}

/** The start of a path, up to a share [0, 1] of its length. */
export function pathStart(path: Path, share: number): Path {
  const lengths = path.slice(1).map((point, i) => distance(path[i] ?? point, point))
  let left = lengths.reduce((sum, length) => sum + length, 0) * Math.max(0, Math.min(1, share))
  const [first] = path
  if (!first || left === 0) return []
  const start: (readonly [number, number])[] = [first]
  for (const [i, length] of lengths.entries()) {
    const from = path[i]
    const to = path[i + 1]
    if (!from || !to) break
    if (length >= left) {
      const part = length === 0 ? 0 : left / length
      start.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
      break
    }
    start.push(to)
    left -= length
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
