/**
 * The licences of all packages that the product runs, which are those that are installed without the tools of developers, compared
 * with the list in `licences/allowed.ts`. Prints each package that is not allowed. Last line: { packages, forbidden, unknown }.
 */
import { ROOT } from '../steps.ts'
import { judgePackages } from './licences/judge-packages.ts'
import { readPackages } from './licences/read-packages.ts'
import { printFigures } from './print-figures.ts'

const packages = readPackages(ROOT)
const { forbidden, unknown } = judgePackages(packages)
printFigures(forbidden, { packages: packages.length, forbidden: forbidden.length, unknown: unknown.length })
process.exitCode = forbidden.length === 0 ? 0 : 1
