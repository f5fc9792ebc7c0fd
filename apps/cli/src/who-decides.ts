import { userInfo } from 'node:os'

/** Name of the operating system user, for the record of a decision. */
export function whoDecides(): string {
  return `${userInfo().username} at the command line`.slice(0, 100)
}
