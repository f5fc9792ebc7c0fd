import { ignoreClosedPipes } from '#output.ts'
import { run } from '#run.ts'

ignoreClosedPipes()
await run(process.argv.slice(2))
