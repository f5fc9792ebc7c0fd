/** What suites need to leave evidence, without the service, which takes seconds to load. */
export { evidenceFile, keptFile, writeEvidence } from './features/launch/evidence-files.ts'
export { makeEvidence } from './features/launch/make-evidence.ts'
export { readCommit } from './features/launch/read-commit.ts'
export { readDefinitions } from './features/launch/read-definitions.ts'
