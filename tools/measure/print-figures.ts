/** Prints what is wrong, a line each, and in the last line the figures as JSON, which the gates of `launch/` judge. */
export function printFigures(faults: readonly string[], figures: Readonly<Record<string, number>>): void {
  for (const fault of faults) console.log(fault)
  console.log(JSON.stringify(figures))
}
