/** Whether no test may be skipped (CI=true or KICKSTAND_TEST_REQUIRE_ALL=1): a missing program is then a failure. */
export function everythingRequired(): boolean {
  return process.env['CI'] === 'true' || process.env['KICKSTAND_TEST_REQUIRE_ALL'] === '1'
}

/** The environment for a service started by a test: without the KICKSTAND_ variables of the test runner. */
export function serviceEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('KICKSTAND_') || value === undefined ? [] : [[name, value] as const],
  )
  return { ...Object.fromEntries(inherited), ...settings }
}
