/**
 * Short names for the ids in a build, in which they would be a quarter of all texts. An id that a template in the sources may
 * stand for (`shapes`) keeps its name, because it is put together at run time.
 */
export function shortIds(ids: readonly string[], shapes: readonly RegExp[]): ReadonlyMap<string, string> {
  const fixed = ids.filter((id) => !shapes.some((shape) => shape.test(id))).toSorted()
  return new Map(fixed.map((id, i) => [id, i.toString(36)]))
}
