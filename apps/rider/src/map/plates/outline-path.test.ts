import { expect, test } from 'vitest'
import { cutPath, pathStart, platePath, roundPath, type Path } from './outline-path.ts'

const length = (path: Path) =>
  path.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - (path[i]?.[0] ?? 0), y - (path[i]?.[1] ?? 0)), 0)

const shapes = { plate: platePath(0, 0, 40, 30, 5), cut: cutPath(0, 0, 40, 30, 8), round: roundPath(0, 0, 30) }

test.each(Object.entries(shapes))('%s begins at the top centre, goes clockwise and closes', (name, path) => {
  const middle = name === 'round' ? 15 : 20
  for (const end of [path[0], path.at(-1)]) {
    expect(end?.[0]).toBeCloseTo(middle)
    expect(end?.[1]).toBeCloseTo(0)
  }
  const [x = 0] = pathStart(path, 0.25).at(-1) ?? []
  expect(x).toBeGreaterThan(middle)
})

test.each(Object.entries(shapes))('the start of %s has its share of the length', (_, path) => {
  for (const share of [0.1, 0.37, 0.5, 1]) {
    expect(length(pathStart(path, share)) / length(path)).toBeCloseTo(share, 6)
  }
  expect(pathStart(path, 0)).toEqual([])
  expect(length(pathStart(path, 7))).toBeCloseTo(length(path))
})
