/** Milliseconds of processor time of this process so far: what else the machine does is not in it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
