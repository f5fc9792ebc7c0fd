/** The suites of browser stories, by whom they are about. `client`: operators, the clients of an installation. */
export const STORY_SUITES = ['user', 'admin', 'client', 'system'] as const
export type StorySuite = (typeof STORY_SUITES)[number]

/** A test by its file, as a path from the root, and its name with the names of its suites. */
export type NamedTest = { readonly file: string; readonly name: string }

/**
 * What somebody must be able to do, or the system must survive, for going live. `tests`: browser stories; service tests where
 * there is no screen for it. `uat`: the id of its acceptance test, null where there is none yet.
 */
export type CriticalPath = {
  readonly id: string
  readonly title: string
  readonly suite: StorySuite
  readonly tests: readonly NamedTest[]
  readonly uat: string | null
}

/** What is contradictory in a list of critical paths, one sentence each. */
export function criticalPathFaults(paths: readonly CriticalPath[]): string[] {
  const ids = paths.map(({ id }) => id)
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `Two critical paths have the id ${id}.`),
    ...paths.flatMap(({ id, tests, uat }) => [
      ...(uat === null || uat === id
        ? []
        : [`The critical path ${id} has the acceptance test ${uat}; expected ${id}.`]),
      ...tests
        .filter(({ file }) => suiteOf(file) === 'none')
        .map(({ file }) => `The critical path ${id} names ${file}, which is in no suite of stories.`),
    ]),
  ]
}

/** The suite of a file of browser stories, which is its folder; `none` if it is in another one; null for any other file. */
export function suiteOf(file: string): StorySuite | 'none' | null {
  if (!file.startsWith('e2e/')) return null
  return STORY_SUITES.find((suite) => file.startsWith(`e2e/${suite}/`)) ?? 'none'
}
