/** A row of the predecessor that names a picture. `path`: its parts. */
export type WantedPicture = {
  readonly where: string
  readonly ref: string
  readonly reportRef: string
  readonly path: readonly string[]
}

/** `ambiguous`: a file whose path fits those of different pictures equally well. */
export type PictureMatch = readonly WantedPicture[] | 'ambiguous'

export type PictureMatcher = {
  /** The pictures that a file with this path is; several if rows name the same file. Empty for none. */
  match(path: readonly string[]): PictureMatch
}

/**
 * Finds the pictures of files. The folder of the files can be deeper or less deep than the paths that the predecessor
 * stored, such as /var/www/uploads/1.jpg and uploads/1.jpg: one path must end with the other. The longest match counts.
 */
export function createPictureMatcher(wanted: readonly WantedPicture[]): PictureMatcher {
  const byName = Map.groupBy(wanted, ({ path }) => path.at(-1))
  return {
    match(path) {
      const fitting = (byName.get(path.at(-1)) ?? []).filter(
        (one) => sameEnd(one.path, path) >= Math.min(one.path.length, path.length),
      )
      const longest = Math.max(...fitting.map((one) => sameEnd(one.path, path)))
      const best = fitting.filter((one) => sameEnd(one.path, path) === longest)
      const exact = best.filter((one) => one.path.length === path.length)
      const found = exact.length > 0 ? exact : best
      const paths = new Set(found.map((one) => one.path.join('/')))
      return paths.size > 1 ? 'ambiguous' : found
    },
  }
}

/** The number of equal parts at the end of two paths. */
function sameEnd(a: readonly string[], b: readonly string[]): number {
  const most = Math.min(a.length, b.length)
  for (let same = 0; same < most; same += 1) if (a.at(-1 - same) !== b.at(-1 - same)) return same
  return most
}
