import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { GATE_KINDS, type FigureValue, type GateKind, type JudgedGate } from '@kickstand/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { evidenceFile, writeEvidence } from '#features/launch/evidence-files.ts'
import { makeEvidence } from '#features/launch/make-evidence.ts'
import { measureReadiness, type ReadRecord } from '#features/launch/measure-readiness.ts'
import { gateYaml, measurementYaml, releaseFolder, type ReleaseFolder } from './release-folder.ts'

const GATES = 'launch/gates/testing.yaml'
const MEASUREMENTS = 'launch/measurements.yaml'
const PRINTS = (figures: Readonly<Record<string, FigureValue>>): string =>
  `console.log(${JSON.stringify(JSON.stringify(figures))})`
const NO_RECORD: ReadRecord = () => Promise.resolve({ figures: null, fault: 'There is no database.' })

let folder: ReleaseFolder | null = null
afterEach(() => folder?.remove())

function release(files: Readonly<Record<string, string>>): ReleaseFolder {
  folder = releaseFolder(files)
  return folder
}

async function judge(
  { root }: ReleaseFolder,
  {
    readRecord = NO_RECORD,
    kinds = GATE_KINDS,
    now = Date.now,
  }: { readRecord?: ReadRecord; kinds?: readonly GateKind[]; now?: () => number } = {},
): Promise<JudgedGate[]> {
  const deps = { root, clock: now, readRecord, isRehearsal: true }
  const { areas } = await measureReadiness(deps, { level: 'could', kinds })
  return areas.flatMap(({ gates }) => gates)
}

async function judgeProgram(
  program: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<JudgedGate | undefined> {
  const files = { [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(program, changes) }
  return (await judge(release(files)))[0]
}

/** The files of evidence of the only commit. */
function evidenceFiles({ root }: ReleaseFolder): string[] {
  const all = path.join(root, 'var/evidence')
  const [commit = ''] = readdirSync(all).filter((name) => !name.endsWith('.ndjson'))
  return readdirSync(path.join(all, commit)).map((name) => path.join(all, commit, name))
}

describe('a quick measurement', () => {
  it('is run once at a commit, and its evidence is read from then on', async () => {
    const counts = `const f = require('fs'); f.appendFileSync('var-runs', 'x'); console.log(JSON.stringify({ count: 3 }))`
    const here = release({
      [GATES]: gateYaml(),
      [MEASUREMENTS]: measurementYaml(counts),
      '.gitignore': 'var/\nvar-runs\n',
    })
    expect(await judge(here)).toMatchObject([{ status: 'pass', reason: null }])
    expect(await judge(here)).toMatchObject([{ status: 'pass', evidence: { figures: { count: 3, exitCode: 0 } } }])
    expect(readFileSync(path.join(here.root, 'var-runs'), 'utf8')).toBe('x')
  })

  it('is run again once a file has changed, and its old evidence does not count', async () => {
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 3 })), 'count.js': '' })
    expect(await judge(here)).toMatchObject([{ status: 'pass' }])
    here.write('count.js', '// changed')
    here.write(MEASUREMENTS, measurementYaml(PRINTS({ count: 2 })))
    expect(await judge(here)).toMatchObject([{ status: 'fail', reason: 'count is 2; expected at least 3.' }])
  })

  it.each([
    ['prints nothing', ';', {}, 'error', /printed nothing/],
    [
      'hangs',
      'setInterval(() => {}, 1000); console.log(1)',
      { timeoutSeconds: '1' },
      'error',
      /did not end within 1 s/,
    ],
    ['floods', ';', { run: '[yes]' }, 'error', /printed over 16 MB/],
    ['ends without an error but with a figure that failed', PRINTS({ count: 2 }), {}, 'fail', /count is 2/],
    ['prints no figures', 'console.log("all is well")', {}, 'fail', /count was not measured/],
    ['prints figures of another kind', 'console.log(\'{"count":[3]}\')', {}, 'fail', /count was not measured/],
    [
      'prints a figure and then more text',
      `${PRINTS({ count: 3 })}; console.log("done")`,
      {},
      'fail',
      /count was not measured/,
    ],
    ['cannot be started', '', { run: '[/no/such/program]' }, 'error', /could not be started/],
  ] as const)('that %s is red', async (_, program, changes, status, reason) => {
    const judged = await judgeProgram(program, changes)
    expect(judged?.status).toBe(status)
    expect(judged?.reason).toMatch(reason)
  })
})

describe('evidence', () => {
  it('that somebody has edited is an error', async () => {
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 2 })) })
    expect(await judge(here)).toMatchObject([{ status: 'fail' }])
    const [file = ''] = evidenceFiles(here)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"count": 2', '"count": 3'))
    expect(await judge(here)).toMatchObject([{ status: 'error', reason: expect.stringMatching(/digest .* is wrong/) }])
    writeFileSync(file, '{')
    expect(await judge(here)).toMatchObject([{ status: 'error', reason: expect.stringMatching(/no JSON/) }])
    writeFileSync(file, '{"figures":{"count":3}}')
    expect(await judge(here)).toMatchObject([
      { status: 'error', reason: expect.stringMatching(/does not match the schema/) },
    ])
  })

  it('of a clock that was ahead does not count once the clock is right', async () => {
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 3 })) })
    expect(await judge(here, { now: () => Date.now() + 3 * 60 * 60_000 })).toMatchObject([{ status: 'pass' }])
    expect(await judge(here)).toMatchObject([{ status: 'error', reason: expect.stringMatching(/clock is wrong/) }])
  })

  it('that cannot be written leaves its gate red', async () => {
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 3 })), 'a.txt': '' })
    writeFileSync(path.join(here.root, 'var'), 'a file in the place of the folder')
    expect(await judge(here)).toMatchObject([{ status: 'error', reason: expect.stringMatching(/cannot be written/) }])
  })

  it('of a suite is never made here: its gate names the command', async () => {
    const suite = measurementYaml('', { source: 'suite', run: '', timeoutSeconds: '', command: 'npm test' })
    expect(await judge(release({ [GATES]: gateYaml(), [MEASUREMENTS]: suite }))).toMatchObject([
      { status: 'error', reason: 'It was not measured at this commit. Run: npm test' },
    ])
  })
})

describe('a server without git', () => {
  it('reads the evidence that came with its release', async () => {
    const suite = measurementYaml('', { source: 'suite', run: '', timeoutSeconds: '', command: 'npm test' })
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: suite })
    rmSync(path.join(here.root, '.git'), { recursive: true })
    await expect(judge(here)).rejects.toThrow(/neither a git repository nor a release/)
    here.write('release.json', JSON.stringify({ commit: 'abcdef0', committedAt: '2026-11-01T00:00:00Z' }))
    expect(await judge(here)).toMatchObject([{ status: 'error', reason: expect.stringMatching(/Run: npm test/) }])
    const run = { id: 'answers', command: 'npm test', commit: 'abcdef0', figures: { count: 3 }, isRehearsal: false }
    const now = Date.now()
    const evidence = makeEvidence({ ...run, startedAt: now, endedAt: now })
    writeEvidence(evidenceFile(here.root, 'abcdef0', 'answers'), evidence)
    expect(await judge(here)).toMatchObject([{ status: 'pass' }])
    here.write('release.json', '{}')
    await expect(judge(here)).rejects.toThrow(/does not name a commit/)
  })
})

describe('a record', () => {
  const FILES = {
    [GATES]: gateYaml({ kind: 'record' }),
    [MEASUREMENTS]: measurementYaml('', { source: 'record', run: '', timeoutSeconds: '' }),
  }

  it('is read each time, because the database changes without a commit', async () => {
    const here = release(FILES)
    let count = 3
    const readRecord: ReadRecord = () => Promise.resolve({ figures: { count }, fault: null })
    expect(await judge(here, { readRecord })).toMatchObject([{ status: 'pass' }])
    count = 2
    expect(await judge(here, { readRecord })).toMatchObject([{ status: 'fail' }])
  })

  it('without a database is an error', async () => {
    expect(await judge(release(FILES))).toMatchObject([{ status: 'error', reason: 'There is no database.' }])
  })
})

describe('a human gate', () => {
  const HUMAN = gateYaml({ kind: 'human', measurement: '', expect: '', owner: 'project-lead' })
  const signed = (commit: string, origin: string): string =>
    `gate: answers\ncommit: '${commit}'\nby: Ada\nduty: project-lead\nsignedAt: '${new Date().toISOString()}'\nlink: https://example.org\norigin: ${origin}\n`

  it('is red until somebody signs, says what is missing, and a rehearsal does not count', async () => {
    const here = release({ [GATES]: HUMAN })
    expect(await judge(here)).toMatchObject([{ status: 'fail', reason: expect.stringMatching(/It is not signed/) }])
    here.write('launch/attestations/answers.yaml', signed('0000000', 'rehearsal'))
    expect(await judge(here)).toMatchObject([{ status: 'fail', reason: expect.stringMatching(/only rehearsed/) }])
    here.write('launch/attestations/answers.yaml', signed('0000000', 'signed'))
    expect(await judge(here)).toMatchObject([{ status: 'fail', reason: expect.stringMatching(/for commit 0000000/) }])
  })

  it('is left out where only other kinds are asked for', async () => {
    expect(await judge(release({ [GATES]: HUMAN }), { kinds: ['command', 'record'] })).toEqual([])
  })
})

describe('definitions', () => {
  const WAIVER = 'gate: answers\n  owner: quality\n  reason: The machine is broken.\n  safeBecause: Nothing changed.\n'

  it.each([
    [
      'an unknown field of a gate',
      { [GATES]: gateYaml({ maxAge: '3' }) },
      /testing.yaml does not match its schema.*additional/i,
    ],
    ['an unknown level', { [GATES]: gateYaml({ level: 'urgent' }) }, /\/0\/level/],
    ['a gate without a runbook', { [GATES]: gateYaml({ runbook: '' }) }, /runbook/],
    [
      'a file that is named after no area',
      { 'launch/gates/other.yaml': gateYaml() },
      /does not have the name of an area/,
    ],
    ['a measurement that does not exist', { [MEASUREMENTS]: '[]\n' }, /measurement answers, which does not exist/],
    [
      'a waiver without an end',
      { 'launch/waivers.yaml': `- ${WAIVER}` },
      /waivers.yaml does not match its schema.*until/,
    ],
    ['a quick measurement without a program', { [MEASUREMENTS]: measurementYaml('', { run: '' }) }, /must have "run"/],
    [
      'a critical path without tests',
      {
        'launch/critical-paths.yaml':
          'user: [{ id: a, title: Find it, tests: [], uat: null }]\nadmin: []\nclient: []\nsystem: []\n',
      },
      /critical-paths.yaml does not match its schema/,
    ],
    ['aliases', { 'launch/waivers.yaml': '- &a x\n- *a\n' }, /cannot be read/],
    ['text that is no YAML', { 'launch/waivers.yaml': '{' }, /cannot be read/],
  ])('with %s are rejected with the file and the reason', async (_, files, reason) => {
    const here = release({ [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 3 })), ...files })
    await expect(judge(here)).rejects.toThrow(reason)
  })

  it('with a waiver leave the gate open on purpose until its day, and the entry stays', async () => {
    const waivedUntil = (day: string) => ({ 'launch/waivers.yaml': `- ${WAIVER}  until: '${day}'\n` })
    const files = { [GATES]: gateYaml(), [MEASUREMENTS]: measurementYaml(PRINTS({ count: 2 })) }
    expect(await judge(release({ ...files, ...waivedUntil('2999-01-01') }))).toMatchObject([{ status: 'waived' }])
    folder?.remove()
    expect(await judge(release({ ...files, ...waivedUntil('2026-01-01') }))).toMatchObject([{ status: 'fail' }])
  })
})
