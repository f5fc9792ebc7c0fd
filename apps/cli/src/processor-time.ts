/** CPU time of this process so far, in milliseconds; other processes do not influence it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
