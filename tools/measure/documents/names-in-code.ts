type Sources = ReadonlyMap<string, string>

/** Names of the metrics in these files (path → text): the strings that begin with `kickstand_` where the library is used. */
export function metricNames(sources: Sources): string[] {
  return [...sources.values()]
    .filter((text) => text.includes("from 'prom-client'"))
    .flatMap((text) => [...text.matchAll(/['"`](kickstand_\w+)['"`]/g)].map(([, name = '']) => name))
    .toSorted()
}

/**
 * Names of the periodic jobs in these files: the `name` right before `runsOn`. The variables of a template become words in capitals:
 * `feed:ID:CHANNEL`. Throws for a job whose name is neither, since it would be missed.
 */
export function jobNames(sources: Sources): string[] {
  return [...sources]
    .flatMap(([file, text]) =>
      [...text.matchAll(/(?<!readonly )runsOn: '/g)].map(({ index }) => jobName(file, text.slice(0, index))),
    )
    .toSorted()
}

function jobName(file: string, before: string): string {
  const name = /name: (?:'([^']+)'|`([^`]+)`),\s*$/.exec(before)
  if (name === null) throw new Error(`${file}: expected a job as { name: '…', runsOn: '…' }, with the name in quotes`)
  return name[1] ?? (name[2] ?? '').replaceAll(/\$\{(\w+)\}/g, (_, word: string) => word.toUpperCase())
}
