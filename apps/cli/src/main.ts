import { CommanderError } from 'commander'
import { fail, ignoreClosedPipes } from '#output.ts'
import { createProgram } from './program.ts'

const program = createProgram()

ignoreClosedPipes()
try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else fail(error)
}
