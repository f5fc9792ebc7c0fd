import path from 'node:path'
import {
  criticalPathFaults,
  definitionFaults,
  DomainError,
  STORY_SUITES,
  type Attestation,
  type CriticalPath,
  type Gate,
  type GateArea,
  type LaunchDefinitions,
  type PlanView,
} from '@kickstand/domain'
import {
  AREA_NAMES,
  AttestationFile,
  CriticalPathFile,
  GateFile,
  MeasurementFile,
  ViewFile,
  WaiverFile,
  type MeasurementDefinition,
} from './definition-schemas.ts'
import { readYaml, yamlFiles } from './read-yaml.ts'

export type Definitions = Omit<LaunchDefinitions, 'measurements'> & {
  readonly measurements: readonly MeasurementDefinition[]
  readonly attestations: readonly Attestation[]
  readonly criticalPaths: readonly CriticalPath[]
}

/**
 * Reads `launch/` of a release: gates, measurements, waivers, critical paths, views of the plans, and attestations. Throws
 * `invalid-config` for a file that does not match its schema and for definitions that contradict each other. `root`: the
 * folder of the release.
 */
export function readDefinitions(root: string): Definitions {
  const folder = path.join(root, 'launch')
  const gates = yamlFiles(path.join(folder, 'gates')).flatMap(([name, file]) => readGates(areaOf(name, file), file))
  const measurements = readYaml(path.join(folder, 'measurements.yaml'), MeasurementFile)
  const waivers = readYaml(path.join(folder, 'waivers.yaml'), WaiverFile)
  const views = yamlFiles(path.join(folder, 'views')).map(([id, file]) => readView(id, file, gates))
  const attestations = yamlFiles(path.join(folder, 'attestations')).map(([, file]) => readAttestation(file))
  const criticalPaths = readCriticalPaths(path.join(folder, 'critical-paths.yaml'))
  const faults = [
    ...definitionFaults({ gates, measurements: measurements.map(({ id }) => id), waivers, views }),
    ...criticalPathFaults(criticalPaths),
    ...measurements.flatMap(({ id, source, run }) =>
      (source === 'quick') === (run !== undefined)
        ? []
        : [`The measurement ${id} must have "run" if it is quick, and only then.`],
    ),
  ]
  if (faults.length > 0) throw new DomainError('invalid-config', `launch/: ${faults.join('\n')}`)
  return { gates, measurements, waivers, views, attestations, criticalPaths }
}

function areaOf(name: string, file: string): GateArea {
  if (isArea(name)) return name
  throw new DomainError(
    'invalid-config',
    `${file} does not have the name of an area. Expected one of ${[...AREA_NAMES].join(', ')}.`,
  )
}

function isArea(name: string): name is GateArea {
  return AREA_NAMES.has(name)
}

function readGates(area: GateArea, file: string): Gate[] {
  return readYaml(file, GateFile).map(({ measurement = null, expect = [], notApplicable = null, ...gate }) => ({
    ...gate,
    area,
    measurement,
    expect,
    notApplicable,
  }))
}

function readCriticalPaths(file: string): CriticalPath[] {
  const read = readYaml(file, CriticalPathFile)
  return STORY_SUITES.flatMap((suite) => read[suite].map((one) => ({ ...one, suite })))
}

function readView(id: string, file: string, all: readonly Gate[]): PlanView {
  const { title, sections } = readYaml(file, ViewFile)
  return {
    id,
    title,
    sections: sections.map(({ heading, lines }) => ({
      heading,
      lines: lines.map(({ text, gates = [], areas = [], level, later = [], answer = null }) => ({
        text,
        gates: [
          ...gates,
          ...all.filter((gate) => areas.includes(gate.area) || gate.level === level).map(({ id: one }) => one),
        ],
        later,
        answer,
      })),
    })),
  }
}

function readAttestation(file: string): Attestation {
  const { signedAt, ...rest } = readYaml(file, AttestationFile)
  const at = Date.parse(signedAt)
  if (Number.isNaN(at))
    throw new DomainError('invalid-config', `${file}: signedAt ${signedAt} is not a time. Expected RFC 3339 in UTC.`)
  return { ...rest, signedAt: at }
}
