/** CI, or whoever sets the switch, wants no test skipped: what the machine lacks is then a failure. */
export function everythingRequired(): boolean {
  return process.env['CI'] === 'true' || process.env['KICKSTAND_TEST_REQUIRE_ALL'] === '1'
}

/** The environment for a service started by a test: the runner's own switches are not the service's settings. */
export function serviceEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('KICKSTAND_') || value === undefined ? [] : [[name, value] as const],
  )
  return { ...Object.fromEntries(inherited), ...settings }
}
