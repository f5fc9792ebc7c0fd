import type { RanTest } from './ran.ts'

/** Suites that run the same tests on each database. A list may name the test without this prefix. */
const ENGINE = /^on (?:sqlite|mariadb) > /

/**
 * Why a test that a list names is no evidence: it is in no report, failed or did not run; null where it passed. A name that
 * ends with `*` matches all names with that prefix. `isComplete` is false where the machine lacks programs; a test that did not
 * run is then no fault.
 */
export function faultOfTest(
  ran: readonly RanTest[],
  testFile: string,
  testName: string,
  isComplete: boolean,
): string | null {
  const named = ran.filter(({ file, name }) => file === testFile && isNamed(testName, name))
  if (named.some(({ status }) => status === 'failed')) return 'failed'
  if (named.some(({ status }) => status === 'passed')) return null
  if (!isComplete) return null
  return named.length === 0 ? 'is in no report; correct the name in the list' : 'did not run'
}

function isNamed(pattern: string, name: string): boolean {
  return [name, name.replace(ENGINE, '')].some((one) =>
    pattern.endsWith('*') ? one.startsWith(pattern.slice(0, -1)) : one === pattern,
  )
}
